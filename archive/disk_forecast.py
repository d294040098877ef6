"""Disk forecast: how much the archive takes, how fast it grows, and when its disk is full at that pace."""

import os
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, case, func, select

from archive.schema import now, pages
from archive.settings import ArchiveSettings

SPAN = timedelta(days=7)
"""The time whose growth counts."""


@dataclass(frozen=True)
class DiskForecast:
    """Sizes in bytes."""

    used: int
    """By the archive's folder: database, raw pages, embedded index, logs."""
    free: int
    """For this user, on the folder's disk."""
    growth_per_day: int
    """Over the last seven days, or since the first page where that is shorter: the folder is taken to have grown as its
    raw pages did, since everything else comes of them."""

    @property
    def days_until_full(self) -> float | None:
        """At that pace; None where nothing grows."""
        return self.free / self.growth_per_day if self.growth_per_day else None


def disk_forecast(connection: Connection, settings: ArchiveSettings) -> DiskForecast | None:
    """Return the forecast for the archive's folder; None where there is none yet."""
    if not settings.directory.exists():
        return None
    time = now()
    recent = case((pages.c.fetched_at > time - SPAN, pages.c.warc_length), else_=0)
    new, total, first = connection.execute(
        select(func.sum(recent), func.sum(pages.c.warc_length), func.min(pages.c.fetched_at))
    ).one()
    used = _size(settings.directory)
    days = min(max(time - first, timedelta(days=1)), SPAN) / timedelta(days=1) if total else 1
    growth = int(used * int(new) / int(total) / days) if total else 0
    return DiskForecast(used, shutil.disk_usage(settings.directory).free, growth)


def _size(folder: Path) -> int:
    """Return what a folder takes; a file that goes away meanwhile takes nothing."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(place) / name).lstat().st_size
            except FileNotFoundError:
                continue
    return total
