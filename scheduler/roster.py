"""Roster: which sources the service crawls, and when - their timetables, those that are paused, crawls asked for."""

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta

from apscheduler.jobstores.base import JobLookupError

from archive.database import Database
from archive.paused_sources import pause_source, paused_since, resume_source
from archive.runs import last_runs
from core.clock import CLOCK
from core.errors import UsageError
from core.log import get_logger
from scheduler.jobs import CRAWL, PlannedJob, plan_crawls, put_job
from scheduler.steady import SteadyScheduler
from scheduler.timetable import Timetable

log = get_logger("scheduler.roster")


class Roster:
    """Changed by orders and by what the archive says; both come from threads of their own."""

    def __init__(self, database: Database, scheduler: SteadyScheduler, *, end: Callable[[str], object]) -> None:
        """`end` is called with the name of a source whose crawl, where one is at work, is to end."""
        self._database, self._scheduler, self._end = database, scheduler, end
        self._lock = threading.Lock()
        self._timetables: Mapping[str, Timetable] = {}
        self._paused: frozenset[str] = frozenset()
        self._asked: set[str] = set()

    @property
    def active(self) -> dict[str, Timetable]:
        """The timetables of the sources that are not paused."""
        return {name: table for name, table in self._timetables.items() if name not in self._paused}

    def open(self, timetables: Mapping[str, Timetable]) -> list[PlannedJob]:
        """Take over the sources that are on, and return their crawls."""
        with self._database.read() as connection:
            runs, self._paused = last_runs(connection), frozenset(paused_since(connection))
        self._timetables = timetables
        return plan_crawls(self.active, runs, CLOCK.now())

    def replace(self, timetables: Mapping[str, Timetable]) -> None:
        """Crawl by these timetables from now on; what did not change keeps its countdown."""
        with self._lock:
            self._change(timetables, self._paused)

    def set_paused(self, paused: frozenset[str]) -> None:
        """Leave these sources alone, and no others."""
        with self._lock:
            if paused != self._paused:
                log.info("paused sources", sources=sorted(paused))
                self._change(self._timetables, paused)

    def crawl_now(self, name: str) -> None:
        """Have a source crawled at once; where a crawl of it is at work, once more after that."""
        self._asked.add(name)
        self._scheduler.bring_forward(f"{CRAWL} {name}", timedelta(0))

    def is_asked(self, name: str) -> bool:
        """Tell whether a crawl of a source was asked for that has not begun since."""
        return name in self._asked

    def begin(self, name: str) -> bool:
        """Note that a source's crawl is about to begin; False where it was paused while it waited for its turn."""
        self._asked.discard(name)
        return name not in self._paused

    def order_crawl(self, name: str) -> str:
        """Obey `deltanews service crawl`."""
        self._must_know(name)
        if name in self._paused:
            raise UsageError(f"{name} is paused; `deltanews service resume {name}` ends that")
        self.crawl_now(name)
        return f"{name} is crawled now"

    def order_pause(self, name: str) -> str:
        """Obey `deltanews service pause`."""
        self._must_know(name)
        with self._database.write() as connection:
            pause_source(connection, name)
        self.set_paused(self._paused | {name})
        return f"{name} is paused until `deltanews service resume {name}`"

    def order_resume(self, name: str) -> str:
        """Obey `deltanews service resume`."""
        with self._database.write() as connection:
            was_paused = resume_source(connection, name)
        if not was_paused:
            raise UsageError(f"{name} is not paused")
        self.set_paused(self._paused - {name})
        return f"{name} is crawled again"

    def _change(self, timetables: Mapping[str, Timetable], paused: frozenset[str]) -> None:
        before = self.active
        self._timetables, self._paused = timetables, paused
        active = self.active
        for name in before.keys() - active.keys():
            self._asked.discard(name)
            with suppress(JobLookupError):
                self._scheduler.remove_job(f"{CRAWL} {name}")
            self._end(name)
        with self._database.read() as connection:
            runs = last_runs(connection)
        changed = {name: table for name, table in active.items() if before.get(name) != table}
        for job in plan_crawls(changed, runs, CLOCK.now()):
            put_job(self._scheduler, job)

    def _must_know(self, name: str) -> None:
        if name not in self._timetables:
            raise UsageError(f"the service crawls no source of that name: {name}; see `deltanews sources list`")
