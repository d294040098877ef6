"""Retention: tombstones leave a search index once nothing that is older can still arrive there."""

from datetime import datetime, timedelta

from archive.database import Database
from archive.schema import now
from indexer.search.index import SearchIndex
from indexer.stories.persistent.state import read_state, write_state

INTERVAL = timedelta(days=1)
"""Time between two runs."""


def remove_old_tombstones(database: Database, index: SearchIndex, age: timedelta) -> int:
    """Remove the tombstones that are older than `age` from an index, once a day; return how many those were.

    The archive keeps its own: the URL of a story that was merged leads to the other for ever. The caller holds the
    process lock `index`. Raises IndexUnavailableError; the next call tries again.
    """
    name = f"tombstones of {index.name}"
    with database.read() as connection:
        last_run = read_state(connection, name)
    at = now()
    # A run that lies in the future was noted before the clock was set back.
    if last_run is not None and at - INTERVAL < datetime.fromisoformat(last_run) <= at:
        return 0
    removed = index.remove_tombstones(at - age)
    with database.write() as connection:
        write_state(connection, name, at.isoformat())
    return removed
