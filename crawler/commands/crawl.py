"""`deltanews crawl`: fetch what is new, with progress while it runs and a summary at the end."""

import logging
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Annotated

import typer
from rich.text import Text

from archive.runs import Counts
from archive.settings import ArchiveSettings
from core.console import PrintableFormatter, print_json_lines, print_line, print_rows, stdout_console
from core.errors import UsageError
from core.log import log_file, log_into, new_job_id
from core.numbers import LARGEST
from core.time import period_of_options
from crawler.crawl.options import CrawlOptions
from crawler.crawl.progress import crawl_progress
from crawler.crawl.run import SourceOutcome, crawl_sources
from crawler.sources.completion import complete_source
from crawler.sources.configured import configured_source_files
from crawler.sources.loader import active_sources
from crawler.sources.model import Source

INTERRUPTED = 130
"""Exit status of a command that was stopped: what a shell gives to Ctrl-C."""

SHOWN = {
    "lists": "lists",
    "lists_unchanged": "unchanged",
    "links_found": "found",
    "pages": "pages",
    "articles": "new",
    "revised": "revised",
    "relevant": "relevant",
    "not_relevant": "not relevant",
    "revisits": "looked at again",
    "withdrawn": "withdrawn",
    "parts": "further pages",
    "rejected": "no article",
    "waiting": "to be read again",
    "unreadable": "unreadable",
    "refused": "refused",
    "pages_failed": "failed",
    "left": "left",
}
"""Figures of the summary and their headings."""

NOT_REACHED = "not reached"
"""Outcome of a source where nothing could be reached at all; why is said once."""

ALWAYS_SHOWN = frozenset({"lists", "pages", "articles", "relevant"})
"""Those that a person sees even where all are zero."""


def crawl(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE]…", autocompletion=complete_source, help="Sources; all that are on by default."
        ),
    ] = None,
    *,
    section: Annotated[str | None, typer.Option(help="Only this section of each source.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Only articles that their list dates later: 7d, 24h, 2026-11-01.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, max=LARGEST, help="At most so many articles from each source.")
    ] = None,
    url: Annotated[
        list[str] | None, typer.Option(help="Fetch this article (may be given again), not the lists.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a source.")] = False,
) -> None:
    """Fetch what is new from the sources into the archive.

    What an earlier crawl left over is worked off first; what --since and --limit leave out stays pending. Two crawls
    never visit one domain together: the later one waits. Exit status: 0; 1 where a source failed or its file is wrong;
    2 for wrong use; 130 where it was stopped.

    Examples:
      deltanews crawl
      deltanews crawl ahtv jstv --since 7d
      deltanews crawl jstv --section search --limit 20
      deltanews crawl --url https://news.jstv.com/a/20201130/1606733984697.shtml
    """
    files = configured_source_files()
    for name in names or []:
        if name in files.broken:
            raise files.broken[name]
    urls = tuple(url or ())
    chosen = _owners(files.sources, urls, names or []) if urls else active_sources(files.sources, names or [])
    if section is not None:
        chosen = tuple(source for source in chosen if source.section(section))
    broken = [] if names or urls else list(files.broken)
    if not chosen and not broken:
        raise UsageError("nothing to crawl: no source is on, or none has that section; see `deltanews sources list`")
    job_id = new_job_id()
    options = CrawlOptions(section, period_of_options(since).since, limit, urls, job_id=job_id)
    _log_warnings()
    log_into(log_file(ArchiveSettings.load().logs, job_id), run=job_id)
    with crawl_progress() as progress:
        outcomes = crawl_sources(
            [*(source.name for source in chosen), *broken],
            options,
            on_opened=progress.opened,
            on_closed=progress.closed,
        )
    _summary(outcomes, as_json=as_json)
    if any(outcome.stopped for outcome in outcomes):
        raise typer.Exit(INTERRUPTED)
    if any(outcome.failure for outcome in outcomes):
        raise typer.Exit(1)


def _log_warnings() -> None:
    """Let warnings through to stderr; Scrapy opens the root logger for everything."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(PrintableFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)


def _owners(sources: Mapping[str, Source], urls: Sequence[str], names: Sequence[str]) -> tuple[Source, ...]:
    """Return the sources that the URLs belong to, among those named."""
    among = active_sources(sources, names) if names else tuple(sources.values())
    owners = {}
    for url in urls:
        owner = next((source for source in among if source.owns(url)), None)
        if owner is None:
            raise UsageError(f"--url {url}: no source has that host; `deltanews sources add` makes one")
        owners[owner.name] = owner
    return active_sources(sources, [*owners])


def _summary(outcomes: Sequence[SourceOutcome], *, as_json: bool) -> None:
    """Print what each source gave; before it, in one line, why none of them gave anything."""
    if unreachable := next((outcome.failure for outcome in outcomes if outcome.unreachable), None):
        print_line(unreachable, stderr=True)
    if as_json:
        print_json_lines(
            {"source": outcome.source, "failure": outcome.failure, **asdict(outcome.counts)} for outcome in outcomes
        )
        return
    total = Counts()
    for outcome in outcomes:
        total.add(outcome.counts)
    rows = [(outcome.source, outcome.counts, _outcome_text(outcome)) for outcome in outcomes]
    if len(rows) > 1:
        failed = sum(outcome.failure is not None for outcome in outcomes)
        rows.append(("total", total, f"{failed} of {len(outcomes)} sources failed" if failed else "ok"))
    if sys.stdout.isatty():
        _print_for_a_person(rows, total)
        return
    print_rows((), ((name, *_figures(counts, SHOWN), outcome) for name, counts, outcome in rows))


def _print_for_a_person(rows: Sequence[tuple[str, Counts, str]], total: Counts) -> None:
    """Print the figures that are not zero throughout, and under them, where there is room, why a source failed."""
    shown = [name for name in SHOWN if name in ALWAYS_SHOWN or asdict(total)[name]]
    print_rows(
        ("source", *(SHOWN[name] for name in shown), ""),
        ((name, *_figures(counts, shown), "ok" if outcome == "ok" else "failed") for name, counts, outcome in rows),
    )
    alike: dict[str, list[str]] = {}
    for name, _, outcome in rows:
        if outcome not in {"ok", NOT_REACHED}:
            alike.setdefault(outcome, []).append(name)
    for outcome, names in alike.items():  # what many sources failed of is said once
        stdout_console().print(Text(f"{', '.join(names)}: {outcome}"))


def _outcome_text(outcome: SourceOutcome) -> str:
    return NOT_REACHED if outcome.unreachable else outcome.failure or "ok"


def _figures(counts: Counts, names: Iterable[str]) -> Iterator[str]:
    figures = asdict(counts)
    return (str(figures[name]) for name in names)
