"""An article printed over several pages is one article: its pages are fetched politely and joined, or what is missing
is said."""

import sqlite3
from contextlib import closing
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from archive.articles import article_of, iterate_articles
from archive.database import Database
from archive.links import GONE_AFTER_TRIES
from archive.parts import PART_TRIES
from tests.product import Product
from tests.replica import SOURCES, Kind, Pager, Paging, Publication, Replica

TITLE = "四城共用一张借书证，书可以还到任何一座城"
TEXT = (
    "读者不用另外办手续，过去的借书证在任何一台自助机上刷一下就能用，押金留在原来的馆里。",
    "各馆把最常借的两千种书各备了两份，一份留在本馆，一份跟着流动书车在四座城市之间轮换。",
    "参加试用的读者有九百多人，三个月里借了一万一千册书，只有四册晚还了一个星期以上。",
    "长三角一体化示范区的四座城市昨天起共用一张借书证，读者在任何一座城的图书馆借的书都可以就近归还。",
    "上海、江苏、浙江和安徽的一百二十座图书馆接入了同一个系统，书目每晚十一点互相更新一次。",
    "嘉善的退休教师沈静第一个办了新证，她借的是一本讲运河桥梁的书，打算在苏州的外孙女家里读完。",
    "过去跨省还书要自己付邮费，很多人嫌麻烦，一本书在抽屉里一放就是半年。",
    "现在流动书车每周二和周五把书送回各自的书架，车上还带着一台可以当场办证的机器。",
    "芜湖的馆长说，开通第一天就有三百多人来问，最多的问题是儿童绘本能不能也这样还。",
    "四地的图书馆学会商定，明年起把地方志的扫描件也放进同一个目录，供读者在家里查阅。",
)
AT = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
SIZES = (6, 2, 2)
THREE = Paging(SIZES)
LAYOUTS = {"cnr_anhui": "home", "jiangsheng": "more", "zhuanfa": "home"}
"""A source and section for each layout: t…_1.shtml named by a script, ?page=2 by numbers, /2/ by a next link alone."""


@pytest.fixture
def product(product: Product) -> Product:
    product.configure(crawler={"source_folders": [str(SOURCES)], "retries": 0})
    return product


def publish(replica: Replica, source: str, paging: Paging = THREE, text: tuple[str, ...] = TEXT) -> Publication:
    """Publish the report over several pages; its section has nothing else, so that a crawl is short."""
    for other in replica.articles(source, LAYOUTS[source]):
        replica.remove(other)
    return replica.publish(source, LAYOUTS[source], TITLE, text, AT, paging=paging)


def crawl(product: Product, source: str, *words: str) -> dict[str, Any]:
    """Crawl the report's section; every page must be accounted for.

    One that does no more than try a missing part again, in vain, brought nothing and ends with 1.
    """
    figures = product.crawl(source, "--section", LAYOUTS[source], *words, expect=(0, 1))[source]
    assert figures["failure"] is None or "none of 1 articles could be fetched" in figures["failure"]
    became = ("relevant", "not_relevant", "rejected", "parts", "waiting", "unreadable")
    assert figures["pages"] + figures["leftovers"] == sum(figures[name] for name in became), figures
    return figures


def found(product: Product) -> list[dict[str, Any]]:
    """The report as the archive holds it: more than an export shows."""
    database = Database.open_to_read(product.archive)
    try:
        articles = [article_of(row) for row in iterate_articles(database)]
    finally:
        database.close()
    return [article.model_dump() | {"text": article.body.split("\n")} for article in articles if article.title == TITLE]


def only(product: Product) -> dict[str, Any]:
    (article,) = found(product)
    return article


def rows(product: Product, query: str) -> list[Any]:
    with closing(sqlite3.connect(product.archive.directory / "archive.sqlite")) as database:
        return database.execute(query).fetchall()


def asked(replica: Replica, publication: Publication) -> list[str]:
    """The addresses that were asked for of an article, without host and folder."""
    name = publication.canonical_url.split("//")[1].split("/", 1)[1].rpartition(".")[0]
    return [line.url.partition(name)[2] for line in list(replica.log) if f"/{name}" in line.url]


def make_due(product: Product) -> None:
    """Let the time pass that a link waits for its next try."""
    with closing(sqlite3.connect(product.archive.directory / "archive.sqlite")) as database, database:
        database.execute("UPDATE links SET next_try_at = '2020-01-01' WHERE next_try_at IS NOT NULL")


@pytest.mark.parametrize("source", LAYOUTS)
def test_three_pages_are_one_article_of_one_revision_and_each_has_its_raw_page(
    product: Product, replica: Replica, source: str
) -> None:
    report = publish(replica, source)
    figures = crawl(product, source)
    article = only(product)
    assert article["text"] == list(report.paragraphs)
    assert article["canonical_url"] == report.canonical_url
    assert (article["editors"], article["credit"]) == (report.editors, report.credit)
    assert not article["doubtful"]
    assert (figures["parts"], figures["waiting"], figures["failure"]) == (2, 0, None)
    assert rows(product, f"SELECT count(*) FROM revisions WHERE body LIKE '%{TEXT[4][:20]}%'") == [(1,)]
    assert len(rows(product, "SELECT DISTINCT warc_file, warc_offset FROM pages WHERE verdict = 'part'")) == 2
    again = crawl(product, source)
    assert (again["pages"], again["leftovers"]) == (0, 0)


@pytest.mark.parametrize("source", ["zhuanfa"])
def test_reextract_joins_from_the_raw_pages_without_a_request(product: Product, replica: Replica, source: str) -> None:
    report = publish(replica, source)
    crawl(product, source)
    with closing(sqlite3.connect(product.archive.directory / "archive.sqlite")) as database, database:
        database.execute("UPDATE articles SET body = 'old' WHERE title = ?", [TITLE])
    before = len(replica.log)
    product.run("reextract")
    assert only(product)["text"] == list(report.paragraphs)
    assert len(replica.log) == before


@pytest.mark.parametrize("source", ["cnr_anhui"])
def test_a_part_that_is_not_there_is_waited_for_and_then_said_and_it_never_costs_the_article(
    product: Product, replica: Replica, source: str
) -> None:
    report = publish(replica, source)
    third = {"cnr_anhui": r"_2\.shtml", "jiangsheng": r"\?page=3", "zhuanfa": r"/3/$"}[source]
    gone = replica.faults.switch_on(Kind.GONE, third)
    figures = crawl(product, source)
    assert found(product) == [], "no half article is shown while its third page may come"
    assert figures["waiting"] == 1
    told = [row for row in product.rows("status") if row["kind"] == "trouble" and "waits for" in str(row)]
    assert len(told) == 1
    (retried,) = product.rows("pages", "retry")
    assert (retried["state"], retried["url"].partition("?")[0]) == ("incomplete", report.canonical_url)
    for _ in range(PART_TRIES - 1):
        make_due(product)
        crawl(product, source)
    article = only(product)
    assert article["text"] == list(report.paragraphs[:8])
    assert article["doubtful"] == ("page 3 of 3 is missing: HTTP 404",)
    assert {row["name"]: row.get("count") for row in product.rows("status") if row["kind"] == "total"}[
        "articles: doubtful"
    ] == 1
    replica.faults.switch_off(gone)
    crawl(product, source, "--url", report.url)
    article = only(product)
    assert (article["text"], article["doubtful"]) == (list(report.paragraphs), ())


def test_a_server_in_trouble_is_waited_for_three_times_and_a_part_that_comes_late_is_joined(
    product: Product, replica: Replica
) -> None:
    report = publish(replica, "jiangsheng")
    broken = replica.faults.switch_on(Kind.SERVER_ERROR, r"\?page=2")
    for _ in range(2):
        crawl(product, "jiangsheng")
        assert found(product) == []
        make_due(product)
    crawl(product, "jiangsheng")
    article = only(product)
    assert article["doubtful"] == ("page 2 of 3 is missing: HTTP 500",)
    assert article["text"] == [*report.paragraphs[:6], *report.paragraphs[8:]]
    replica.faults.switch_off(broken)
    make_due(product)
    crawl(product, "jiangsheng")
    article = only(product)
    assert (article["text"], article["doubtful"]) == (list(report.paragraphs), ())


def test_a_part_that_leads_to_the_home_page_is_missing(product: Product, replica: Replica) -> None:
    publish(replica, "jiangsheng")
    replica.faults.switch_on(Kind.REDIRECT, r"\?page=2", location="https://www.jiangsheng.example/more/")
    for _ in range(PART_TRIES):
        crawl(product, "jiangsheng")
        make_due(product)
    (doubt,) = only(product)["doubtful"]
    assert doubt == "page 2 of 3 is missing: it leads to https://www.jiangsheng.example/more/"


def test_a_part_that_robots_forbids_is_missing(product: Product, replica: Replica) -> None:
    publish(replica, "zhuanfa")
    replica.faults.switch_on(Kind.ROBOTS, "zhuanfa", text="User-agent: *\nDisallow: /post/*/3/\n")
    for _ in range(3):
        crawl(product, "zhuanfa")
        make_due(product)
    (doubt,) = only(product)["doubtful"]
    assert doubt.startswith("page 3 of 3 is missing: ")
    assert "robots" in doubt


def test_a_part_on_another_host_is_not_asked_for_and_the_article_is_said_to_be_a_part(
    product: Product, replica: Replica
) -> None:
    report = publish(replica, "jiangsheng", Paging(SIZES, host="jiangsheng.example"))
    crawl(product, "jiangsheng")
    assert only(product)["doubtful"] == ("it is page 1 of 3; the others are not at its own address",)
    assert asked(replica, report) == [".html?from=more"]


def test_a_part_that_repeats_the_first_page_adds_nothing_and_is_said(product: Product, replica: Replica) -> None:
    report = publish(replica, "jiangsheng", Paging(SIZES, repeats=frozenset({3})))
    crawl(product, "jiangsheng")
    article = only(product)
    assert article["text"] == list(report.paragraphs[:8])
    assert article["doubtful"] == ("page 3 repeats what came before",)


def test_pages_that_all_repeat_the_first_are_pages_of_something_else(product: Product, replica: Replica) -> None:
    publish(replica, "jiangsheng", Paging((10, 0, 0), repeats=frozenset({2, 3})))
    crawl(product, "jiangsheng")
    article = only(product)
    assert (article["text"], article["doubtful"]) == (list(TEXT), ())


@pytest.mark.parametrize("pager", [Pager.NUMBERS, Pager.NEXT])
def test_of_thirty_pages_twenty_are_read(product: Product, replica: Replica, pager: Pager) -> None:
    text = tuple(
        f"长三角一体化示范区的第{number}座桥昨天通车，两岸的居民走路过河只要{number}分钟。" for number in range(1, 31)
    )
    report = publish(replica, "jiangsheng", Paging((1,) * 30, pager), text)
    crawl(product, "jiangsheng")
    article = only(product)
    assert article["text"] == list(text[:20])
    (doubt,) = article["doubtful"]
    assert "the first 20 are read" in doubt
    assert len(asked(replica, report)) == 20


def test_the_whole_text_on_one_page_goes_before_the_others(product: Product, replica: Replica) -> None:
    report = publish(replica, "jiangsheng", Paging(SIZES, whole=True))
    crawl(product, "jiangsheng")
    article = only(product)
    assert (article["text"], article["doubtful"]) == (list(TEXT), ())
    assert asked(replica, report) == [".html?from=more", ".html?page=all"]


def test_where_the_whole_text_is_not_to_be_had_the_pages_are_joined(product: Product, replica: Replica) -> None:
    report = publish(replica, "jiangsheng", Paging(SIZES, whole=True))
    replica.faults.switch_on(Kind.GONE, r"\?page=all")
    for _ in range(PART_TRIES):
        crawl(product, "jiangsheng")
        make_due(product)
    article = only(product)
    assert (article["text"], article["doubtful"]) == (list(TEXT), ())
    assert {".html?page=2", ".html?page=3"} < set(asked(replica, report))


@pytest.mark.parametrize(("source", "second"), [("cnr_anhui", "_1.shtml"), ("jiangsheng", ".html?page=2")])
def test_a_part_that_is_named_leads_to_the_article(
    product: Product, replica: Replica, source: str, second: str
) -> None:
    report = publish(replica, source, Paging(SIZES, Pager.NUMBERS))
    part = report.canonical_url.rpartition(".")[0] + second
    crawl(product, source, "--url", part)
    article = only(product)
    assert article["canonical_url"] == report.canonical_url
    assert article["text"] == list(report.paragraphs)
    assert sorted(asked(replica, report)) == sorted(set(asked(replica, report))), "no page is asked for twice"


def test_a_part_whose_first_page_is_not_to_be_had_is_kept_as_what_it_is(product: Product, replica: Replica) -> None:
    report = publish(replica, "cnr_anhui", Paging(SIZES, Pager.NUMBERS))
    stem = report.canonical_url.rpartition(".")[0]
    replica.faults.switch_on(Kind.GONE, report.canonical_url.rpartition("/")[2].replace(".", r"\."))
    crawl(product, "cnr_anhui", "--url", f"{stem}_1.shtml")
    for _ in range(GONE_AFTER_TRIES):
        make_due(product)
        crawl(product, "cnr_anhui")
    article = only(product)
    assert article["text"][:2] == list(report.paragraphs[6:8])
    assert "page 1 of 3 is missing: it is not to be had" in article["doubtful"]


def test_a_changed_article_is_fetched_anew_with_all_its_pages(product: Product, replica: Replica) -> None:
    report = publish(replica, "jiangsheng")
    crawl(product, "jiangsheng")
    changed = (*TEXT[:9], "馆长后来补充说，绘本从下个月起也可以这样还，但每次不超过十本。")
    replica.revise(report, paragraphs=changed)
    crawl(product, "jiangsheng", "--url", report.url)
    assert only(product)["text"] == list(changed)
    assert rows(product, f"SELECT count(*) FROM revisions WHERE body LIKE '%{TEXT[4][:20]}%'") == [(2,)]


def test_a_crawl_of_one_article_fetches_its_pages_too(product: Product, replica: Replica) -> None:
    publish(replica, "jiangsheng")
    figures = crawl(product, "jiangsheng", "--limit", "1")
    assert only(product)["text"] == list(TEXT)
    assert figures["pages"] == 3


def test_an_archive_that_kept_first_pages_alone_gets_the_others(product: Product, replica: Replica) -> None:
    report = publish(replica, "jiangsheng")
    crawl(product, "jiangsheng")
    with closing(sqlite3.connect(product.archive.directory / "archive.sqlite")) as database, database:
        database.execute("DELETE FROM links WHERE canonical_url IN (SELECT canonical_url FROM parts)")
        database.execute("DELETE FROM pages WHERE canonical_url IN (SELECT canonical_url FROM parts)")
        database.execute("DELETE FROM parts")
    product.run("reextract")
    assert only(product)["doubtful"] == tuple(
        f"page {number} of 3 is missing: it has not been fetched yet" for number in (2, 3)
    )
    crawl(product, "jiangsheng")
    article = only(product)
    assert (article["text"], article["doubtful"]) == (list(report.paragraphs), ())
