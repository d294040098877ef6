"""Jobs: what runs when. The archive's runs say when a source ran last; the job store only holds due times."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.triggers.interval import IntervalTrigger

from archive.runs import Run
from scheduler.child import work
from scheduler.steady import SteadyScheduler
from scheduler.timetable import Timetable

STAGGER = timedelta(seconds=1)
"""Between the starts of sources that are due together, so that their processes do not all start at once."""

INDEX = "index"
"""Executor of the index, and id of its job."""

CRAWL = "crawl"
"""Executor of the crawls; a job's id is `crawl NAME`."""

HEALTH = "health"
"""Executor of the rounds of source health, and id of their job."""


@dataclass(frozen=True)
class PlannedJob:
    """What runs in a child process, how often, and when first."""

    args: tuple[str, ...]
    """What the child process is started with: `crawl NAME`, or `index`."""
    interval: timedelta
    wait: timedelta
    """Until it runs first."""

    @property
    def key(self) -> str:
        """Its id in the job store."""
        return " ".join(self.args)


HEALTH_ROUNDS = PlannedJob((HEALTH,), timedelta(minutes=10), timedelta(minutes=1))
"""Source health is judged every ten minutes, first when the service has come to its work."""


def plan_index(interval: timedelta) -> PlannedJob:
    """Return the job of the index, due at once: the last service may have ended between a crawl and the index."""
    return PlannedJob((INDEX,), interval, timedelta(0))


def plan_crawls(timetables: Mapping[str, Timetable], runs: Mapping[str, Run], now: datetime) -> list[PlannedJob]:
    """Return the crawls of these sources, as far as it can be said now.

    A source whose last run began an interval ago or longer, or before a fixed time that has passed since, is due at
    once, the longest overdue first; another one when its interval is over, so that a restart does not restart the
    countdown. A run that lies in the future was recorded by a clock that was wrong: its source is due too.
    """
    planned = (_crawl(name, timetable, runs.get(name), now) for name, timetable in timetables.items())
    crawls = sorted(planned, key=lambda job: job.wait)
    late = [job for job in crawls if job.wait <= timedelta(0)]
    staggered = [PlannedJob(job.args, job.interval, STAGGER * position) for position, job in enumerate(late)]
    return [*staggered, *crawls[len(late) :]]


def _crawl(name: str, timetable: Timetable, last: Run | None, now: datetime) -> PlannedJob:
    interval = timetable.interval
    wait = last.started_at + interval - now if last else timedelta.min
    if last and (fixed := timetable.latest_fixed(now)) and last.started_at < fixed:
        wait = min(wait, fixed - now)
    return PlannedJob((CRAWL, name), interval, wait if wait <= interval else timedelta(0))


def schedule_jobs(scheduler: SteadyScheduler, planned: Iterable[PlannedJob]) -> None:
    """Make the job store hold the planned jobs and no others.

    A job that is known is rewritten with the time of its next run, so neither a restart nor an upgrade
    of the program finds something stale.
    """
    jobs = {job.key: job for job in planned}
    for known in scheduler.get_jobs():
        if known.id not in jobs:
            known.remove()
    for job in jobs.values():
        put_job(scheduler, job)


def put_job(scheduler: SteadyScheduler, job: PlannedJob) -> None:
    """Put one job into the store, in the place of one that is known by its key."""
    executor = job.args[0]
    scheduler.add_job(
        work,
        IntervalTrigger(seconds=job.interval.total_seconds(), timezone=UTC),
        args=job.args,
        id=job.key,
        executor=executor,
        next_run_time=scheduler.time_in(job.wait),
        replace_existing=True,
        coalesce=True,
        misfire_grace_time=None,
        # A second index waits for the first one's end and then sees all that came; a third would see no more.
        max_instances=2 if executor == INDEX else 1,
    )
