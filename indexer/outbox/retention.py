"""Retention: tombstones leave a search index once nothing that is older can still arrive there."""

from datetime import datetime, timedelta

from archive.database import Database
from archive.schema import now
from indexer.search.index import SearchIndex
from indexer.stories.persistent.state import read_state, write_state

PAUSE = timedelta(days=1)
"""How long after one look the index is left alone."""


def remove_old_tombstones(database: Database, index: SearchIndex, kept: timedelta) -> int:
    """Remove the tombstones that are older than `kept` from an index, once a day; return how many those were.

    The archive keeps its own: an address of a story that was merged leads to the other for ever. The caller holds the
    process lock `index`. Raises IndexUnavailableError; the next call tries again.
    """
    name = f"tombstones of {index.name}"
    with database.read() as connection:
        looked = read_state(connection, name)
    moment = now()
    # A look that lies in the future was noted before the clock was set back.
    if looked is not None and moment - PAUSE < datetime.fromisoformat(looked) <= moment:
        return 0
    removed = index.remove_tombstones(moment - kept)
    with database.write() as connection:
        write_state(connection, name, moment.isoformat())
    return removed
