"""APScheduler on the steady clock: a wall clock that is set, back or forth, neither holds a job back nor hurries it.

The job store holds due times in seconds of the steady clock. APScheduler, which reckons with the wall clock, is shown
them as times of that clock as it stands at each poll, so setting it moves all due times along.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.executors.base import BaseExecutor
from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import URL

from archive.database import BUSY_SECONDS
from core.clock import Clock
from core.log import get_logger

log = get_logger("scheduler.clock")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""What the job store's file has for the steady clock's zero."""

STEP = 2.0
"""Seconds by which the two clocks may part between two polls; a clock that is corrected gently stays far below."""


class SteadyJobStore(SQLAlchemyJobStore):  # type: ignore[misc]  # APScheduler ships no types
    """A job store whose file holds due times of the steady clock; callers see times of the wall clock."""

    def __init__(self, path: Path, clock: Clock) -> None:
        # Nobody else writes to this file; should somebody look into it, a write waits.
        url = URL.create("sqlite", database=str(path))
        super().__init__(url, engine_options={"connect_args": {"timeout": BUSY_SECONDS}})
        self._clock = clock
        self._zero = clock.time_at(0)

    def time_at(self, steady: float) -> datetime:
        """Return the time that stands for the steady clock's seconds until the next poll."""
        return self._zero + timedelta(seconds=steady)

    def get_due_jobs(self, now: datetime) -> list[Job]:
        """Return what is due; until the next call `now` is the present time, whatever the wall clock does."""
        steady = self._clock.steady()
        self._zero = now - timedelta(seconds=steady)
        due: list[Job] = self._get_jobs(self.jobs_t.c.next_run_time <= steady)
        for job in due:
            job.next_run_time = min(job.next_run_time, now)  # rounding must not make it a microsecond late
        return due

    def get_next_run_time(self) -> datetime | None:
        """Return the time at which the next job is due."""
        due: datetime | None = super().get_next_run_time()
        return due and self._zero + (due - EPOCH)

    def add_job(self, job: Job) -> None:
        """Store a new job."""
        with self._on_the_steady_clock(job):
            super().add_job(job)

    def update_job(self, job: Job) -> None:
        """Store a job that is known."""
        with self._on_the_steady_clock(job):
            super().update_job(job)

    @contextmanager
    def _on_the_steady_clock(self, job: Job) -> Iterator[None]:
        shown = job.next_run_time
        job.next_run_time = shown and EPOCH + (shown - self._zero)
        try:
            yield
        finally:
            job.next_run_time = shown

    def _reconstitute_job(self, job_state: bytes) -> Job:
        job = super()._reconstitute_job(job_state)
        job.next_run_time = job.next_run_time and self._zero + (job.next_run_time - EPOCH)
        return job


class SteadyScheduler(BackgroundScheduler):  # type: ignore[misc]
    """APScheduler's own, with such a job store; it polls the clock every few seconds and logs when it was set."""

    def __init__(self, path: Path, executors: Mapping[str, BaseExecutor], clock: Clock) -> None:
        """`path` names the job store's file, which is made where there is none."""
        self._store = SteadyJobStore(path, clock)
        self._clock = clock
        self._apart = clock.apart()
        super().__init__(timezone=UTC, jobstores={"default": self._store}, executors=executors)

    def time_in(self, wait: timedelta) -> datetime:
        """Return the `next_run_time` of a job that is due after a wait from now on."""
        return self._store.time_at(self._clock.steady() + wait.total_seconds())

    def bring_forward(self, job_id: str, wait: timedelta) -> None:
        """Have a job run after `wait`, unless it is due earlier; one that is not there is no error."""
        with self._jobstores_lock:  # the times of one poll
            job = self.get_job(job_id)
            if job and (due := self.time_in(wait)) < job.next_run_time:
                job.modify(next_run_time=due)

    def _process_jobs(self) -> float:
        """Start what is due; return for how many seconds to wait before the next poll."""
        self._log_steps()
        wait = super()._process_jobs()
        return self._clock.poll_seconds if wait is None else min(wait, self._clock.poll_seconds)

    def _log_steps(self) -> None:
        apart = self._clock.apart()
        if abs(step := apart - self._apart) > STEP:
            log.warning("the clock was set; nothing runs earlier or later for it", seconds=round(step, 1))
        self._apart = apart
