"""When each source is crawled, by the words of docs/service.md and without the service's code: an oracle."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from tests.scheduler.time_of_the_test import TimeOfTheTest

SPREAD = 5.0
"""Seconds by which the service starts what is late together one after the other, at most."""

Crawl = tuple[str, datetime]
"""A source, and what the wall clock showed when its crawl began."""


class ModelOfRuns:
    """Each source once an interval of time that passes; a restart counts from what the wall clock said at the last."""

    def __init__(self, intervals: Mapping[str, timedelta]) -> None:
        self._intervals = intervals
        self._due: dict[str, float] = {}
        self._began: dict[str, datetime] = {}
        self.crawls: list[Crawl] = []
        """All that have begun."""

    def service_starts(self, time: TimeOfTheTest) -> None:
        """Count anew: at once where the last crawl was an interval ago, or lies in the future, or there was none."""
        for name, interval in self._intervals.items():
            wait = self._began[name] + interval - time.now if name in self._began else timedelta(0)
            self._due[name] = time.steady + (wait.total_seconds() if timedelta(0) < wait <= interval else 0.0)

    def next_time(self) -> float:
        """Return seconds of the steady clock at which the next crawls have begun for certain, and no others may."""
        at = min(self._due.values()) + 2 * SPREAD
        while late := [due for due in self._due.values() if at - SPREAD < due <= at]:
            at = max(late) + 2 * SPREAD
        return at

    def due_at(self, time: TimeOfTheTest) -> list[str]:
        """Return the sources whose crawls are to begin by now."""
        return [name for name, due in self._due.items() if due <= time.steady]

    def begins(self, name: str, time: TimeOfTheTest) -> None:
        """Note that a crawl has begun; the next one is an interval after the time at which it was due."""
        self._began[name] = time.now
        self._due[name] += self._intervals[name].total_seconds()
        self.crawls.append((name, time.now))
