"""The service: crawls every source on its interval and indexes what comes, until it is told to stop."""

import signal
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MAX_INSTANCES, JobEvent
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from filelock import FileLock, Timeout
from sqlalchemy.exc import DatabaseError

from archive.console import UsageError
from archive.database import BUSY_SECONDS, Database
from archive.locks import process_lock
from archive.runs import interrupt_run, last_runs
from archive.settings import ArchiveSettings
from crawler.sources.configured import configured_sources
from crawler.sources.loader import active_sources
from crawler.sources.model import Source
from indexer.outbox import index_states
from scheduler.child import ORIGIN
from scheduler.children import Children
from scheduler.ending import Ending
from scheduler.executor import ChildExecutor
from scheduler.jobs import CRAWL, INDEX, plan, put_jobs
from scheduler.settings import SchedulerSettings

log = structlog.stdlib.get_logger("scheduler.service")


class ServiceError(Exception):
    """The service cannot start or go on; the message says why."""


def serve() -> None:
    """Run the service in this process until SIGTERM or SIGINT; children that are at work then get their grace.

    ServiceError where another one is at work on this archive, or where its scheduler died; SettingsError, SourceError,
    UsageError where no source is on, ArchiveError.
    """
    archive = ArchiveSettings.load()
    sources = _active_sources()
    lock = _only_one(archive)
    try:
        database = Database.open(archive)
        try:
            Service(SchedulerSettings.load(), archive, database).run(sources)
        finally:
            database.close()
    finally:
        lock.release()


class Service:
    """A scheduler that keeps the clock, and the children that do the work."""

    def __init__(self, settings: SchedulerSettings, archive: ArchiveSettings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._children = Children()
        self._store_path = archive.directory / "scheduler.sqlite"
        # Nobody else writes to this file; should somebody look into it, a write waits.
        store = SQLAlchemyJobStore(
            f"sqlite:///{self._store_path}", engine_options={"connect_args": {"timeout": BUSY_SECONDS}}
        )
        self._executors = {
            CRAWL: ChildExecutor(self._work, parallel=settings.parallel),
            INDEX: ChildExecutor(self._work, parallel=1),
        }
        self._scheduler = BackgroundScheduler(timezone=UTC, jobstores={"default": store}, executors=self._executors)
        self._scheduler.add_listener(self._on_executed, EVENT_JOB_EXECUTED)
        self._scheduler.add_listener(self._on_still_at_work, EVENT_JOB_MAX_INSTANCES)

    def run(self, sources: Sequence[Source]) -> None:
        """Run until a signal comes; ServiceError where the scheduler dies."""
        ending = Ending()
        self._start(sources)
        try:
            end = ending.wait()
            if isinstance(end, signal.Signals):
                log.info("stopping", signal=end.name)
            else:
                log.error("the scheduler died", exc_info=end)
        finally:
            self._stop()
        if isinstance(end, BaseException):
            raise ServiceError(f"the scheduler died: {next(iter(str(end).splitlines()), type(end).__name__)}") from end
        log.info("stopped")

    def _start(self, sources: Sequence[Source]) -> None:
        with self._database.read() as connection:
            runs = last_runs(connection)
        index_interval = timedelta(minutes=self._settings.index_interval)
        planned = plan(sources, runs, datetime.now(UTC), index_interval=index_interval)
        try:
            self._scheduler.start(paused=True)
            put_jobs(self._scheduler, planned)
        except DatabaseError as error:
            reason = f"{self._store_path}: {error.orig}"
            raise ServiceError(f"{reason}; it may be removed, since the archive knows what ran when") from error
        log.info("started", sources=len(sources), parallel=self._settings.parallel)
        self._scheduler.resume()

    def _stop(self) -> None:
        """End the children and wait for the threads that watched them before the scheduler shuts down.

        Its own shutdown would wait for them while it holds the job store, which they may want.
        """
        self._scheduler.pause()
        self._children.stop(self._settings.grace)
        for executor in self._executors.values():
            executor.shutdown()
        self._scheduler.shutdown()

    def _work(self, words: Sequence[str]) -> None:
        """Do one job, in a thread of its executor; the run of a crawl that died is noted as interrupted."""
        status = self._children.run(words)
        if status and words[0] == CRAWL:
            reason = f"its process ended with exit status {status}"
            with self._database.write() as connection:
                interrupt_run(connection, words[1], origin=ORIGIN, error=reason)

    def _on_executed(self, event: JobEvent) -> None:
        """Have the index brought up to date after a crawl, or when a search index that was away may be asked again."""
        if self._children.stopping:
            return
        due = self._next_try() if event.job_id == INDEX else datetime.now(UTC)
        job = self._scheduler.get_job(INDEX)
        if due and due < job.next_run_time:  # requests that come together become one run
            job.modify(next_run_time=due)

    def _next_try(self) -> datetime | None:
        """Return when a search index that did not answer may be asked again; one that is configured no more is past."""
        with self._database.read() as connection:
            tries = [state["next_try_at"] for state in index_states(connection) if state["waiting"]]
        return min((moment for moment in tries if moment and moment > datetime.now(UTC)), default=None)

    def _on_still_at_work(self, event: JobEvent) -> None:
        if event.job_id != INDEX:
            log.warning("still at work when due again; its next turn is an interval later", job=event.job_id)


def _active_sources() -> tuple[Source, ...]:
    sources = configured_sources()
    if not (active := active_sources(sources)):
        raise UsageError("nothing to run: no source is on; see `deltanews sources list`")
    return active


def _only_one(archive: ArchiveSettings) -> FileLock:
    """Take the lock that one service holds as long as it lives."""
    lock = process_lock(archive.locks, "service", wait=0)
    try:
        lock.acquire()
    except Timeout:
        raise ServiceError(f"a service is already at work on {archive.directory}; only one may be") from None
    return lock
