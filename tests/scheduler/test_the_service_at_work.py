"""`deltanews run` at work, with real processes, against the replica: nothing is lost, nothing doubled."""

import os
import signal
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.locks import process_lock
from tests.databases import both_databases
from tests.deadline import DEADLINE
from tests.product import Product
from tests.replica import Kind, Replica
from tests.scheduler.conftest import INTERVAL, SOURCES, add_source
from tests.scheduler.history import A_MOMENT, last_run, next_runs, pretend_run, to_the_second
from tests.scheduler.service import RunningService, wait_until_alone


def published(replica: Replica, *sources: str) -> list[str]:
    return sorted(article.canonical_url for source in sources for article in replica.articles(source))


@both_databases
def test_it_crawls_and_indexes_and_the_commands_beside_it_double_nothing(product: Product, replica: Replica) -> None:
    with RunningService(product) as service:
        service.wait_for("job started", job=f"crawl {SOURCES[0]}")
        product.crawl()
        product.run("index")
        crawled = max(service.wait_for("job finished", job=f"crawl {name}", status=0)["timestamp"] for name in SOURCES)
        service.wait_until(lambda: service.matching("job started", job="index")[-1]["timestamp"] > crawled)
        service.wait_for("job finished", job="index", status=0, times=len(service.matching("job started", job="index")))
        found = product.rows("search", "长三角")
        assert service.end() == 0
    wait_until_alone(product)
    assert sorted(article["canonical_url"] for article in product.articles()) == published(replica, *SOURCES)
    assert len({story["url"] for story in found}) == len(found) > 0
    product.run("index")
    assert product.rows("search", "长三角") == found, "the service had left something to index"
    pages = [record.url for record in replica.log if record.url in published(replica, *SOURCES)]
    assert len(pages) == len(set(pages)), "an article was fetched twice"


def test_a_source_whose_domain_is_in_use_holds_up_no_other(product: Product) -> None:
    """央广网安徽 and 央广网江苏 stand on one domain; 看看新闻, due after both, does not wait for them."""
    add_source(product, "cnr_jiangsu")
    product.configure(crawler={"delay": 1.0}, scheduler={"parallel": 2})
    for name, age in (("cnr_anhui", 3), ("cnr_jiangsu", 2), ("kankanews", 1)):
        pretend_run(product, name, datetime.now(UTC) - timedelta(hours=age))
    with RunningService(product) as service:
        begun = {name: service.wait_for("job started", job=f"crawl {name}") for name in ("cnr_anhui", "kankanews")}
        ended = service.wait_for("job finished", job="crawl cnr_anhui")
        begun["cnr_jiangsu"] = service.wait_for("job started", job="crawl cnr_jiangsu")
        assert service.end() == 0
    wait_until_alone(product)
    order = sorted(begun, key=lambda name: str(begun[name]["timestamp"]))
    assert order == ["cnr_anhui", "kankanews", "cnr_jiangsu"]
    assert begun["kankanews"]["timestamp"] < ended["timestamp"] <= begun["cnr_jiangsu"]["timestamp"]


def test_a_crawl_whose_process_dies_before_it_has_begun_is_a_run_that_failed(product: Product, one_source: str) -> None:
    with RunningService(product) as service:
        child = service.wait_for("job started", job=f"crawl {one_source}")
        os.kill(child["pid"], signal.SIGKILL)  # it imports what it needs
        service.wait_until(lambda: last_run(product, one_source))
        assert service.end() == 0
    run = last_run(product, one_source)
    assert run
    assert f"exit status -{signal.SIGKILL}" in (run.error or "")


def test_a_restart_does_not_begin_the_countdown_anew(product: Product, one_source: str) -> None:
    path = product.folder / "sources" / f"{one_source}.toml"
    path.write_text(path.read_text().replace(f"interval = {INTERVAL}\n", "interval = 1440\n"))
    due = to_the_second(datetime.now(UTC)) + timedelta(hours=20)  # long after the second start, on any machine
    pretend_run(product, one_source, due - timedelta(days=1))
    for _ in range(2):
        with RunningService(product) as service:
            service.wait_for("started")
            assert abs(next_runs(product)[f"crawl {one_source}"] - due) <= A_MOMENT
            told = {fact["kind"]: fact for fact in product.rows("status") if fact["kind"] in {"service", "source"}}
            assert told["service"]["state"] == "running"
            assert abs(datetime.fromisoformat(told["source"]["next_run"]) - due) <= A_MOMENT  # it is cut off
            assert service.end() == 0


@both_databases
def test_a_child_that_crashes_is_noted_and_its_source_tried_again_at_its_interval(
    product: Product, replica: Replica, one_source: str
) -> None:
    replica.faults.switch_on(Kind.HANG)  # it is at work for as long as the test needs it
    product.configure(crawler={"timeout": DEADLINE})
    job = f"crawl {one_source}"
    with RunningService(product) as service:
        child = service.wait_for("job started", job=job)
        service.wait_until(lambda: last_run(product, one_source) is not None)
        os.kill(child["pid"], signal.SIGKILL)
        assert service.wait_for("job crashed", job=job)["status"] == -signal.SIGKILL
        again = next_runs(product)[job] - datetime.fromisoformat(child["timestamp"])
        service.wait_for("job finished", job="index", times=2)
        assert service.end() == 0
    run = last_run(product, one_source)
    assert run
    assert (run.status, run.origin) == ("interrupted", "service")
    assert f"exit status -{signal.SIGKILL}" in (run.error or "")
    assert timedelta(0) < again <= timedelta(minutes=INTERVAL, seconds=1)  # to the second


def test_a_source_that_is_at_work_elsewhere_waits_its_turn_and_can_be_stopped_there(
    product: Product, one_source: str
) -> None:
    locks = product.folder / "archive" / "locks"
    with process_lock(locks, "domain-cnr.cn"), RunningService(product) as service:
        service.wait_for("job started", job=f"crawl {one_source}")
        service.wait_for("job finished", job="index")
        assert service.end() == 0
    wait_until_alone(product)


def test_a_source_file_that_was_broken_meanwhile_fails_its_crawl_and_not_the_service(
    product: Product,
) -> None:
    """It is broken while it waits for another source's crawl, which the test holds up."""
    source, other = SOURCES
    product.configure(scheduler={"parallel": 1})
    began = datetime.now(UTC)
    for name, age in ((other, 3), (source, 2)):
        pretend_run(product, name, began - timedelta(hours=age))
    path = product.folder / "sources" / f"{source}.toml"
    with RunningService(product) as service:
        with process_lock(product.folder / "archive" / "locks", "domain-kankanews.com"):
            service.wait_for("job started", job=f"crawl {other}")
            assert not service.matching("job started", job=f"crawl {source}")
            path.write_text(path.read_text().replace("grade = ", "grad = ", 1))
        failed = service.wait_for("crawl failed", job=f"crawl {source}")
        service.wait_for("job finished", job=f"crawl {source}", status=0)
        assert service.process.poll() is None
        assert service.end() == 0
    assert str(path) in failed["failure"]
    assert "grad: there is no such key" in failed["failure"]
    run = last_run(product, source)
    assert run
    assert (run.status, run.origin, run.error) == ("failed", "service", failed["failure"])
    assert run.started_at >= began


def test_a_broken_source_file_stops_no_other_source(product: Product, replica: Replica) -> None:
    broken, whole = SOURCES
    path = product.folder / "sources" / f"{broken}.toml"
    right = path.read_text()
    path.write_text(right.replace("grade = ", "grad = ", 1))
    with RunningService(product) as service:
        service.wait_for("job finished", job=f"crawl {whole}", status=0)
        service.wait_for("job finished", job=f"crawl {broken}", status=0)
        assert service.end() == 0
    assert sorted(article["canonical_url"] for article in product.articles()) == published(replica, whole)
    outcomes = product.crawl(expect=(1,))
    assert outcomes[whole]["failure"] is None
    assert str(path) in outcomes[broken]["failure"]
    assert "grad: there is no such key" in outcomes[broken]["failure"]
    assert product.crawl(whole)[whole]["failure"] is None, "what was not asked for is no failure"
    assert "grad: there is no such key" in product.run("crawl", broken, expect=(2,)).stderr
    [told] = [fact for fact in product.rows("status") if fact.get("source") == broken and fact["kind"] == "source"]
    assert (told["status"], told["error"]) == ("failed", outcomes[broken]["failure"])
    path.write_text(right)
    product.crawl()
    assert sorted(article["canonical_url"] for article in product.articles()) == published(replica, *SOURCES)


@pytest.mark.parametrize("grace", [30, 0])
def test_a_crawl_without_end_is_stopped_and_the_next_one_goes_on_with_it(
    product: Product, replica: Replica, one_source: str, grace: float
) -> None:
    product.configure(crawler={"delay": 1.0}, scheduler={"crawl_minutes": 0.1, "grace": grace})
    with RunningService(product) as service:
        service.wait_for("job timed out", job=f"crawl {one_source}")
        service.wait_until(  # SIGTERM ends a child that is still loading its modules at once
            lambda: (
                service.matching("job finished", job=f"crawl {one_source}")
                or service.matching("job crashed", job=f"crawl {one_source}")
            )
        )
        service.wait_until(lambda: (run := last_run(product, one_source)) is not None and run.status == "failed")
        assert service.end() == 0
    wait_until_alone(product)
    run = last_run(product, one_source)
    assert run
    assert "had not ended after 0.1 minutes" in (run.error or "")
    product.configure(crawler={"delay": 0.01})
    product.crawl()
    assert sorted(article["canonical_url"] for article in product.articles()) == published(replica, one_source)


def is_planned(told: list[dict[str, Any]], due: datetime) -> bool:
    """Whether the next run is at a time that was told; a slow test sees a later one than the first."""
    return any(abs(datetime.fromisoformat(each["next_try"]) - due) <= A_MOMENT for each in told)


def test_a_search_index_that_is_away_is_asked_again_when_it_said_so_and_not_an_interval_later(
    product: Product, one_source: str
) -> None:
    nobody = {"index": "elasticsearch", "elasticsearch_hosts": ["http://127.0.0.1:9"], "elasticsearch_retry_seconds": 0}
    product.configure(indexer=nobody)
    product.crawl()
    with RunningService(product) as service:
        told = service.wait_for("index unavailable", level="warning")
        service.wait_for("job finished", job="index", status=0)
        service.wait_until(lambda: is_planned(service.matching("index unavailable"), next_runs(product)["index"]))
        assert service.end() == 0
    assert told["waiting"] > 0
