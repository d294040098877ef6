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

Words = Sequence[str]


@dataclass(frozen=True)
class _Waiting:
    """A job that is due."""

    job: Job
    run_time: datetime
    places: frozenset[str]


class ChildExecutor(BaseExecutor):  # type: ignore[misc]  # APScheduler ships no types
    """Gives APScheduler's jobs to child processes, so many at a time; the others wait in line.

    A job that needs a place where another one is at work waits outside the line: it would only hold up those behind.
    """

    def __init__(
        self,
        run: Callable[[Words], None],
        *,
        parallel: int,
        places: Callable[[Words], frozenset[str]] = lambda _words: frozenset(),
    ) -> None:
        """`run` does a job, given its words, and comes back at its end; `places` says what it must have to itself."""
        super().__init__()
        self._run = run
        self._places = places
        self._pool = ThreadPoolExecutor(parallel)
        self._waiting: list[_Waiting] = []
        self._taken: set[str] = set()
        self._turn = threading.Lock()
        self._closed = False

    def shutdown(self, wait: bool = True) -> None:  # noqa: FBT001, FBT002 - APScheduler's signature
        """Take no more jobs, forget those in line, and wait for those at work."""
        with self._turn:
            self._closed = True
            self._waiting.clear()
        self._pool.shutdown(wait=wait, cancel_futures=True)

    def _do_submit_job(self, job: Job, run_times: Sequence[datetime]) -> None:
        with self._turn:
            self._waiting.append(_Waiting(job, run_times[-1], self._places(job.args)))
        self._dispatch()

    def _dispatch(self) -> None:
        """Put into line whose places are free, the longest waiting first."""
        while begun := self._begin_next():
            waiting, future = begun
            future.add_done_callback(partial(self._ended, waiting))  # may call it here and now

    def _begin_next(self) -> tuple[_Waiting, Future[None]] | None:
        with self._turn:
            free = (waiting for waiting in self._waiting if not waiting.places & self._taken)
            if self._closed or (waiting := next(free, None)) is None:
                return None
            self._waiting.remove(waiting)
            self._taken |= waiting.places
            return waiting, self._pool.submit(self._run, waiting.job.args)

    def _ended(self, waiting: _Waiting, future: Future[None]) -> None:
        if future.cancelled():
            return
        with self._turn:
            self._taken -= waiting.places
        self._dispatch()
        job = waiting.job
        if error := future.exception():
            self._run_job_error(job.id, error, error.__traceback__)
            return
        event = JobExecutionEvent(EVENT_JOB_EXECUTED, job.id, job._jobstore_alias, waiting.run_time)
        self._run_job_success(job.id, [event])
