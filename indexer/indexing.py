"""Indexing: from changed articles to acknowledged stories, one process at a time; for the command and the service."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from filelock import Timeout

from archive.backup import LOCK as UPKEEP
from archive.database import Database
from archive.forgetting import finish_forgetting, is_forgetting
from archive.retention import remove_expired
from archive.schema import now
from archive.settings import ArchiveSettings
from core.locks import process_lock
from core.log import get_logger
from indexer.events.persistent.batches import GroupingSummary, group_changes
from indexer.outbox.drain import DrainSummary, drain
from indexer.outbox.retention import INTERVAL, remove_old_tombstones
from indexer.search.index import IndexUnavailableError, SearchIndex
from indexer.search.opening import open_search_index
from indexer.settings import IndexerSettings
from indexer.stories.persistent.batches import ClusteringSummary, cluster_changes, register_index
from indexer.stories.persistent.state import read_state, write_state

LOCK = "index"
"""Name of the process lock that clustering and writing hold."""

RETENTION = "retention"
"""Name of the state that says when expired pages were last removed."""

log = get_logger(__name__)


@dataclass(frozen=True)
class IndexingSummary:
    """What one run of indexing did."""

    clustered: ClusteringSummary
    grouped: GroupingSummary
    drained: DrainSummary
    retention_error: str | None = None
    """Why old tombstones could not be removed, if so: nothing is missing or wrong by it, the index only grows."""


def index_changes(
    archive: ArchiveSettings,
    indexer: IndexerSettings,
    *,
    respect_backoff: bool = False,
    clustering: Callable[[int], None] = lambda _: None,
    writing: Callable[[int], None] = lambda _: None,
) -> IndexingSummary:
    """Group the articles that changed into stories, those into events, and write them to the configured search index.

    Another process that does the same is waited for. What `deltanews archive forget` left undone is done first.
    `respect_backoff`: do not try an index before its backoff ends.
    `clustering` and `writing` are called with how many articles and stories were done. An index that does not answer
    is no exception: the summary says so, the stories wait. ArchiveError and SettingsError are raised.
    """
    database = Database.open(archive)
    index = open_search_index(indexer)
    try:
        with process_lock(archive.locks, LOCK):
            register_index(database, index.name)
            _do_upkeep(database, archive)
            window = timedelta(days=indexer.window_days)
            clustered = cluster_changes(database, levels=indexer.levels, window=window, progress=clustering)
            grouped = group_changes(database)
            drained = drain(database, index, respect_backoff=respect_backoff, progress=writing)
            error = _remove_tombstones(database, index, indexer) if drained.unavailable is None else None
    finally:
        index.close()
        database.close()
    return IndexingSummary(clustered, grouped, drained, error)


def _do_upkeep(database: Database, archive: ArchiveSettings) -> None:
    """Go on with what was to be forgotten; once a day, remove what the settings do not keep.

    While a back-up is at work both wait for the next time.
    """
    with database.read() as connection:
        last_run = read_state(connection, RETENTION)
        forgetting = is_forgetting(connection)
    at = now()
    wants = archive.keep_pages_days or archive.keep_revisions_days
    is_due = last_run is None or not at - INTERVAL < datetime.fromisoformat(last_run) <= at
    if not forgetting and not (wants and is_due):
        return
    try:
        with process_lock(archive.locks, UPKEEP, wait=0):
            finish_forgetting(database, archive)
            if wants and is_due:
                expired = remove_expired(database, archive)
                log.info("expired pages removed", files=expired.files, revisions=expired.revisions)
                with database.write() as connection:
                    write_state(connection, RETENTION, at.isoformat())
    except Timeout:
        return


def _remove_tombstones(database: Database, index: SearchIndex, indexer: IndexerSettings) -> str | None:
    """Remove old tombstones; return what was in the way."""
    try:
        remove_old_tombstones(database, index, timedelta(days=indexer.tombstone_days))
    except IndexUnavailableError as error:
        return str(error)
    return None
