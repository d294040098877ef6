"""`deltanews index`: group what is new in the archive into stories and write them to the search index."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.progress import MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from archive.settings import ArchiveSettings
from core.console import print_json_lines, print_line, print_rows, stderr_console
from core.time import format_time
from indexer.indexing import IndexingSummary, index_changes
from indexer.search.index import IndexUnavailableError
from indexer.settings import IndexerSettings


def index(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
) -> None:
    """Group what is new in the archive into stories, and write those to the search index.

    Safe at any time, also while a crawl or the service is at work: another index run is waited for. What the index
    does not take now waits in the outbox; the exit status is 1 where the index does not answer, or lacks stories that
    it once held. An index that is found empty is filled again by itself.

    Examples:
        deltanews index
        deltanews index --json
    """
    run_and_print(as_json=as_json)


def run_and_print(*, as_json: bool) -> None:
    """Index with progress on a terminal, print the summary, raise IndexUnavailableError where the index is away."""
    with _progress() as (clustering, writing):
        summary = index_changes(ArchiveSettings.load(), IndexerSettings.load(), clustering=clustering, writing=writing)
    _print(summary, as_json=as_json)
    if summary.drained.requeued:
        typer.echo(f"the index was empty: {summary.drained.requeued:,} stories were enqueued again", err=True)
    if summary.retention_error is not None:
        print_line(f"old tombstones stay in the index: {summary.retention_error}", stderr=True)
    if summary.drained.unavailable is not None:
        raise IndexUnavailableError(
            f"{summary.drained.unavailable}; {summary.drained.waiting} stories wait in the outbox, "
            f"the service tries again at {format_time(summary.drained.next_try_at)}"
        )


def _print(summary: IndexingSummary, *, as_json: bool) -> None:
    clustered, drained = summary.clustered, summary.drained
    counts = {
        "articles": clustered.articles,
        "stories": clustered.stories,
        "written": drained.acknowledged,
        "refused": drained.refused,
        "waiting": drained.waiting,
    }
    if as_json:
        print_json_lines([counts | {"requeued": drained.requeued, "unavailable": drained.unavailable}])
        return
    words = {
        "articles": "articles grouped",
        "stories": "stories changed",
        "written": "stories written to the index",
        "refused": "stories refused (deltanews deadletters list)",
        "waiting": "stories still waiting",
    }
    print_rows(("what", "count"), [(words[name], str(count)) for name, count in counts.items()])


@contextmanager
def _progress() -> Iterator[tuple[Callable[[int], None], Callable[[int], None]]]:
    """Yield the callbacks for articles grouped and stories written: two counters on a terminal's standard error."""
    columns = (TextColumn("{task.description}"), MofNCompleteColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=stderr_console(), transient=True, disable=not sys.stderr.isatty()) as progress:
        articles = progress.add_task("articles grouped", total=None)
        stories = progress.add_task("stories written", total=None)
        yield (
            lambda count: progress.advance(articles, count),
            lambda count: progress.advance(stories, count),
        )
