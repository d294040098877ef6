"""`deltanews rebuild stories` and `rebuild events`: rebuild what is derived from the articles alone."""

from collections.abc import Callable
from typing import Annotated

import typer

from archive.database import Database
from archive.settings import ArchiveSettings
from core.locks import process_lock
from indexer.commands.index import run_and_print
from indexer.events.persistent import batches as events
from indexer.indexing import LOCK
from indexer.stories.persistent import batches as stories


def rebuild_stories(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
) -> None:
    """Rebuild all stories from the archive's articles, and write them to the search index.

    Needed after a change of the window or the levels, and never harmful: the same articles make the same stories with
    the same ids, searches answer all the while, and the next `deltanews index` finishes an interrupted run.

    Examples:
        deltanews rebuild stories
    """
    _rebuild(stories.start_rebuilding, as_json=as_json)


def rebuild_events(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
) -> None:
    """Rebuild all events from the archive's stories, and write those to the search index.

    Never needed, never harmful: the same stories and corrections make the same events with the same ids, searches
    answer all the while, and the next `deltanews index` finishes an interrupted run.

    Examples:
        deltanews rebuild events
    """
    _rebuild(events.start_rebuilding, as_json=as_json)


def _rebuild(start: Callable[[Database], None], *, as_json: bool) -> None:
    archive = ArchiveSettings.load()
    database = Database.open(archive)
    try:
        with process_lock(archive.locks, LOCK):
            start(database)
    finally:
        database.close()
    run_and_print(as_json=as_json)
