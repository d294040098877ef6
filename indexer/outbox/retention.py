"""Retention: tombstones leave a search index once nothing that is older can still arrive there."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from archive.database import Database
from archive.schema import now
from archive.story_tables import folding
from indexer.search_index import SearchIndex

PAUSE = timedelta(days=1)
"""How long after one look the index is left alone."""


def remove_old_tombstones(database: Database, index: SearchIndex, kept: timedelta) -> int:
    """Remove the tombstones that are older than `kept` from an index, once a day; return how many those were.

    The archive keeps its own: an address of a story that was merged leads to the other for ever. The caller holds the
    process lock `index`. Raises IndexUnavailableError; the next call tries again.
    """
    name = f"tombstones of {index.name}"
    with database.read() as connection:
        looked = connection.scalar(select(folding.c.value).where(folding.c.name == name))
    moment = now()
    if looked is not None and datetime.fromisoformat(looked) > moment - PAUSE:
        return 0
    removed = index.remove_tombstones(moment - kept)
    with database.write() as connection:
        connection.execute(delete(folding).where(folding.c.name == name))
        connection.execute(insert(folding).values(name=name, value=moment.isoformat()))
    return removed
