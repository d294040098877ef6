"""The service: crawls every source on its interval and indexes what comes, until it is told to stop."""

import signal
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial

from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MAX_INSTANCES, JobEvent
from filelock import FileLock, Timeout
from sqlalchemy.exc import DatabaseError

from archive.database import Database
from archive.runs import Origin, interrupt_run, last_runs, newest_run_id, record_failed_start, record_overdue
from archive.settings import ArchiveSettings
from core.clock import CLOCK
from core.errors import DeltaNewsError, SettingsError, UsageError
from core.locks import process_lock
from core.log import get_logger
from crawler.downloader.domains import registered_domains
from crawler.sources.configured import configured_source_files
from crawler.sources.loader import active_sources
from indexer.outbox.drain import backed_off_until, index_states
from scheduler.children import Children
from scheduler.control import ControlServer, Orders
from scheduler.executor import ChildExecutor
from scheduler.health.heartbeat import end_heartbeat
from scheduler.health.politeness import is_held_back
from scheduler.jobs import CRAWL, HEALTH, HEALTH_ROUNDS, INDEX, plan_index, put_job, schedule_jobs
from scheduler.keeper import Keeper
from scheduler.metrics import ArchiveCollector
from scheduler.metrics_server import MetricsServer
from scheduler.next_runs import SERVICE, STORE
from scheduler.roster import Roster
from scheduler.settings import SchedulerSettings
from scheduler.settings_check import checked_settings
from scheduler.shutdown import ShutdownSignal
from scheduler.steady import SteadyScheduler
from scheduler.timetable import Timetable
from scheduler.watch import Watch

log = get_logger("scheduler.service")


BROKEN_INTERVAL = timedelta(minutes=10)
"""How often a source file that is wrong is looked at again."""


class ServiceError(DeltaNewsError):
    """The service cannot start or go on; the message says why."""


def serve() -> None:
    """Run the service in this process until SIGTERM or SIGINT; running children then get their grace.

    ServiceError where another one runs on this archive, or where its scheduler died; SettingsError, SourceError,
    UsageError where no source is on, ArchiveError.
    """
    archive = ArchiveSettings.load()
    settings, timetables = checked_settings(), configured_timetables()
    lock = _only_one(archive)
    try:
        database = Database.open(archive)
        try:
            Service(settings, archive, database).run(timetables)
            end_heartbeat(archive)
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
        self._store_path = archive.directory / STORE
        self._executors = {
            CRAWL: ChildExecutor(self._work, parallel=settings.parallel, resource_keys=_domains),
            INDEX: ChildExecutor(self._work, parallel=1),
            HEALTH: ChildExecutor(self._work, parallel=1),
        }
        self._scheduler = SteadyScheduler(self._store_path, self._executors, CLOCK)
        self._scheduler.add_listener(self._on_executed, EVENT_JOB_EXECUTED)
        self._scheduler.add_listener(self._on_max_instances, EVENT_JOB_MAX_INSTANCES)
        self._roster = Roster(database, self._scheduler, end=self._end_crawl)
        self._watch = Watch(
            database,
            CLOCK,
            timetables=lambda: self._roster.active,
            crawl=self._roster.crawl_now,
            index=partial(self._scheduler.bring_forward, INDEX),
            paused=self._roster.set_paused,
        )
        orders: Orders = {
            "crawl": self._roster.order_crawl,
            "pause": self._roster.order_pause,
            "resume": self._roster.order_resume,
            "reload": self._reload,
        }
        self._control = ControlServer(archive.directory, orders)
        self._page: Keeper | None = None
        self._metrics: MetricsServer | None = None
        if settings.metrics_port is not None:
            collector = ArchiveCollector(database, archive, jobs_running=lambda: self._children.count)
            self._metrics = MetricsServer(settings.metrics_port, collector, is_ready=self._problem)

    def run(self, timetables: Mapping[str, Timetable]) -> None:
        """Crawl each source by its timetable until a signal comes; ServiceError where the scheduler dies."""
        shutdown = ShutdownSignal()
        self._start(timetables)
        try:
            cause = shutdown.wait()
            if isinstance(cause, signal.Signals):
                log.info("stopping", signal=cause.name)
            else:
                log.error("the scheduler died", exc_info=cause)
        finally:
            self._stop()
        if isinstance(cause, BaseException):
            reason = next(iter(str(cause).splitlines()), type(cause).__name__)
            raise ServiceError(f"the scheduler died: {reason}") from cause
        log.info("stopped")

    def _start(self, timetables: Mapping[str, Timetable]) -> None:
        index_interval = timedelta(minutes=self._settings.index_interval)
        try:
            self._scheduler.start(paused=True)
            planned = [*self._roster.open(timetables), plan_index(index_interval), HEALTH_ROUNDS]
            schedule_jobs(self._scheduler, planned)
        except DatabaseError as error:
            reason = f"{self._store_path}: {error.orig}"
            raise ServiceError(f"{reason}; it may be removed, since the archive knows what ran when") from error
        log.info("started", sources=len(timetables), parallel=self._settings.parallel)
        self._scheduler.resume()
        self._watch.start()
        self._control.start()
        if self._metrics is not None:
            self._metrics.start()
        self._keep_page()

    def _keep_page(self) -> None:
        """Serve the reader's page, or no more, as the settings say; one that is served starts anew with its own."""
        if self._page is not None and self._settings.web:
            self._page.renew()
        elif self._page is not None:
            self._page.stop()
            self._page = None
        elif self._settings.web:
            self._page = Keeper("web", "web.child", grace=self._settings.grace)
            self._page.start()

    def _stop(self) -> None:
        """End the children and wait for the threads that watched them before the scheduler shuts down.

        Its own shutdown would wait for them while it holds the job store, which they may want.
        """
        if self._metrics is not None:
            self._metrics.stop()
        self._control.stop()
        if self._page is not None:
            self._page.stop()
        self._watch.stop()
        self._scheduler.pause()
        self._children.stop(self._settings.grace)
        for executor in self._executors.values():
            executor.shutdown()
        self._scheduler.shutdown()

    def _work(self, args: Sequence[str]) -> None:
        """Do one job, in a thread of its executor; record the run of a crawl that died or took too long as such."""
        if args[0] != CRAWL:
            ended = self._children.run(args)
            if args[0] == INDEX:
                self._watch.index_works = ended is not None and ended.status == 0
            return
        if not self._roster.is_asked(args[1]) and self._is_held_back(args[1]):
            log.info("held back: its site refuses us, so it is crawled half as often", source=args[1])
            return
        if not self._roster.begin(args[1]):
            return
        minutes = self._settings.crawl_minutes
        with self._database.read() as connection:
            before = newest_run_id(connection, args[1])
        result = self._children.run(args, seconds=minutes * 60, grace=self._settings.grace)
        if result is None or not (result.overdue or result.status):
            return
        with self._database.write() as connection:
            reason = f"its process ended with exit status {result.status}"
            interrupt_run(connection, args[1], origin=Origin.SERVICE, error=reason)
            if result.overdue:
                reason = f"it had not ended after {minutes:g} minutes and was stopped; the next crawl goes on with it"
                record_overdue(connection, args[1], origin=Origin.SERVICE, after=before, error=reason)
            elif result.crashed and newest_run_id(connection, args[1]) == before:  # it died before it had a run
                record_failed_start(connection, args[1], origin=Origin.SERVICE, error=reason)

    def _end_crawl(self, name: str) -> None:
        self._children.end((CRAWL, name), self._settings.grace)

    def _is_held_back(self, name: str) -> bool:
        try:
            source = configured_source_files().sources.get(name)
        except (UsageError, SettingsError):
            return False  # its process reports what is wrong
        with self._database.read() as connection:
            return source is not None and is_held_back(
                connection, name, timedelta(minutes=source.interval), CLOCK.now()
            )

    def _problem(self) -> str | None:
        """Return what is in the way of the service's work, for `/readyz`."""
        if not self._scheduler.running:
            return "the scheduler does not run"
        try:
            with self._database.read() as connection:
                last_runs(connection)
        except DatabaseError as error:
            return f"the archive cannot be read: {error.orig}"
        return None

    def _reload(self, _nothing: str) -> str:
        """Obey `deltanews service reload`; what is wrong is raised before anything changes."""
        settings, timetables = checked_settings(), configured_timetables()
        if settings.index_interval != self._settings.index_interval:
            put_job(self._scheduler, plan_index(timedelta(minutes=settings.index_interval)))
        self._settings = settings
        self._executors[CRAWL].parallel = settings.parallel
        self._roster.replace(timetables)
        self._keep_page()
        return f"{len(timetables)} sources, {settings.parallel} crawled at once"

    def _on_executed(self, event: JobEvent) -> None:
        """Update the index after a crawl, or when a search index that did not answer may be tried again."""
        if self._children.stopping or event.job_id == HEALTH:
            return
        name = event.job_id.removeprefix(f"{CRAWL} ")
        if self._roster.is_asked(name):
            self._roster.crawl_now(name)
        wait = self._next_try() if event.job_id == INDEX else timedelta(0)
        if wait is not None:  # requests that come together become one run
            self._scheduler.bring_forward(INDEX, wait)

    def _next_try(self) -> timedelta | None:
        """Return how long to back off from a search index that did not answer; only a configured one counts."""
        now = CLOCK.now()
        with self._database.read() as connection:
            tries = [backed_off_until(state, now) for state in index_states(connection) if state["waiting"]]
        return min((until - now for until in tries if until), default=None)

    def _on_max_instances(self, event: JobEvent) -> None:
        if event.job_id != INDEX and not self._roster.is_asked(event.job_id.removeprefix(f"{CRAWL} ")):
            log.warning("still running when due again, skipped; its next run is an interval later", job=event.job_id)


def _domains(args: Sequence[str]) -> frozenset[str]:
    """Return the domains that a crawl must have to itself; none where a file is wrong, which its process reports."""
    try:
        source = configured_source_files().sources.get(args[1])
    except (UsageError, SettingsError):
        return frozenset()
    return registered_domains(source.hosts) if source else frozenset()


def configured_timetables() -> dict[str, Timetable]:
    """Return when each source is crawled that is on.

    One whose file is wrong is due too: its crawl records what is wrong, until the file is fixed.
    """
    files = configured_source_files()
    for name, error in files.broken.items():
        log.error("source file is wrong", source=name, error=str(error))
    timetables = {source.name: Timetable.of(source) for source in active_sources(files.sources)}
    if not timetables and not files.broken:
        raise UsageError("nothing to run: no source is on; see `deltanews sources list`")
    return timetables | dict.fromkeys(files.broken, Timetable(BROKEN_INTERVAL))


def _only_one(archive: ArchiveSettings) -> FileLock:
    """Take the lock that one service holds as long as it lives."""
    lock = process_lock(archive.locks, SERVICE, wait=1)  # somebody may just be asking whether it is held
    try:
        lock.acquire()
    except Timeout:
        raise ServiceError(f"a service is already running on {archive.directory}; only one may be") from None
    return lock
