"""The executor: APScheduler says when, child processes do."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from apscheduler.events import EVENT_JOB_EXECUTED, JobExecutionEvent
from apscheduler.executors.base import BaseExecutor
from apscheduler.job import Job

Args = Sequence[str]
"""What a job's child process is started with: `crawl NAME`, or `index`."""


MOST_PARALLEL = 64
"""Threads of an executor; each only watches a child process."""


@dataclass(frozen=True)
class _Waiting:
    """A job that is due."""

    job: Job
    run_time: datetime
    resource_keys: frozenset[str]


class ChildExecutor(BaseExecutor):  # type: ignore[misc]  # APScheduler ships no types
    """Gives APScheduler's jobs to child processes, so many at a time; the others are queued.

    A job whose resource another one holds is not queued: it would only hold up those behind.
    """

    def __init__(
        self,
        run: Callable[[Args], None],
        *,
        parallel: int,
        resource_keys: Callable[[Args], frozenset[str]] = lambda _args: frozenset(),
    ) -> None:
        """`run` does a job and returns at its end; `resource_keys` names what a job must have to itself."""
        super().__init__()
        self._run = run
        self._resource_keys = resource_keys
        self.parallel = parallel
        """How many jobs run at once; a change counts from the next start on."""
        self._pool = ThreadPoolExecutor(MOST_PARALLEL)
        self._running = 0
        self._waiting: list[_Waiting] = []
        self._held: set[str] = set()
        self._lock = threading.Lock()
        self._closed = False

    def shutdown(self, wait: bool = True) -> None:  # noqa: FBT001, FBT002 - APScheduler's signature
        """Accept no more jobs, drop those in the queue, and wait for those that run."""
        with self._lock:
            self._closed = True
            self._waiting.clear()
        self._pool.shutdown(wait=wait, cancel_futures=True)

    def _do_submit_job(self, job: Job, run_times: Sequence[datetime]) -> None:
        with self._lock:
            self._waiting.append(_Waiting(job, run_times[-1], self._resource_keys(job.args)))
        self._dispatch()

    def _dispatch(self) -> None:
        """Queue the jobs whose resources are free, the longest waiting first."""
        while started := self._start_next():
            waiting, future = started
            future.add_done_callback(partial(self._finish, waiting))  # may call it here and now

    def _start_next(self) -> tuple[_Waiting, Future[None]] | None:
        with self._lock:
            free = (waiting for waiting in self._waiting if not waiting.resource_keys & self._held)
            if self._closed or self._running >= self.parallel or (waiting := next(free, None)) is None:
                return None
            self._waiting.remove(waiting)
            self._held |= waiting.resource_keys
            self._running += 1
            return waiting, self._pool.submit(self._run, waiting.job.args)

    def _finish(self, waiting: _Waiting, future: Future[None]) -> None:
        if future.cancelled():
            return
        with self._lock:
            self._held -= waiting.resource_keys
            self._running -= 1
        self._dispatch()
        job = waiting.job
        if error := future.exception():
            self._run_job_error(job.id, error, error.__traceback__)
            return
        event = JobExecutionEvent(EVENT_JOB_EXECUTED, job.id, job._jobstore_alias, waiting.run_time)
        self._run_job_success(job.id, [event])
