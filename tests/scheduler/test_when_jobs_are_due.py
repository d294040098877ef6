"""When each source is crawled: by the archive's runs, whatever the job store remembers."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from queue import SimpleQueue

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.runs import Origin, Run, RunStatus
from core.clock import Clock, FileClock
from scheduler.executor import ChildExecutor
from scheduler.jobs import CRAWL, INDEX, STAGGER, PlannedJob, plan_crawls, plan_index, schedule_jobs
from scheduler.steady import SteadyScheduler
from scheduler.timetable import Timetable
from tests.deadline import DEADLINE, wait_until
from tests.scheduler.time_of_the_test import START, TimeOfTheTest

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTES = timedelta(minutes=1)


def run(name: str, started_at: datetime, status: RunStatus = RunStatus.OK) -> Run:
    return Run(1, name, started_at, None, status, Origin.SERVICE, {}, None)


def first_of(planned: list[PlannedJob]) -> dict[str, datetime]:
    return {" ".join(job.args): NOW + job.wait for job in planned}


def planned(*ages: timedelta | None, interval: int = 60) -> dict[str, datetime]:
    """Plan sources a, b, c … whose last runs began so long ago."""
    names = "abcdef"[: len(ages)]
    runs = {name: run(name, NOW - age) for name, age in zip(names, ages, strict=True) if age is not None}
    return first_of(plan_crawls(dict.fromkeys(names, Timetable(interval * MINUTES)), runs, NOW))


def test_a_source_whose_interval_is_over_is_due_at_once() -> None:
    assert planned(HOUR)["crawl a"] == NOW
    assert planned(30 * HOUR)["crawl a"] == NOW


def test_a_source_that_never_ran_is_due_at_once() -> None:
    assert planned(None)["crawl a"] == NOW


def test_a_countdown_that_has_begun_goes_on() -> None:
    assert planned(20 * MINUTES)["crawl a"] == NOW + 40 * MINUTES


@pytest.mark.parametrize("status", [RunStatus.RUNNING, RunStatus.INTERRUPTED, RunStatus.FAILED])
def test_a_crawl_that_came_to_nothing_is_tried_again_at_its_interval(status: RunStatus) -> None:
    jobs = plan_crawls({"a": Timetable(HOUR)}, {"a": run("a", NOW - 20 * MINUTES, status)}, NOW)
    assert first_of(jobs)["crawl a"] == NOW + 40 * MINUTES


def test_sources_that_are_due_together_begin_one_after_the_other_the_longest_neglected_first() -> None:
    jobs = planned(2 * HOUR, 20 * MINUTES, None, 3 * HOUR)
    assert [jobs[f"crawl {name}"] for name in "cdab"] == [
        NOW,
        NOW + STAGGER,
        NOW + 2 * STAGGER,
        NOW + 40 * MINUTES,
    ]


@pytest.mark.parametrize("ahead", [timedelta(seconds=1), 3 * HOUR, 1000 * HOUR])
def test_a_run_in_the_future_by_a_clock_that_was_wrong_does_not_hold_its_source_back(ahead: timedelta) -> None:
    assert planned(-ahead)["crawl a"] == NOW


@pytest.mark.parametrize(
    ("began", "due"),
    [
        (NOW - 7 * MINUTES, NOW),  # before 11:55, while no service ran at that time
        (NOW - 5 * MINUTES, NOW + 355 * MINUTES),
        (NOW - 3 * MINUTES, NOW + 357 * MINUTES),
    ],
)
def test_a_fixed_time_that_passed_since_the_last_crawl_is_made_up_for(began: datetime, due: datetime) -> None:
    table = Timetable(6 * HOUR, (time(11, 55), time(19, 5)))
    jobs = plan_crawls({"a": table}, {"a": run("a", began)}, NOW)
    assert first_of(jobs)["crawl a"] == due


def test_the_index_is_brought_up_to_date_at_the_start() -> None:
    assert first_of([plan_index(HOUR)])[INDEX] == NOW


@given(
    st.lists(st.none() | st.timedeltas(timedelta(days=-400), timedelta(days=400)), min_size=1, max_size=6),
    st.integers(5, 2000),
)
def test_every_source_is_due_within_its_interval_and_never_in_the_past(
    ages: list[timedelta | None], interval: int
) -> None:
    latest = NOW + max(interval * MINUTES, STAGGER * len(ages))
    assert all(NOW <= first <= latest for first in planned(*ages, interval=interval).values())


class Service:
    """The scheduler with its store in a file, as the service has it; paused, and its executor only notes the jobs."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.done: SimpleQueue[Sequence[str]] = SimpleQueue()
        self.path = path
        executors = {name: ChildExecutor(self.done.put, parallel=1) for name in (CRAWL, INDEX)}
        self.scheduler = SteadyScheduler(path, executors, clock)
        self.scheduler.start(paused=True)

    def due(self) -> dict[str, float]:
        """When each job runs next, in seconds of the steady clock, rounded since the store counts in fractions."""
        with closing(sqlite3.connect(self.path)) as store:
            rows = store.execute("SELECT id, next_run_time FROM apscheduler_jobs").fetchall()
        return {job: round(steady) for job, steady in rows}

    def started(self) -> Sequence[str]:
        """Wait for the next job that is started."""
        return self.done.get(timeout=DEADLINE)

    def wait_until_due(self, key: str, steady: float) -> None:
        wait_until(lambda: self.due()[key] == steady, f"{key} is due at {steady}")


@pytest.fixture
def time_of_the_test(tmp_path: Path) -> TimeOfTheTest:
    return TimeOfTheTest(tmp_path / "clock", NOW)


@pytest.fixture
def start(tmp_path: Path, time_of_the_test: TimeOfTheTest) -> Iterator[Callable[..., Service]]:
    """End the last service, if there was one, and start another on the same file with these jobs."""
    made: list[Service] = []

    def end() -> None:
        while made:
            made.pop().scheduler.shutdown()

    def start(*jobs: PlannedJob) -> Service:
        end()
        made.append(Service(tmp_path / "scheduler.sqlite", FileClock(time_of_the_test.path)))
        schedule_jobs(made[-1].scheduler, jobs)
        return made[-1]

    yield start
    end()


def job(name: str, wait: timedelta, interval: timedelta = HOUR) -> PlannedJob:
    return PlannedJob((CRAWL, name), interval, wait)


def test_jobs_of_sources_that_are_gone_are_removed(start: Callable[..., Service]) -> None:
    start(job("a", MINUTES), job("b", MINUTES))
    assert start(job("b", MINUTES)).due() == {"crawl b": START + 60}


def test_a_restart_keeps_the_countdown_of_the_plan(start: Callable[..., Service]) -> None:
    start(job("a", 10 * MINUTES, 6 * HOUR))
    assert start(job("a", 4 * MINUTES, 6 * HOUR)).due() == {"crawl a": START + 240}


def test_a_changed_interval_counts_from_the_next_run_on(start: Callable[..., Service]) -> None:
    start(job("a", MINUTES, 6 * HOUR))
    (known,) = start(job("a", MINUTES, HOUR)).scheduler.get_jobs()
    assert known.trigger.get_next_fire_time(NOW, NOW) == NOW + HOUR


def test_runs_that_were_missed_are_one_run_however_late(
    start: Callable[..., Service], time_of_the_test: TimeOfTheTest
) -> None:
    service = start(job("a", timedelta(0)))
    time_of_the_test.passes(99.5 * HOUR)
    service.scheduler.resume()
    assert service.started() == (CRAWL, "a")
    service.wait_until_due("crawl a", START + 100 * 3600)
    assert service.done.empty()


@pytest.mark.parametrize("step", [-1000 * HOUR, -3 * HOUR, 3 * HOUR, 1000 * HOUR])
def test_a_clock_that_is_set_neither_holds_a_job_back_nor_hurries_it(
    start: Callable[..., Service], time_of_the_test: TimeOfTheTest, step: timedelta
) -> None:
    service = start(job("a", 30 * MINUTES), job("b", 50 * MINUTES))
    service.scheduler.resume()
    time_of_the_test.passes(20 * MINUTES)
    time_of_the_test.is_set(step)
    time_of_the_test.passes(11 * MINUTES)
    assert service.started() == (CRAWL, "a")
    service.wait_until_due("crawl a", START + 90 * 60)
    time_of_the_test.is_set(-step)
    time_of_the_test.passes(20 * MINUTES)
    assert service.started() == (CRAWL, "b"), "the next thing to run is what is due next"
    service.wait_until_due("crawl b", START + 110 * 60)
    time_of_the_test.passes(40 * MINUTES)
    assert service.started() == (CRAWL, "a")
    assert service.done.empty()


def test_a_job_is_brought_forward_and_never_put_off(start: Callable[..., Service]) -> None:
    service = start(job("a", 30 * MINUTES))
    service.scheduler.bring_forward("crawl a", 40 * MINUTES)
    service.scheduler.bring_forward("crawl nobody", MINUTES)
    assert service.due() == {"crawl a": START + 1800}
    service.scheduler.bring_forward("crawl a", 10 * MINUTES)
    assert service.due() == {"crawl a": START + 600}


class _HeldUp(Clock):
    """A clock whose reader is held up for an hour between its two readings, once."""

    def __init__(self) -> None:
        self.readings = iter((0.0, 3600.0))
        self.passed = 3600.0

    def steady(self) -> float:
        return next(self.readings, self.passed)

    def now(self) -> datetime:
        return datetime.fromtimestamp(1_000_000 + next(self.readings, self.passed), UTC)


def test_a_process_that_is_held_up_while_it_reads_the_clocks_takes_neither_for_set() -> None:
    clock = _HeldUp()
    assert clock.apart() == 1_000_000
