"""`deltanews reextract`: today's extraction and relevance over the stored pages."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from core.console import print_json_lines, print_rows, stderr_console
from core.errors import UsageError
from crawler.crawl.context import CrawlContext
from crawler.pages.comparison import Asset, Effect
from crawler.pages.reextraction import Reextracted
from crawler.pages.reextraction import reextract as reread_pages
from crawler.sources.completion import complete_source
from crawler.sources.configured import configured_sources
from crawler.sources.model import Source


def reextract(
    *,
    source: Annotated[
        str | None, typer.Option(autocompletion=complete_source, help="Only pages of this source.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change; save nothing.")] = False,
    report: Annotated[
        bool,
        typer.Option(
            "--report", help="Count the articles that gained, lost or changed a minute, a credit, a reporter, text."
        ),
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="With --report: name each article, and what became of it.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a page that changed; of a report, one a line.")
    ] = False,
) -> None:
    """Run today's extraction and relevance over the stored pages, without a single request.

    Each page whose article changes is listed with the fields that changed, then a summary follows. A changed text
    becomes a new revision. Where a page gives no article any more, or its record is damaged, what was stored stays.
    An article over several pages is joined from those that are stored; those that it names besides, the next crawl
    fetches. With --report you see instead how many articles gained, lost or changed what: the minute, the credit, a
    reporter, more than 5% of their text, or themselves. `deltanews index` comes next. Exit status: 0; 1 where a page
    could not be read.

    Examples:
      deltanews reextract --dry-run
      deltanews reextract --dry-run --report
      deltanews reextract --source jstv --report --explain
    """
    if explain and not report:
        raise UsageError("--explain goes with --report")
    with CrawlContext.open(to_read=dry_run) as context:
        sources = configured_sources()
        if source is not None and source not in sources:
            raise UsageError(f"--source: there is no source {source!r}; known: {', '.join(sources)}")
        results = asyncio.run(_collect(context, sources, source, dry_run=dry_run))
    unread = sum(result.unread for result in results)
    if report:
        _print_report(results, explain=explain, as_json=as_json)
    else:
        _print_pages(results, as_json=as_json)
    if not as_json:
        _summary(results, unread, dry_run=dry_run)
    if unread:
        raise typer.Exit(1)


def _print_pages(results: Sequence[Reextracted], *, as_json: bool) -> None:
    reported = [result for result in results if result.changes or result.problem]
    if as_json:
        print_json_lines(
            {"url": result.url, "changes": list(result.changes), "problem": result.problem} for result in reported
        )
        return
    print_rows(("url", "changed"), ((result.url, result.problem or ", ".join(result.changes)) for result in reported))


def _print_report(results: Sequence[Reextracted], *, explain: bool, as_json: bool) -> None:
    """Print a line for each thing that an article may gain or lose, or for each article that did."""
    named = [(asset, effect, result.url) for result in results for asset, effect in result.effects.items()]
    if as_json and explain:
        print_json_lines({"what": asset, "effect": effect, "url": url} for asset, effect, url in named)
    elif as_json:
        print_json_lines(_counted(results))
    elif explain:
        print_rows(("what", "effect", "url"), sorted(named))
    else:
        rows = (tuple(str(value) for value in line.values()) for line in _counted(results))
        print_rows(("what", *Effect), rows)


def _counted(results: Sequence[Reextracted]) -> Iterator[dict[str, Any]]:
    counts = Counter((asset, effect) for result in results for asset, effect in result.effects.items())
    for asset in Asset:
        yield {"what": asset, **{effect: counts[asset, effect] for effect in Effect}}


def _summary(results: Sequence[Reextracted], unread: int, *, dry_run: bool) -> None:
    kinds = Counter(change for result in results for change in result.changes)
    same = sum(not result.changes and not result.problem for result in results)
    without = sum(result.problem is not None for result in results) - unread
    stderr_console().print(
        f"{len(results)} pages read: {same} unchanged, {without} without an article"
        + (f", {unread} could not be read" if unread else "")
        + "".join(f", {count} × {name}" for name, count in kinds.most_common())
        + (" (nothing was saved)" if dry_run else "")
    )


async def _collect(
    context: CrawlContext, sources: Mapping[str, Source], source: str | None, *, dry_run: bool
) -> list[Reextracted]:
    columns = (SpinnerColumn(), TextColumn("reading stored pages"), MofNCompleteColumn())
    results = []
    with Progress(*columns, console=stderr_console(), transient=True) as progress:
        task = progress.add_task("pages", total=None)
        async for result in reread_pages(context, sources, source=source, dry_run=dry_run):
            results.append(result)
            progress.advance(task)
    return results
