"""Lists that have an address for each day: today's and yesterday's are read daily, older ones by a backfill."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from core.time import SHANGHAI
from tests.deadline import PATIENCE
from tests.product import Product
from tests.replica import SOURCES, Kind, Replica
from tests.replica.publication import Publication

SOURCE = "jiangsheng"
PAPER = """
[[sections]]
name = "paper"
title = "日报"
kind = "json"
urls = ["https://www.jiangsheng.example/paper/{date:%Y-%m-%d}.json"]
max_pages = 2
items = "articles"
item_url = "url"
item_title = "title"

[url_rules]
query = []
"""
DAYS = (0, 1, 2, 4, 5)
"""Days ago with an issue: none of three days ago."""


Test = Callable[[Product, Replica, date], None]


def on_one_day(test: Test) -> Callable[[Path], None]:
    """Run a test, and once more from its beginning where midnight in Shanghai fell into it.

    The program reads its own clock, so that no day that a test has read before must still be today.
    """

    def run(tmp_path: Path) -> None:
        while True:
            today = datetime.now(SHANGHAI).date()
            with Replica() as replica:
                try:
                    test(_paper(tmp_path / today.isoformat(), replica), replica, today)
                except AssertionError:
                    if datetime.now(SHANGHAI).date() == today:
                        raise
            if datetime.now(SHANGHAI).date() == today:
                return

    run.__doc__ = test.__doc__
    return run


def _paper(folder: Path, replica: Replica) -> Product:
    """Return a product with one source, whose one list is the newspaper of each day."""
    product = Product(folder / "product", replica)
    folder = folder / "sources"
    folder.mkdir()
    head = (SOURCES / f"{SOURCE}.toml").read_text(encoding="utf-8").partition("[[sections]]")[0]
    (folder / f"{SOURCE}.toml").write_text(head + PAPER, encoding="utf-8")
    product.configure(crawler={"source_folders": [str(folder)], "bundled_sources": False})
    return product


def _issues(replica: Replica, today: date) -> dict[int, Publication]:
    """Publish one article of each day that has an issue, and return them by how many days ago."""
    return {ago: _publish(replica, today - timedelta(days=ago)) for ago in DAYS}


def _publish(replica: Replica, day: date) -> Publication:
    text = f"{day:%m月%d日}，安徽与沪苏浙共同推进长三角一体化发展，第{day.toordinal()}项工程开工。" * 3
    at = datetime(day.year, day.month, day.day, 6, 30, tzinfo=SHANGHAI)
    return replica.publish(SOURCE, "paper", f"长三角第{day.toordinal()}项工程开工", [text], at)


def _asked(replica: Replica) -> list[str]:
    return [match[1] for record in replica.log if (match := re.search(r"/paper/(.+)\.json", record.url))]


def _days(today: date, *ago: int) -> list[str]:
    return [(today - timedelta(days=days)).isoformat() for days in ago]


def _found(product: Product) -> set[str]:
    return {article["canonical_url"] for article in product.articles()}


@on_one_day
def test_a_daily_crawl_reads_todays_list_and_yesterdays(paper: Product, replica: Replica, today: date) -> None:
    issues = _issues(replica, today)
    assert paper.crawl(SOURCE)[SOURCE]["left"] == 0
    assert _asked(replica) == _days(today, 0, 1)
    assert _found(paper) == {issues[0].canonical_url, issues[1].canonical_url}


@on_one_day
def test_todays_list_may_not_be_out_yet_but_yesterdays_must_be(paper: Product, replica: Replica, today: date) -> None:
    failure = paper.crawl(SOURCE, expect=(1,))[SOURCE]["failure"]
    yesterday = _publish(replica, today - timedelta(days=1))
    assert _days(today, 1)[0] in failure
    assert _days(today, 0)[0] not in failure
    assert paper.crawl(SOURCE)[SOURCE]["articles"] == 1
    assert _found(paper) == {yesterday.canonical_url}


@on_one_day
def test_a_backfill_walks_back_day_by_day_to_its_date_newest_first(
    paper: Product, replica: Replica, today: date
) -> None:
    issues = _issues(replica, today)
    figures = paper.crawl(SOURCE, "--since", _days(today, 4)[0])[SOURCE]
    assert _asked(replica) == _days(today, 0, 1, 2, 3, 4)
    assert figures["left"] == 0
    assert _found(paper) == {issues[ago].canonical_url for ago in (0, 1, 2, 4)}
    fetched = [record.url for record in replica.log if "/news/" in record.url]
    assert fetched == [issues[ago].canonical_url + "?from=paper" for ago in (0, 1, 2, 4)]


@on_one_day
def test_a_backfill_goes_on_where_it_was_stopped_and_a_daily_crawl_leaves_its_rest_to_it(
    paper: Product, replica: Replica, today: date
) -> None:
    issues = _issues(replica, today)
    paper.configure(crawler={"retries": 0, "timeout": 4.0 * PATIENCE})
    since = ("--since", _days(today, 5)[0])
    fault = replica.faults.switch_on(Kind.HANG, _days(today, 2)[0])
    assert paper.crawl(SOURCE, *since, expect=(1,))[SOURCE]["left"] == 1
    replica.faults.switch_off(fault)
    replica.log.clear()
    assert paper.crawl(SOURCE)[SOURCE]["left"] == 1
    assert _asked(replica) == _days(today, 0, 1)
    replica.log.clear()
    assert paper.crawl(SOURCE, *since)[SOURCE]["left"] == 0
    assert _asked(replica) == _days(today, 0, 2, 3, 4, 5)
    assert _found(paper) == {article.canonical_url for article in issues.values()}


@on_one_day
def test_one_day_that_cannot_be_read_does_not_bar_the_way_to_the_days_before(
    paper: Product, replica: Replica, today: date
) -> None:
    issues = _issues(replica, today)
    replica.faults.switch_on(Kind.GONE, _days(today, 1)[0])
    outcome = paper.crawl(SOURCE, "--since", _days(today, 5)[0], expect=(1,))[SOURCE]
    assert _days(today, 1)[0] in outcome["failure"]
    assert outcome["left"] == 1
    assert _found(paper) == {article.canonical_url for ago, article in issues.items() if ago != 1}


@on_one_day
def test_a_dated_section_is_checked_by_yesterdays_list(paper: Product, replica: Replica, today: date) -> None:
    _issues(replica, today)
    found = paper.rows("sources", "check", SOURCE)
    (listed,) = [row for row in found if row["step"] == "list"]
    assert _days(today, 1)[0] in listed["expected"]
    assert {row["outcome"] for row in found} <= {"ok", "note"}
