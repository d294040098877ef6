"""Going back in time: `crawl --since` reads lists on where a daily crawl stops, and resumes after a stop."""

import os
import re
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.sources.loader import BUNDLED
from tests.deadline import DEADLINE, wait_until
from tests.product import Product
from tests.replica import Kind, Replica

SOURCE = "cctv"
"""Its list of 中国 has three pages."""


@pytest.fixture
def shallow(tmp_path: Path, product: Product) -> Product:
    """A product that reads one page of each list in its daily crawl."""
    folder = tmp_path / "sources"
    folder.mkdir()
    text = (BUNDLED / f"{SOURCE}.toml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^kind = \"json\"$", 'kind = "json"\nmax_pages = 1', re.sub(r"(?m)^max_pages.*\n", "", text))
    (folder / f"{SOURCE}.toml").write_text(text, encoding="utf-8")
    product.configure(crawler={"source_folders": [str(folder)]})
    return product


def _found(product: Product) -> set[str]:
    return {article["canonical_url"] for article in product.articles()}


def test_a_backfill_finds_what_lies_deeper_than_a_daily_crawl(shallow: Product, replica: Replica) -> None:
    everything = {article.canonical_url for article in replica.articles(SOURCE)}
    shallow.crawl(SOURCE)
    assert _found(shallow) < everything
    shallow.crawl(SOURCE, "--since", "2020-01-01")
    assert _found(shallow) == everything


def test_a_backfill_that_was_cut_short_says_what_is_left_and_does_not_read_its_lists_twice(
    shallow: Product, replica: Replica
) -> None:
    shallow.configure(crawler={"retries": 0})
    fault = replica.faults.switch_on(Kind.SERVER_ERROR, "china_3")
    first = shallow.crawl(SOURCE, "--since", "2020-01-01", expect=(1,))[SOURCE]
    assert first["left"] == 1
    replica.faults.switch_off(fault)
    replica.log.clear()
    assert shallow.crawl(SOURCE, "--since", "2020-01-01")[SOURCE]["left"] == 0
    asked = [record.url for record in replica.log if "china_" in record.url]
    assert [url[url.index("china_") :][:7] for url in asked] == ["china_1", "china_3", "china_4"]
    assert _found(shallow) == {article.canonical_url for article in replica.articles(SOURCE)}


def test_a_backfill_stops_at_its_date_and_leaves_older_links_for_later(shallow: Product, replica: Replica) -> None:
    newest = max(article.published_at for article in replica.articles(SOURCE))
    figures = shallow.crawl(SOURCE, "--since", newest.date().isoformat())[SOURCE]
    wanted = [article for article in replica.articles(SOURCE) if article.published_at.date() >= newest.date()]
    assert figures["articles"] == len(wanted) < len(replica.articles(SOURCE))
    assert figures["left"] > 0


def test_a_long_backfill_steps_back_for_a_crawl_that_waits_for_its_domain(shallow: Product, replica: Replica) -> None:
    newest = max(article.published_at for article in replica.articles(SOURCE))
    for number in range(8):  # four more pages of the list
        text = [f"长三角一体化示范区第{number}号方案发布，沪苏浙三地{number * 37}项事项跨省通办。" * 4]
        at = newest - timedelta(minutes=number)
        replica.publish(SOURCE, "china", f"长三角一体化示范区发布第{number}号方案", text, at)
    alone = replica.publish(
        SOURCE, "a list that is no more", "长三角旧闻", ["长三角一体化示范区往事一则。" * 9], newest
    )
    shallow.configure(crawler={"yield_after": 0.001})
    backfill = shallow.start("crawl", SOURCE, "--since", "2020-01-01")
    wait_until(lambda: backfill.poll() is not None or _asked(replica, "china_1"), "the backfill is at work")
    os.kill(backfill.pid, signal.SIGSTOP)  # it holds the domain, whatever the other crawl takes to start
    crawl = shallow.start("crawl", SOURCE, "--url", alone.url)
    assert crawl.stderr is not None
    assert "begins" in crawl.stderr.readline()
    os.kill(backfill.pid, signal.SIGCONT)
    for process in (crawl, backfill):
        output = process.communicate(timeout=DEADLINE)
        assert process.returncode == 0, output
    asked = [record.url for record in replica.log]
    last_page = max(number for number, url in enumerate(asked) if "china_" in url)
    assert asked.index(alone.url) < last_page, "the other crawl waited for the end of the backfill"
    assert _found(shallow) == {article.canonical_url for article in replica.articles(SOURCE)}


def _asked(replica: Replica, page: str) -> bool:
    return any(page in record.url for record in replica.log)
