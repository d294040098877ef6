"""Timetable: when a source is to be crawled, by its own file: after an interval, and at fixed times of the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Self

from core.time import SHANGHAI
from crawler.sources.model import Source

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Timetable:
    """How often a source is crawled, and at which times besides."""

    interval: timedelta
    fixed: tuple[time, ...] = ()
    """Times of the day in Asia/Shanghai."""

    @classmethod
    def of(cls, source: Source) -> Self:
        """Return the timetable that a source's file gives."""
        return cls(timedelta(minutes=source.interval), tuple(map(time.fromisoformat, source.crawl_at)))

    def latest_fixed(self, moment: datetime) -> datetime | None:
        """Return the newest fixed time up to a moment, that moment included; None where there is no fixed time."""
        return max((time for time in self._around(moment) if time <= moment), default=None)

    def next_fixed(self, moment: datetime) -> datetime | None:
        """Return the first fixed time after a moment; None where there is no fixed time."""
        return min((time for time in self._around(moment) if time > moment), default=None)

    def is_due_between(self, last: datetime, now: datetime) -> bool:
        """Tell whether a fixed time lies after `last` and not after `now`; never where the clock was set back."""
        fixed = self.latest_fixed(now)
        return fixed is not None and last < fixed

    def _around(self, moment: datetime) -> Iterable[datetime]:
        today = moment.astimezone(SHANGHAI).date()
        for day in (today - DAY, today, today + DAY):
            for fixed in self.fixed:
                yield datetime.combine(day, fixed, SHANGHAI).astimezone(UTC)
