"""Pages that hang, swell or break their process: recorded as failed, and the others are read."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.warc import PageWriter, RawPage, RecordLocation
from crawler.extraction.extract import extract
from crawler.pages.extraction_pool import ExtractionFailedError, ExtractionPool
from crawler.pages.task import PageRead, PageTask
from crawler.settings import CrawlerSettings
from crawler.sources.loader import load_sources
from tests.deadline import DEADLINE, wait_until
from tests.product import Product
from tests.replica import Replica

URL = "https://zjnews.zjol.com.cn/zjnews/202611/t20261118_31900380.shtml"
TEXT = "长三角一体化示范区今天发布新规，沪苏浙三地统一标准，推动要素自由流动，惠及区内企业和居民。"
GOOD = f"<html><title>长三角发布新规</title><h1>长三角发布新规</h1>{f'<p>{TEXT}</p>' * 5}</html>".encode()


def _heavy() -> bytes:
    """Return a page of prose that repeats nothing, for which extraction takes a second or more."""
    dice = random.Random(1)
    sentences = ("".join(chr(dice.randrange(0x4E00, 0x9000)) for _ in range(100)) for _ in range(8_000))
    return f"<html><body>{''.join(f'<div><p>{sentence}。</p></div>' for sentence in sentences)}</body></html>".encode()


def _read_all(settings: CrawlerSettings, pages: Path, *bodies: bytes) -> list[PageRead | BaseException]:
    """Keep pages as a crawl does, and read them all at once."""
    writer = PageWriter(pages)
    places = [writer.append(RawPage(URL, 200, (), body, datetime(2026, 11, 20, tzinfo=UTC))) for body in bodies]
    source = load_sources()["zjol"]

    async def read_all() -> list[PageRead | BaseException]:
        tasks = [pool.read(PageTask(pages, place, URL, source)) for place in places]
        return await asyncio.gather(*tasks, return_exceptions=True)

    with ExtractionPool(settings) as pool:
        return asyncio.run(read_all())


def test_a_page_that_takes_too_long_costs_only_itself(tmp_path: Path) -> None:
    extract(GOOD, URL)  # what is loaded once
    began = time.process_time()
    extract(_heavy(), URL)
    seconds = (time.process_time() - began) / 4  # on this machine; the others take a hundredth of it
    first, failed, last = _read_all(CrawlerSettings(extraction_seconds=seconds), tmp_path, GOOD, _heavy(), GOOD)
    assert isinstance(failed, ExtractionFailedError)
    assert isinstance(first, PageRead)
    assert first == last
    assert first.extraction.title == "长三角发布新规"


def test_a_page_that_takes_too_much_memory_costs_only_itself(tmp_path: Path) -> None:
    settings = CrawlerSettings(extraction_seconds=60.0, extraction_megabytes=64)
    failed, good = _read_all(settings, tmp_path, b"x" * 300_000_000, GOOD)
    assert isinstance(failed, ExtractionFailedError)
    assert isinstance(good, PageRead)


def test_a_page_that_is_lost_costs_only_itself(tmp_path: Path) -> None:
    lost = PageTask(tmp_path, RecordLocation("gone.warc.gz", 0, 10), URL, load_sources()["zjol"])
    with ExtractionPool(CrawlerSettings()) as pool, pytest.raises(ExtractionFailedError, match=r"gone\.warc\.gz"):
        asyncio.run(pool.read(lost))


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
    crawl.wait(timeout=DEADLINE)
    assert crawl.returncode == 130


def test_a_crawl_that_is_told_to_stop_ends_soon_and_loses_no_page(product: Product, replica: Replica) -> None:
    product.configure(crawler={"delay": 0.3})  # long enough to be at work when the signal comes
    crawl = product.start("crawl", "zjol")
    wait_until(
        lambda: crawl.poll() is not None or any(each.status == 200 and not each.is_robots for each in replica.log),
        "the crawl is at work",
    )
    os.kill(crawl.pid, signal.SIGTERM)
    crawl.communicate(timeout=DEADLINE)
    assert crawl.returncode == 130
    assert [row["status"] for row in product.rows("status", expect=(0, 1)) if row.get("source") == "zjol"] == [
        "interrupted"
    ]
    product.configure(crawler={"delay": 0.01})
    figures = product.crawl("zjol")["zjol"]
    assert figures["failure"] is None
    assert all(row["problem"] is None for row in product.rows("reextract", "--dry-run"))


def test_a_worker_loads_neither_the_database_nor_the_crawler() -> None:
    """Workers start with each crawl and after each death: what they need not read a page they do without."""
    code = (
        "import sys, crawler.pages.worker_process, crawler.pages.page_reader; "
        "print(*{'sqlalchemy', 'scrapy', 'twisted', 'structlog'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
