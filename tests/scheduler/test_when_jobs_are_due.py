"""When each source is crawled: by the archive's runs, whatever the job store remembers."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue

import pytest
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from hypothesis import given
from hypothesis import strategies as st

from archive.runs import Run
from scheduler.executor import ChildExecutor
from scheduler.jobs import CRAWL, INDEX, STAGGER, PlannedJob, plan, put_jobs

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTES = timedelta(minutes=1)


def run(name: str, started_at: datetime, status: str = "ok") -> Run:
    return Run(1, name, started_at, None, status, "service", {}, None)


def first_of(planned: list[PlannedJob]) -> dict[str, datetime]:
    return {" ".join(job.words): job.first for job in planned}


def planned(*ages: timedelta | None, interval: int = 60) -> dict[str, datetime]:
    """Plan sources a, b, c … whose last runs began so long ago."""
    names = "abcdef"[: len(ages)]
    runs = {name: run(name, NOW - age) for name, age in zip(names, ages, strict=True) if age is not None}
    return first_of(plan(dict.fromkeys(names, interval * MINUTES), runs, NOW, index_interval=10 * MINUTES))


def test_a_source_whose_interval_is_over_is_due_at_once() -> None:
    assert planned(HOUR)["crawl a"] == NOW
    assert planned(30 * HOUR)["crawl a"] == NOW


def test_a_source_that_never_ran_is_due_at_once() -> None:
    assert planned(None)["crawl a"] == NOW


def test_a_countdown_that_has_begun_goes_on() -> None:
    assert planned(20 * MINUTES)["crawl a"] == NOW + 40 * MINUTES


@pytest.mark.parametrize("status", ["running", "interrupted", "failed"])
def test_a_crawl_that_came_to_nothing_is_tried_again_at_its_interval(status: str) -> None:
    jobs = plan({"a": HOUR}, {"a": run("a", NOW - 20 * MINUTES, status)}, NOW, index_interval=HOUR)
    assert first_of(jobs)["crawl a"] == NOW + 40 * MINUTES


def test_sources_that_are_due_together_begin_one_after_the_other_the_longest_neglected_first() -> None:
    jobs = planned(2 * HOUR, 20 * MINUTES, None, 3 * HOUR)
    assert [jobs[f"crawl {name}"] for name in "cdab"] == [
        NOW,
        NOW + STAGGER,
        NOW + 2 * STAGGER,
        NOW + 40 * MINUTES,
    ]


def test_a_run_in_the_future_by_a_clock_that_was_wrong_holds_a_source_back_for_one_interval_only() -> None:
    assert planned(-1000 * HOUR)["crawl a"] == NOW + HOUR


def test_the_index_is_brought_up_to_date_at_the_start() -> None:
    assert planned()[INDEX] == NOW


@given(
    st.lists(st.none() | st.timedeltas(timedelta(days=-400), timedelta(days=400)), min_size=1, max_size=6),
    st.integers(5, 2000),
)
def test_every_source_is_due_within_its_interval_and_never_in_the_past(
    ages: list[timedelta | None], interval: int
) -> None:
    latest = NOW + max(interval * MINUTES, STAGGER * len(ages))
    assert all(NOW <= first <= latest for first in planned(*ages, interval=interval).values())


class Clock:
    """APScheduler with its store in a file, as the service has it; paused, and its executor only notes the jobs."""

    def __init__(self, path: Path) -> None:
        self.done: SimpleQueue[Sequence[str]] = SimpleQueue()
        self.scheduler = BackgroundScheduler(
            timezone=UTC,
            jobstores={"default": SQLAlchemyJobStore(f"sqlite:///{path}")},
            executors={name: ChildExecutor(self.done.put, parallel=1) for name in (CRAWL, INDEX)},
        )
        self.scheduler.start(paused=True)

    def due(self) -> dict[str, datetime]:
        return {job.id: job.next_run_time for job in self.scheduler.get_jobs()}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "scheduler.sqlite"


@pytest.fixture
def clocks(store: Path) -> Iterator[list[Clock]]:
    """Two services' clocks, one after the other, on one file."""
    made: list[Clock] = []
    yield made
    for clock in made:
        if clock.scheduler.running:
            clock.scheduler.shutdown()


def started(store: Path, clocks: list[Clock], *jobs: PlannedJob) -> Clock:
    """End the last clock and start one with these jobs."""
    if clocks:
        clocks[-1].scheduler.shutdown()
    clocks.append(Clock(store))
    put_jobs(clocks[-1].scheduler, jobs)
    return clocks[-1]


def job(name: str, first: datetime, interval: timedelta = HOUR) -> PlannedJob:
    return PlannedJob((CRAWL, name), interval, first)


def test_jobs_of_sources_that_are_gone_are_removed(store: Path, clocks: list[Clock]) -> None:
    started(store, clocks, job("a", NOW), job("b", NOW))
    assert started(store, clocks, job("b", NOW)).due() == {"crawl b": NOW}


def test_a_restart_keeps_the_countdown_of_the_plan(store: Path, clocks: list[Clock]) -> None:
    soon = datetime.now(UTC) + 10 * MINUTES
    started(store, clocks, job("a", soon, 6 * HOUR))
    assert started(store, clocks, job("a", soon, 6 * HOUR)).due() == {"crawl a": soon}


def test_a_changed_interval_counts_from_the_next_run_on(store: Path, clocks: list[Clock]) -> None:
    started(store, clocks, job("a", NOW, 6 * HOUR))
    clock = started(store, clocks, job("a", NOW, HOUR))
    (known,) = clock.scheduler.get_jobs()
    assert known.trigger.get_next_fire_time(NOW, NOW) == NOW + HOUR


def test_runs_that_were_missed_are_one_run_however_late(store: Path, clocks: list[Clock]) -> None:
    clock = started(store, clocks, job("a", NOW - 100 * HOUR))
    clock.scheduler.resume()
    assert clock.done.get(timeout=30) == (CRAWL, "a")
    assert clock.due()["crawl a"] > datetime.now(UTC)
    assert clock.done.empty()
