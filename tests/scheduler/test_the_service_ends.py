"""How `deltanews run` ends, and when it does not begin: no process is left, no crawl is lost."""

import os
import signal
import sqlite3
from datetime import UTC, datetime, timedelta

from tests.databases import both_databases
from tests.deadline import DEADLINE
from tests.product import Product
from tests.replica import Kind, Replica
from tests.scheduler.conftest import INTERVAL
from tests.scheduler.history import last_run, pretend_run
from tests.scheduler.service import RunningService, processes_of, wait_until_alone

GRACE = 2 * DEADLINE
"""Seconds; nothing that waits for it would be waited for."""
KILLED = "job killed"


def at_work(product: Product, replica: Replica, source: str) -> RunningService:
    """Return a service whose crawl is in the middle of its pages."""
    product.configure(crawler={"delay": 1.0}, scheduler={"grace": GRACE})
    service = RunningService(product)
    service.wait_for("job started", job=f"crawl {source}")
    service.wait_until(lambda: len(replica.log) >= 3)
    return service


def test_sigterm_ends_what_is_at_work_and_the_pages_that_are_left_wait(
    product: Product, replica: Replica, one_source: str
) -> None:
    with at_work(product, replica, one_source) as service:
        assert service.end(signal.SIGTERM) == 0
        assert not service.matching(KILLED)
        assert processes_of(product) == []
        assert service.events[-1]["event"] == "stopped"
    run = last_run(product, one_source)
    assert run
    assert run.status == "interrupted"
    assert "stopped early" in (run.error or "")
    assert len(product.articles()) < len(replica.articles(one_source))


def test_a_child_that_does_not_end_in_its_grace_time_is_killed(
    product: Product, replica: Replica, one_source: str
) -> None:
    replica.faults.switch_on(Kind.HANG)  # it is at work for as long as the test needs it
    product.configure(crawler={"timeout": DEADLINE}, scheduler={"grace": 0.5})
    with RunningService(product) as service:
        child = service.wait_for("job started", job=f"crawl {one_source}")
        service.wait_until(lambda: last_run(product, one_source) is not None)
        os.kill(child["pid"], signal.SIGSTOP)  # it hangs: SIGTERM does not reach it
        assert service.end(signal.SIGINT) == 0
        assert service.matching(KILLED, pid=child["pid"])
    wait_until_alone(product)
    run = last_run(product, one_source)
    assert run
    assert (run.status, run.error) == ("interrupted", f"its process ended with exit status -{signal.SIGKILL}")


@both_databases
def test_sigkill_of_the_service_leaves_no_process_behind_and_loses_nothing(
    product: Product, replica: Replica, one_source: str
) -> None:
    with at_work(product, replica, one_source) as service:
        assert len(processes_of(product)) > 1
        assert service.end(signal.SIGKILL) == -signal.SIGKILL
        wait_until_alone(product)
    product.configure(crawler={"delay": 0.01})
    product.crawl()
    assert len(product.articles()) == len(replica.articles(one_source))


def test_a_second_service_is_refused_and_the_first_one_goes_on(product: Product, one_source: str) -> None:
    pretend_run(product, one_source, datetime.now(UTC))
    with RunningService(product) as first:
        first.wait_for("started")
        told = product.run("run", expect=(1,)).stderr
        assert "a service is already running" in told
        assert str(product.folder / "archive") in told
        assert first.process.poll() is None
        assert first.end() == 0
    with RunningService(product) as after:
        after.wait_for("started")
        assert after.end() == 0


def test_a_scheduler_that_dies_ends_the_service_with_an_error(product: Product, one_source: str) -> None:
    """The job store refuses to note the next run, as a database that stays locked does."""
    pretend_run(product, one_source, datetime.now(UTC) - timedelta(minutes=INTERVAL, seconds=-15))
    with RunningService(product) as service:
        service.wait_for("started")
        store = sqlite3.connect(product.folder / "archive" / "scheduler.sqlite")
        store.execute(
            "CREATE TRIGGER refuse BEFORE UPDATE ON apscheduler_jobs "
            "BEGIN SELECT RAISE(ABORT, 'the disk is on fire'); END"
        )
        store.close()
        assert service.wait() == 1
        assert "the scheduler died" in service.lines[-1]
        assert "the disk is on fire" in service.lines[-1]
    wait_until_alone(product)


def test_a_job_store_that_cannot_be_read_is_said_with_its_mend(product: Product, one_source: str) -> None:
    pretend_run(product, one_source, datetime.now(UTC))
    store = product.folder / "archive" / "scheduler.sqlite"
    store.write_text("this is no database, whatever its name says " * 100)
    told = product.run("run", expect=(1,)).stderr
    assert str(store) in told
    assert "may be removed" in told
    store.unlink()
    with RunningService(product) as service:
        service.wait_for("started")
        assert service.end() == 0


def test_nothing_begins_where_no_source_is_on(product: Product, one_source: str) -> None:
    (product.folder / "sources" / f"{one_source}.toml").unlink()
    assert "no source is on" in product.run("run", expect=(2,)).stderr
