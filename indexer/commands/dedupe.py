"""`deltanews dedupe`: group a file of articles into stories, or explain why two are one story or are not."""

from dataclasses import asdict
from typing import Annotated

import typer

from core.console import print_json_lines, print_rows
from core.errors import UsageError
from core.time import format_time
from indexer.article_file import read_reported
from indexer.stories.candidates import SHARED
from indexer.stories.in_memory import WINDOW, cluster
from indexer.stories.item import Item
from indexer.stories.numerals import agreement
from indexer.stories.similarity import compare


def dedupe(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE.jsonl", help="Articles, one JSON object a line; - reads standard input."),
    ] = None,
    *,
    explain: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Say of two articles whether they are the same report, and why."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Group the articles of a file into stories, with no archive: prints id, story id, original's id.

    A line holds id, title, body, published_at, credit, source and url; all but the id (or the url) and the text may be
    missing. A line that is no article is reported, the others are grouped, and the exit status is 1. Articles more than
    30 days apart are never one story. --explain takes two ids of the file or, without a file, two URLs of the archive's
    articles.

    Examples:
        deltanews dedupe articles.jsonl
        deltanews archive export --format jsonl | deltanews dedupe -
        deltanews dedupe articles.jsonl --explain a17 a23
        deltanews dedupe --explain https://one.example/a.html https://other.example/b.html
    """
    if file is None:
        if explain is None:
            raise UsageError("name a file of articles (- for standard input), or two articles with --explain")
        _explain("the archive", _archived(explain), *explain, as_json=json)
        return
    items, is_whole = read_reported(file)
    if explain is not None:
        _explain(file, items, *explain, as_json=json)
    else:
        _print_stories(items, as_json=json)
    if not is_whole:
        raise typer.Exit(1)


def _print_stories(items: dict[str, Item], *, as_json: bool) -> None:
    ids = {item.url: key for key, item in items.items()}
    stories = {
        ids[item.url]: (story.id, ids[story.original.url])
        for story in cluster(list(items.values()))
        for item in story.items
    }
    if as_json:
        print_json_lines({"id": key, "story": stories[key][0], "original": stories[key][1]} for key in items)
    else:
        print_rows(
            ("id", "story", "original"), ((key, *stories[key]) for key in items), none="there is no article in it"
        )


def _explain(file: str, items: dict[str, Item], one: str, other: str, *, as_json: bool) -> None:
    for key in (one, other):
        if key not in items:
            raise UsageError(f"{file}: there is no article {key}")
    first, second = items[one], items[other]
    text, other_text = first.normalized_text, second.normalized_text
    comparison = compare(text, other_text)
    figures = agreement(text.slots, other_text.slots)
    shared = len(set(text.keys) & set(other_text.keys))
    apart = abs(first.published_by - second.published_by)
    if as_json:
        print_json_lines(
            [
                {
                    **asdict(comparison),
                    "same": comparison.same and apart <= WINDOW and shared >= SHARED,
                    "shared_keys": shared,
                    "days_apart": round(apart.total_seconds() / 86400, 2),
                    "figures": asdict(figures),
                }
            ]
        )
        return
    verdict = "the same report" if comparison.same else "different reports"
    if apart > WINDOW:
        verdict = f"different reports: more than {WINDOW.days} days apart"
    elif comparison.same and shared < SHARED:
        verdict = "the same report, but too few keys in common to be found"
    print_rows(
        ("", one, other),
        [
            ("verdict", verdict, ""),
            ("reason", comparison.reason, ""),
            ("published", format_time(first.published_at), format_time(second.published_at)),
            ("characters", str(first.length), str(second.length)),
            ("of it in the other", f"{comparison.ours:.1%}", f"{comparison.theirs:.1%}"),
            ("jaccard", f"{comparison.jaccard:.3f}", ""),
            ("dates in the same places", f"{figures.same_days} alike", f"{figures.other_days} different"),
            ("numbers in the same places", f"{figures.same_numbers} alike", f"{figures.other_numbers} different"),
            ("keys in common", f"{shared} of {len(text.keys)}", f"of {len(other_text.keys)}"),
        ],
    )


def _archived(urls: tuple[str, str]) -> dict[str, Item]:
    """Return the archive's articles of these URLs, as far as it has them."""
    # A file needs no database, whose library costs half a second.
    from sqlalchemy import select  # noqa: PLC0415

    from archive.database import Database  # noqa: PLC0415
    from archive.schema import articles  # noqa: PLC0415
    from archive.settings import ArchiveSettings  # noqa: PLC0415
    from archive.source_titles import known_source_titles  # noqa: PLC0415
    from archive.where_in import fetch_where_in  # noqa: PLC0415
    from indexer.stories.persistent.article_items import WHOLE, item_of  # noqa: PLC0415

    database = Database.open_to_read(ArchiveSettings.load())
    try:
        with database.read() as connection:
            titles = known_source_titles(connection)
            query = select(*WHOLE, articles.c.url)
            columns = (articles.c.url, articles.c.canonical_url)
            rows = [row for column in columns for row in fetch_where_in(connection, query, column, urls)]
    finally:
        database.close()
    return {url: item_of(row, titles) for row in rows for url in (row.url, row.canonical_url)}
