"""The executor: APScheduler says when, child processes do."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from apscheduler.events import EVENT_JOB_EXECUTED, JobExecutionEvent
from apscheduler.executors.base import BaseExecutor
from apscheduler.job import Job


class ChildExecutor(BaseExecutor):  # type: ignore[misc]  # APScheduler ships no types
    """Gives APScheduler's jobs to child processes, so many at a time; the others wait in line."""

    def __init__(self, run: Callable[[Sequence[str]], None], *, parallel: int) -> None:
        """`run` does a job, given its words, and comes back at its end."""
        super().__init__()
        self._run = run
        self._pool = ThreadPoolExecutor(parallel)

    def shutdown(self, wait: bool = True) -> None:  # noqa: FBT001, FBT002 - APScheduler's signature
        """Take no more jobs, forget those in line, and wait for those at work."""
        self._pool.shutdown(wait=wait, cancel_futures=True)

    def _do_submit_job(self, job: Job, run_times: Sequence[datetime]) -> None:
        def ended(future: Future[None]) -> None:
            if future.cancelled():
                return
            if error := future.exception():
                self._run_job_error(job.id, error, error.__traceback__)
                return
            event = JobExecutionEvent(EVENT_JOB_EXECUTED, job.id, job._jobstore_alias, run_times[-1])
            self._run_job_success(job.id, [event])

        self._pool.submit(self._run, job.args).add_done_callback(ended)
