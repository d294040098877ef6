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
from rich.text import Text

from archive.database import Database
from archive.settings import ArchiveSettings
from core.console import print_hanging, print_json_lines, print_line, print_rows, stdout_console
from core.errors import DeltaNewsError
from crawler.checking.check import SourceCheck
from crawler.checking.correction import Correction, corrected_text, difference
from crawler.checking.saved_pages import saving
from crawler.checking.step_result import Outcome, StepResult
from crawler.crawl.guessing import known_of
from crawler.crawl.single_page import Fetch, FetchError, UnreachableError, run_with_fetch
from crawler.discovery import start_requests
from crawler.discovery.model import NOTHING, Known
from crawler.settings import CrawlerSettings
from crawler.sources.completion import complete_source
from crawler.sources.configured import configured_source, configured_sources
from crawler.sources.loader import BUNDLED, active_sources
from crawler.sources.model import Source

AT_ONCE = 4
"""Sources checked at once, each in a process of its own, since a process can start Scrapy only once."""

STYLES = {
    Outcome.OK: "green",
    Outcome.NOTE: "dim",
    Outcome.DEGRADED: "yellow",
    Outcome.FAILED: "bold red",
    Outcome.UNREACHED: "bold red",
}
"""How an outcome looks on a terminal."""


def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE]…", autocompletion=complete_source, help="Sources; all that are on by default."
        ),
    ] = None,
    *,
    save: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Save every page that was fetched, as a fixture, in DIR/SOURCE.")
    ] = None,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help="Write a proposal where a list has changed: FILE.proposed, with what differs on stderr."
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Try sources against their sites: robots.txt, lists, links, three articles, their fields, their relevance.

    For each it prints what was expected, what was seen, and the line of the source file to change. It stores nothing in
    the archive. Exit status: 0; 1 where anything failed or had to be guessed; 2 for wrong use.

    With --fix, a source whose list has changed gets a corrected file beside its own, or in the first of source_folders
    for a bundled one: NAME.toml.proposed, which counts for nothing until you name it NAME.toml.

    Examples:
      deltanews sources check
      deltanews sources check jstv --save tests/fixtures
      deltanews sources check jstv --fix
    """
    sources = active_sources(configured_sources(), names or [])
    everything: list[StepResult] = []
    for results in _checked([source.name for source in sources], save, fix=fix):
        everything += results
        if as_json:
            print_json_lines(result.model_dump(mode="json") for result in results)
        elif sys.stdout.isatty() and results[0].outcome is not Outcome.UNREACHED:
            _print_for_person(results)
        elif not sys.stdout.isatty():
            _print_results(results)
    unreached = [result for result in everything if result.outcome is Outcome.UNREACHED]
    for reason in dict.fromkeys(result.saw for result in unreached):  # of many sources it is said once
        names_of = (result.source for result in unreached if result.saw == reason)
        print_line(f"deltanews: {', '.join(names_of)}: not checked, {reason}", stderr=True)
    broken = {result.source for result in everything if result.outcome.needs_fix}
    if sys.stdout.isatty() and not as_json:
        checked = len(sources) - len(unreached)
        stdout_console().print(f"{checked} checked, {len(broken)} need a fix: {', '.join(sorted(broken)) or 'none'}")
    if broken or unreached:
        raise typer.Exit(1)


def _print_for_person(results: Sequence[StepResult]) -> None:
    """Print a source's results for a person: a line each, and three more where something is to be fixed."""
    console = stdout_console()
    worst = [result for result in results if result.outcome.needs_fix]
    console.print(Text(f"{results[0].source}: {len(worst)} of {len(results)} need a fix", style="bold"))
    for subject, of_subject in groupby(results, key=lambda result: result.subject):
        console.print(Text(f"  {subject}"))
        for result in of_subject:
            outcome = Text(f"    {result.outcome.value:9}", STYLES[result.outcome])
            print_hanging(outcome + Text(f"{result.step:10}", "default"), result.saw, console)
            if result.outcome.needs_fix:
                print_hanging(Text(f"{'':13}{'expected':10}"), result.expected, console)
            if result.outcome.needs_fix:  # a file and its line are opened: never in two pieces
                console.print(Text(f"{'':13}{'fix':10}{result.fix or 'the site, not the file'}"), soft_wrap=True)


def _print_results(results: Sequence[StepResult]) -> None:
    print_rows(
        ("source", "", "step", "of", "expected", "saw", "fix"),
        (
            (
                result.source,
                result.outcome.value,
                result.step,
                result.subject,
                result.expected,
                result.saw,
                result.fix,
            )
            for result in results
        ),
    )


def _checked(names: Sequence[str], save: Path | None, *, fix: bool) -> Iterator[list[StepResult]]:
    """Yield the results of each source, in the order of the names."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(AT_ONCE, mp_context=context, max_tasks_per_child=1) as pool:
        yield from pool.map(partial(check_one, save=save, fix=fix), names)


def check_one(name: str, save: Path | None, *, fix: bool = False) -> list[StepResult]:
    """Check one source; for a process of its own, which reads the settings itself."""
    source, path = configured_source(name)
    settings = CrawlerSettings.load()
    known = _known(name)

    async def task(fetch: Fetch) -> list[StepResult]:
        saved = fetch if save is None else saving(fetch, save / name)
        one = SourceCheck(source, path, saved, settings.gazetteers, known)
        results = await one.run()
        if fix and one.corrections:
            _propose(source, path, one.corrections, settings.source_folders)
        return results

    try:
        return run_with_fetch(task, start_requests(source.sections[0])[0].url, source)
    except (FetchError, UnreachableError) as error:
        outcome = Outcome.UNREACHED if isinstance(error, UnreachableError) else Outcome.FAILED
        saw = str(error)
        return [StepResult(source=name, step="check", subject="", outcome=outcome, expected="an answer", saw=saw)]


def _known(name: str) -> Known:
    """Return what the archive has of a source's lists; nothing where it cannot be read, for a check needs none."""
    try:
        database = Database.open_to_read(ArchiveSettings.load())
    except DeltaNewsError:
        return NOTHING
    try:
        return known_of(database, name)
    finally:
        database.close()


def _propose(source: Source, path: Path, corrections: Sequence[Correction], folders: Sequence[Path]) -> None:
    """Write the corrected file under a name that nothing reads, and say what differs and how it is accepted."""
    before = path.read_text(encoding="utf-8")
    after = corrected_text(before, source, corrections)
    is_bundled = path.parent == BUNDLED
    folder = next(iter(folders), None) if is_bundled else path.parent
    accepted = folder / path.name if folder else None
    print_line(difference(before, after, before_name=str(path), after_name=str(accepted or path.name)), stderr=True)
    if accepted is None:
        print_line(f"{source.name}: nothing is written: set [crawler] source_folders = [DIR]", stderr=True)
        return
    proposal = accepted.with_name(f"{accepted.name}.proposed")
    accepted.parent.mkdir(parents=True, exist_ok=True)
    proposal.write_text(after, encoding="utf-8")
    print_line(f"{source.name}: to accept it, run: mv {proposal} {accepted}", stderr=True)
