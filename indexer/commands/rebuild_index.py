"""`deltanews rebuild index` and `deltanews rebuild remove-old`: the search index rebuilt beside the active one."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

import typer
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from archive.settings import ArchiveSettings
from core.console import print_json_lines, print_rows, stderr_console
from indexer.outbox.rebuild import Progress as Hear
from indexer.outbox.rebuild import rebuild_index
from indexer.search.opening import open_search_index
from indexer.settings import IndexerSettings

NONE_OLD = "no rebuild has left an old search index"


def rebuild(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
) -> None:
    """Rebuild the search index from the archive's stories beside the one that is searched, then switch to it.

    Needed after an upgrade that says so, or where an index is damaged. Searches and the service go on meanwhile.
    Nothing changes before the new index holds what the archive says; the next run goes on where one was interrupted.
    The old index stays until `deltanews rebuild remove-old`.

    Examples:
        deltanews rebuild index
    """
    with _progress() as progress:
        summary = rebuild_index(ArchiveSettings.load(), IndexerSettings.load(), progress=progress)
    if as_json:
        print_json_lines([asdict(summary)])
        return
    print_rows(
        ("what", "count"),
        [
            ("stories in the new index", str(summary.stories)),
            ("stories written", str(summary.written)),
            ("stories found from an interrupted run", str(summary.found)),
            *((f"refused: {story}", reason) for story, reason in summary.refused.items()),
        ],
    )


def remove_old() -> None:
    """Remove the search indexes that a rebuild has replaced; the active one is never touched.

    Examples:
        deltanews rebuild remove-old
    """
    index = open_search_index(IndexerSettings.load())
    try:
        print_rows(("removed",), [(name,) for name in index.remove_predecessors()], none=NONE_OLD)
    finally:
        index.close()


@contextmanager
def _progress() -> Iterator[Hear]:
    """Yield the callback for stories written: a bar on a terminal's standard error."""
    columns = (TextColumn("stories written"), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=stderr_console(), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)
