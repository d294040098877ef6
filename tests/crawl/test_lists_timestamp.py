"""The list's own timestamp reaches the extraction of a page, in a crawl and when its archive is read again."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from archive.warc import PageWriter, RawPage
from core.time import SHANGHAI
from crawler.pages.page_reader import read_stored_page
from crawler.pages.task import PageTask
from crawler.sources.loader import load_sources
from tests.crawl.test_extraction_pool import GOOD, URL
from tests.extraction.test_date_forms import FETCHED
from tests.product import Product
from tests.replica import Replica

SOURCE = "jstv"


def test_a_page_without_a_date_has_its_lists(tmp_path: Path) -> None:
    place = PageWriter(tmp_path).append(RawPage("https://www.example.cn/a", 200, (), GOOD, FETCHED))
    source = load_sources()["zjol"]
    url = URL.replace("202611/t20261118", "x/t")
    read = read_stored_page(PageTask(tmp_path, place, url, source, FETCHED))
    assert (read.extraction.published_at, read.extraction.published_from) == (FETCHED, "list")
    assert read_stored_page(PageTask(tmp_path, place, url, source)).extraction.published_at is None


def test_a_crawl_and_reading_its_archive_anew_give_the_same_times(product: Product, replica: Replica) -> None:
    product.crawl(SOURCE)
    printed = {article.canonical_url: article.published_at for article in replica.articles(SOURCE)}
    got = {article["canonical_url"]: article["published_at"] for article in product.articles()}
    assert got
    days = {
        url: (datetime.fromisoformat(at).astimezone(SHANGHAI).date(), printed[url].date()) for url, at in got.items()
    }
    assert {url: pair for url, pair in days.items() if pair[0] != pair[1]} == {}
    with closing(sqlite3.connect(product.folder / "archive" / "archive.sqlite")) as archive:
        assert archive.execute("select count(*) from links where listed_at is not null").fetchone()[0]
    assert product.rows("reextract", "--source", SOURCE) == []
