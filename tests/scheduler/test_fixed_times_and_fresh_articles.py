"""The service between crawls and while one is at work: fixed times of the day, and articles indexed as they come."""

import re
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from archive.schema import articles
from core.clock import TEST_VARIABLE
from scheduler.watch import INDEX_WAIT
from tests.product import Product
from tests.replica import Kind, Replica
from tests.scheduler.conftest import INTERVAL
from tests.scheduler.history import database_of, due_at, pretend_run, runs_of
from tests.scheduler.service import RunningService, wait_until_alone
from tests.scheduler.time_of_the_test import TimeOfTheTest

HALF_A_MINUTE = timedelta(seconds=30)


def articles_of(product: Product) -> int:
    with database_of(product) as database, database.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(articles)) or 0)


def test_articles_are_indexed_while_their_crawl_is_at_work(product: Product, replica: Replica, one_source: str) -> None:
    """One page never answers, so the crawl does not end; by the service's clock half a minute passes, no more."""
    published = replica.articles(one_source)
    last = published[-1]
    replica.faults.switch_on(Kind.HANG, re.escape(last.url))
    product.configure(crawler={"timeout": 3600})
    time = TimeOfTheTest(product.folder / "clock", datetime.now(UTC))
    product.variables[TEST_VARIABLE] = str(time.path)
    with RunningService(product) as service:
        service.wait_for("job finished", job="index")  # that of the start, which found nothing
        service.wait_until(lambda: replica.faults.hit)
        stored = len({record.url for record in replica.log} & {article.url for article in published})
        assert stored > 0
        service.wait_until(lambda: articles_of(product) == stored)
        service.wait_until(lambda: due_at(product)["index"] <= time.steady + INDEX_WAIT.total_seconds())  # it was seen
        time.passes(HALF_A_MINUTE)
        written = service.wait_for("indexed", articles=stored)["written"]
        assert len(product.rows("search", f"source:{one_source}")) == written > 0
        assert not service.matching("job finished", job=f"crawl {one_source}")
        assert service.end() == 0
    wait_until_alone(product)


def test_a_source_is_crawled_at_its_fixed_times_and_its_interval_begins_anew(product: Product, one_source: str) -> None:
    path = product.folder / "sources" / f"{one_source}.toml"
    path.write_text(path.read_text().replace(f"interval = {INTERVAL}\n", 'interval = 600\ncrawl_at = ["19:05"]\n'))
    noon = datetime(2026, 11, 29, 4, 0, tzinfo=UTC)
    time = TimeOfTheTest(product.folder / "clock", noon)
    product.variables[TEST_VARIABLE] = str(time.path)
    pretend_run(product, one_source, noon - timedelta(hours=1))
    job = f"crawl {one_source}"
    with RunningService(product) as service:
        service.wait_for("started")
        (source,) = [fact for fact in product.rows("status") if fact["kind"] == "source"]
        assert source["next_run"] == "2026-11-29T19:05:00+08:00"
        time.passes(timedelta(hours=7, minutes=5))
        service.wait_for("job finished", job=job, times=1, status=0)
        (source,) = [fact for fact in product.rows("status") if fact["kind"] == "source"]
        assert source["next_run"][:16] == "2026-11-30T05:05"
        time.passes(timedelta(hours=10))
        service.wait_for("job finished", job=job, times=2, status=0)
        assert service.end() == 0
    wait_until_alone(product)
    assert runs_of(product, one_source) == 3
