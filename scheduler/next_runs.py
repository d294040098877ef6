"""Whether the service runs, and when each of its jobs is due next: what other processes may read of it."""

import sqlite3
from contextlib import closing
from datetime import datetime

from archive.settings import ArchiveSettings
from core.clock import CLOCK
from core.locks import is_held

SERVICE = "service"
"""Name of the process lock that one service holds as long as it lives."""

STORE = "scheduler.sqlite"
"""APScheduler's job store, in the archive's folder; due times in it are seconds of the steady clock."""


def next_runs(archive: ArchiveSettings) -> dict[str, datetime] | None:
    """Return when the service does each job next, by its id (`crawl NAME`, `index`); None where none is running."""
    if not is_held(archive.locks, SERVICE):
        return None
    try:
        with closing(sqlite3.connect(f"{(archive.directory / STORE).as_uri()}?mode=ro", uri=True)) as store:
            rows = store.execute("SELECT id, next_run_time FROM apscheduler_jobs WHERE next_run_time > 0").fetchall()
    except sqlite3.OperationalError:  # it is starting, and has planned nothing yet
        return {}
    return {job: CLOCK.time_at(steady) for job, steady in rows}
