"""A look at health: history read and judged, nothing stored; an archive that may only be read is enough."""

from datetime import datetime, timedelta

from archive.database import Database
from archive.settings import ArchiveSettings
from crawler.sources.configured import configured_source_files
from indexer.settings import IndexerSettings
from scheduler.health.heartbeat import Heartbeat, read_heartbeat
from scheduler.health.history import History
from scheduler.health.judge import Judgement, judge
from scheduler.health.read import read_history
from scheduler.settings import SchedulerSettings


def look(
    archive: ArchiveSettings, database: Database, now: datetime, *, heartbeat: Heartbeat | None = None
) -> tuple[History, Judgement]:
    """Return what was seen of the sources, and what the rules say of it at that time.

    A round of the service gives the heartbeat that it found: it has written its own meanwhile.

    SettingsError, SourceError, ArchiveError.
    """
    files = configured_source_files()
    heartbeat = heartbeat or read_heartbeat(archive)
    with database.read() as connection:
        history = read_history(
            connection,
            files,
            now,
            index=IndexerSettings.load().index,
            deadline=timedelta(minutes=SchedulerSettings.load().crawl_minutes),
            watched_since=heartbeat.since if heartbeat else None,
            heartbeat_at=heartbeat.at if heartbeat else None,
        )
    return history, judge(history)
