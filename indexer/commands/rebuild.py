"""`deltanews rebuild stories`: rebuild all stories from the articles alone."""

from typing import Annotated

import typer

from archive.database import Database
from archive.settings import ArchiveSettings
from core.locks import process_lock
from indexer.commands.index import run_and_print
from indexer.indexing import LOCK
from indexer.stories.persistent.batches import start_rebuilding


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
    archive = ArchiveSettings.load()
    database = Database.open(archive)
    try:
        with process_lock(archive.locks, LOCK):
            start_rebuilding(database)
    finally:
        database.close()
    run_and_print(as_json=as_json)
