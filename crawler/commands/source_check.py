"""`deltanews sources check`: whether sources still work, step by step, and which line to change where not."""

import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from core.console import print_json_lines, print_rows, stdout_console
from crawler.checking.check import SourceCheck
from crawler.checking.finding import Finding, Outcome
from crawler.checking.saved_pages import saving
from crawler.crawl.single_page import Fetch, FetchError, browse
from crawler.discovery import start_requests
from crawler.settings import CrawlerSettings
from crawler.sources.configured import configured_source, configured_sources
from crawler.sources.loader import active_sources

AT_ONCE = 4
"""Sources checked at once, each in a process of its own, since a process can start Scrapy only once."""

STYLES = {Outcome.OK: "green", Outcome.NOTE: "dim", Outcome.DEGRADED: "yellow", Outcome.FAILED: "bold red"}
"""How an outcome looks on a terminal."""


def check(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]…", help="Sources; all that are on by default.")
    ] = None,
    *,
    save: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep every page that was fetched, as a fixture, in DIR/SOURCE.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Try sources against their sites: robots.txt, lists, links, three articles, their fields, their relevance.

    For each it prints what was expected, what was seen, and the line of the source file to change. It keeps nothing in
    the archive. Exit status: 0; 1 where anything failed or had to be guessed; 2 for wrong use.

    Examples:
      deltanews sources check
      deltanews sources check jstv --save tests/fixtures
    """
    sources = active_sources(configured_sources(), names or [])
    everything: list[Finding] = []
    for findings in _checked([source.name for source in sources], save):
        everything += findings
        if as_json:
            print_json_lines(finding.model_dump(mode="json") for finding in findings)
        elif sys.stdout.isatty():
            _print_account(findings)
        else:
            _print_findings(findings)
    broken = {finding.source for finding in everything if finding.outcome.needs_mending}
    if sys.stdout.isatty() and not as_json:
        stdout_console().print(f"{len(sources)} checked, {len(broken)} need mending: {', '.join(broken) or 'none'}")
    if broken:
        raise typer.Exit(1)


def _print_account(findings: Sequence[Finding]) -> None:
    """Print a source's findings for a person: a line each, and three more where something is to be mended."""
    console = stdout_console()
    worst = [finding for finding in findings if finding.outcome.needs_mending]
    console.print(Text(f"{findings[0].source}: {len(worst)} of {len(findings)} need mending", style="bold"))
    for subject, of_subject in groupby(findings, key=lambda finding: finding.subject):
        console.print(Text(f"  {subject}"))
        account = Table.grid(padding=(0, 1))
        account.add_column(width=12, no_wrap=True)
        account.add_column(width=9, no_wrap=True)
        account.add_column(overflow="fold")
        for finding in of_subject:
            outcome = Text(f"    {finding.outcome.value}", STYLES[finding.outcome])
            account.add_row(outcome, finding.step, Text(finding.saw))
            if finding.outcome.needs_mending:
                account.add_row("", "expected", Text(finding.expected))
                account.add_row("", "to mend", Text(finding.mend or "the site, not the file"))
        console.print(account)


def _print_findings(findings: Sequence[Finding]) -> None:
    print_rows(
        ("source", "", "step", "of", "expected", "saw", "to mend"),
        (
            (
                finding.source,
                finding.outcome.value,
                finding.step,
                finding.subject,
                finding.expected,
                finding.saw,
                finding.mend,
            )
            for finding in findings
        ),
    )


def _checked(names: Sequence[str], save: Path | None) -> Iterator[list[Finding]]:
    """Yield the findings of each source, in the order of the names."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(AT_ONCE, mp_context=context, max_tasks_per_child=1) as pool:
        yield from pool.map(partial(check_one, save=save), names)


def check_one(name: str, save: Path | None) -> list[Finding]:
    """Check one source; for a process of its own, which reads the settings itself."""
    source, path = configured_source(name)
    gazetteers = CrawlerSettings.load().gazetteers

    async def task(fetch: Fetch) -> list[Finding]:
        keeping = fetch if save is None else saving(fetch, save / name)
        return await SourceCheck(source, path, keeping, gazetteers).run()

    try:
        return browse(task, start_requests(source, source.sections[0])[0].url, source)
    except FetchError as error:
        saw = str(error)
        return [Finding(source=name, step="check", subject="", outcome=Outcome.FAILED, expected="an answer", saw=saw)]
