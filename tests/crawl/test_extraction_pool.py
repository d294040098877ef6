"""Pages that hang, swell or break their process: recorded as failed, and the others are read."""

import asyncio
import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from crawler.extraction.model import Hints
from crawler.fetch.extraction_pool import ExtractionFailedError, ExtractionPool, PageTask
from crawler.settings import CrawlerSettings
from tests.product import Product
from tests.replica import Replica

TEXT = "长三角一体化示范区今天发布新规，沪苏浙三地统一标准，推动要素自由流动，惠及区内企业和居民。"
GOOD = f"<html><title>长三角发布新规</title><h1>长三角发布新规</h1>{f'<p>{TEXT}</p>' * 5}</html>".encode()


@pytest.fixture
def pool() -> Iterator[ExtractionPool]:
    with ExtractionPool(CrawlerSettings(extraction_seconds=0.5, extraction_megabytes=64, workers=2)) as pool:
        yield pool


def _task(body: bytes) -> PageTask:
    return PageTask(body, "https://www.example.cn/1.html", Hints(), "text/html", datetime(2026, 11, 20, tzinfo=UTC))


def test_a_page_that_takes_too_much_costs_only_itself(pool: ExtractionPool) -> None:
    heavy = b"<p>" + (TEXT.encode() + b"</p><p>") * 400_000

    async def read_all() -> list[object]:
        tasks = [pool.read(_task(body)) for body in (GOOD, heavy, GOOD)]
        return await asyncio.gather(*tasks, return_exceptions=True)

    first, failed, last = asyncio.run(read_all())
    assert isinstance(failed, ExtractionFailedError)
    assert first == last
    assert getattr(first, "extraction").title == "长三角发布新规"  # noqa: B009 - narrowed by the comparison above


def test_a_mistake_in_a_users_gazetteer_is_told_before_any_request(product: Product) -> None:
    (product.folder / "mine.toml").write_text("[nonsense]\n", encoding="utf-8")
    product.configure(crawler={"gazetteers": ["mine.toml"]})
    assert "mine.toml" in product.run("crawl", "cnr_anhui", expect=(2,)).stderr


def test_a_crawl_that_is_told_to_stop_before_it_began_is_no_success(product: Product) -> None:
    crawl = product.start("crawl", "zjol")
    assert crawl.stderr is not None
    for line in crawl.stderr:
        if "begins" in line:
            os.kill(crawl.pid, signal.SIGTERM)
    crawl.wait(timeout=60)
    assert crawl.returncode == 1


def test_a_crawl_that_is_told_to_stop_ends_soon_and_loses_no_page(product: Product, replica: Replica) -> None:
    product.configure(crawler={"delay": 0.3})  # long enough to be at work when the signal comes
    crawl = product.start("crawl", "zjol")
    while not any(record.status == 200 and not record.is_robots for record in replica.log):
        assert crawl.poll() is None
    os.kill(crawl.pid, signal.SIGTERM)
    crawl.communicate(timeout=60)
    assert crawl.returncode == 1
    assert [row["status"] for row in product.rows("status", expect=(0, 1)) if row.get("source") == "zjol"] == [
        "interrupted"
    ]
    product.configure(crawler={"delay": 0.01})
    figures = product.crawl("zjol")["zjol"]
    assert figures["failure"] is None
    assert all(row["problem"] is None for row in product.rows("reextract", "--dry-run"))
