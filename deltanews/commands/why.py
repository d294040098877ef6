"""`deltanews why`: what became of one address, or of all."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

import typer

from archive.database import Database
from archive.outcomes import count_outcomes, count_refused_links
from archive.settings import ArchiveSettings
from core.console import print_facts, print_json_lines, print_rows
from core.errors import UsageError
from core.time import format_time, iso_second
from crawler.sources.configured import configured_source_files
from deltanews.why import Facts, explain
from indexer.settings import IndexerSettings

URL_STARTS = ("http://", "https://")


def why(
    url: Annotated[str | None, typer.Argument(metavar="URL", help="Address of an article; all, counted.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object: an address, or a count.")] = False,
) -> None:
    """Say what became of an address: every stage it passed, where it was stopped, and what would change that.

    Found by which list and when, fetched, read with which verdict, its level with the passage that decided, when it was
    looked at again and what that showed, its story, and at which revision the index has it. Of an address that no list
    gave: whether a source has its host and would take it. Without an address: how many addresses of each source came
    how far (together all that lists gave), and how many links the lists hold besides, by the reason why they are not
    taken.

    Examples:
        deltanews why https://news.jstv.com/a/20201130/1606733984697.shtml
        deltanews why
    """
    if url is not None and not url.startswith(URL_STARTS):
        raise UsageError(f"{url} is no address of a page; one begins with http:// or https://")
    database = Database.open_to_read(ArchiveSettings.load())
    try:
        with database.read() as connection:
            settings = IndexerSettings.load()
            if url is not None:
                _print_facts(explain(connection, url, configured_source_files().sources, settings), as_json=as_json)
                return
            outcomes = count_outcomes(connection, index=settings.index, levels=settings.levels)
            refused = count_refused_links(connection)
    finally:
        database.close()
    counts = [
        (source, what, count)
        for source in sorted({*outcomes, *refused})
        for what, count in (
            *outcomes.get(source, Counter()).items(),
            *((f"not taken: {reason}", count) for reason, count in refused.get(source, Counter()).items()),
        )
    ]
    if as_json:
        print_json_lines({"source": source, "outcome": outcome, "count": count} for source, outcome, count in counts)
    else:
        rows = ((source, what, str(count)) for source, what, count in counts)
        none = "no list has given an address yet: `deltanews crawl` reads them"
        print_rows(("source", "outcome", "addresses"), rows, none=none)


def _print_facts(facts: Facts, *, as_json: bool) -> None:
    if as_json:
        print_json_lines([{name: _iso(value) for name, value in facts.items()}])
    else:
        print_facts(_shown(facts))


def _shown(facts: Facts) -> Iterator[tuple[str, str]]:
    for name, value in facts.items():
        shown = format_time(value) if isinstance(value, datetime) else {True: "yes", False: "no"}.get(value, value)
        if shown:
            yield name.replace("_", " "), str(shown)


def _iso(value: Any) -> Any:
    return iso_second(value) if isinstance(value, datetime) else value
