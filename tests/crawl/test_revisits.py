"""Articles are looked at again: what was corrected, taken down or shown again is a revision, and nothing else is."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archive.database import Database
from core.clock import TEST_VARIABLE
from deltanews.why import explain
from indexer.settings import IndexerSettings
from tests.crawl.small_site import TEXT, SmallSite, article, product_of
from tests.product import Product
from tests.scheduler.time_of_the_test import TimeOfTheTest

NOON = datetime(2026, 11, 29, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
STEADY, CORRECTED, FURNISHED, TAKEN_DOWN, JOINED = range(1, 6)
SIX = range(11, 17)
PAGER = '<div class="pager"><span>1</span> <a href="/a/5_2.html">2</a></div>'
SECOND = "第二页写着：芜湖的馆长说，开通第一天就有三百多人来问，最多的问题是儿童绘本能不能也这样还。"


def page(number: int, more: str = "", body: str | None = None) -> str:
    return article(f"长三角一体化示范区第{number}号方案发布", body=(body or f"<p>{TEXT}第{number}号。</p>" * 3) + more)


def put(site: SmallSite, number: int, body: str) -> None:
    site.put(f"/a/{number}.html", body, ETag=f'"{abs(hash(body))}"')


def rows(product: Product, query: str) -> list[Any]:
    with closing(sqlite3.connect(product.archive.directory / "archive.sqlite")) as database, database:
        return database.execute(query).fetchall()


def revisions(product: Product, number: int) -> list[str]:
    """The kinds of an article's revisions, in their order."""
    of_the_article = f"article_id = (SELECT id FROM articles WHERE url LIKE '%/a/{number}.html')"
    return [kind for (kind,) in rows(product, f"SELECT kind FROM revisions WHERE {of_the_article} ORDER BY revision")]


def text(product: Product, number: int) -> str:
    ((body,),) = rows(product, f"SELECT body FROM articles WHERE url LIKE '%/a/{number}.html'")
    return str(body)


def visits_told(product: Product, url: str) -> list[str]:
    """What `deltanews why` says of the visits to an article."""
    database = Database.open_to_read(product.archive)
    try:
        with database.read() as connection:
            return str(explain(connection, url, {}, IndexerSettings())["visited_again"]).split("; ")
    finally:
        database.close()


def test_corrected_taken_down_and_back_is_a_revision_each(tmp_path: Path) -> None:
    with SmallSite() as site:
        numbers = (STEADY, CORRECTED, FURNISHED, TAKEN_DOWN, JOINED, *SIX)
        site.put("/robots.txt", "", status=404)
        links = (f'<li><a href="/a/{number}.html">长三角第{number}号方案今天发布</a></li>' for number in numbers)
        site.put("/list", "".join(links))
        for number in numbers:
            put(site, number, page(number, PAGER if number == JOINED else ""))
        site.put("/a/5_2.html", page(JOINED, PAGER, f"<p>{SECOND}</p>"))
        product = product_of(tmp_path, site)
        time = TimeOfTheTest(tmp_path / "clock", NOON)
        product.variables[TEST_VARIABLE] = str(time.path)
        product.crawl()
        assert {number: revisions(product, number) for number in numbers} == {key: ["text"] for key in numbers}
        assert SECOND in text(product, JOINED)
        # A source of so few requests may not ask for all of these again: let it have made more of them.
        fetch = (
            "INSERT INTO fetches (source, section, url, fetched_at, outcome) VALUES ('local', 'news', '', ?, 'stored')"
        )
        with closing(sqlite3.connect(product.archive.directory / "archive.sqlite")) as database, database:
            database.executemany(fetch, [(f"{NOON:%Y-%m-%d %H:%M:%S.%f}",)] * 900)

        time.passes(HOUR)
        put(site, CORRECTED, page(CORRECTED).replace("惠及区内企业和居民", "惠及区内十二万家企业"))
        put(site, FURNISHED, page(FURNISHED).replace("2009-2026", "2009-2027"))
        site.put("/a/5_2.html", page(JOINED, PAGER, f"<p>{SECOND.replace('三百', '四百')}</p>"))
        kept = {number: site.pages[f"/a/{number}.html"] for number in (TAKEN_DOWN, *SIX)}
        site.put(f"/a/{TAKEN_DOWN}.html", "", status=410)
        figures = product.crawl()["local"]
        assert (figures["revisits"], figures["revised"], figures["withdrawn"]) == (len(numbers) + 1, 2, 0)
        assert revisions(product, CORRECTED) == revisions(product, JOINED) == ["text", "text"]
        assert "十二万家企业" in text(product, CORRECTED)
        assert "四百多人" in text(product, JOINED)
        assert revisions(product, FURNISHED) == ["text"], "another footer is no correction"
        assert revisions(product, TAKEN_DOWN) == ["text"], "once is not enough"
        told = rows(product, "SELECT url FROM revisits WHERE outcome = 'unchanged' AND status = 304")
        assert {url for (url,) in told} == {f"{site.url}/a/{number}.html" for number in (STEADY, JOINED, *SIX)}

        time.passes(6 * HOUR)
        assert product.crawl()["local"]["withdrawn"] == 1
        assert revisions(product, TAKEN_DOWN) == ["text", "withdrawn"]
        assert "第4号" in text(product, TAKEN_DOWN)

        time.passes(24 * HOUR)
        site.pages[f"/a/{TAKEN_DOWN}.html"] = kept[TAKEN_DOWN]
        for number in SIX:
            site.put(f"/a/{number}.html", "", status=404)
        asked = len(site.asked)
        assert product.crawl()["local"]["revised"] == 0
        others = 3  # robots.txt, the list, and the article a day that source health asks for
        assert len(site.asked) - asked == others + len(numbers) + 1, "each page of each article once"
        assert revisions(product, TAKEN_DOWN) == ["text", "withdrawn", "back"]
        assert rows(product, "SELECT count(*) FROM revisits WHERE outcome = 'fault'") == [(len(SIX),)]
        assert {number: revisions(product, number) for number in SIX} == {key: ["text"] for key in SIX}
        assert rows(product, "SELECT count(*) FROM articles WHERE withdrawn_at IS NOT NULL") == [(0,)]
        assert visits_told(product, f"{site.url}/a/{TAKEN_DOWN}.html") == [
            "2026-11-29 13:00 missing (HTTP 410)",
            "2026-11-29 19:00 missing (HTTP 410)",
            "2026-11-30 19:00 unchanged (HTTP 304)",
        ]


WALL = (
    "<html><head><title>网站防火墙</title></head><body><div><h1>网站防火墙</h1><p>您的请求带有不合法参数，已被网站管理员设置拦截！"
    "</p><p>如何解决：检查提交内容；如网站托管，请联系空间提供商；普通网站访客，请联系网站管理员；</p></div></body></html>"
)
RULES = "为了给大家更好的阅读体验，我们调整了访问方式，请您稍后再来，给您带来的不便敬请谅解，谢谢您的支持。" * 4
REPORT = "宁波舟山港今天开出第一列双层集装箱列车，一列可以装一百零八个标准箱，运到合肥只要九个小时。" * 4


def test_a_notice_in_an_articles_place_changes_nothing_and_another_report_is_taken_when_it_is_met_again(
    tmp_path: Path,
) -> None:
    walled, noticed, noticed_too, replaced = numbers = range(1, 5)
    with SmallSite() as site:
        site.put("/robots.txt", "", status=404)
        links = (f'<li><a href="/a/{number}.html">长三角第{number}号方案今天发布</a></li>' for number in numbers)
        site.put("/list", "".join(links))
        for number in numbers:
            put(site, number, page(number))
        product = product_of(tmp_path, site)
        time = TimeOfTheTest(tmp_path / "clock", NOON)
        product.variables[TEST_VARIABLE] = str(time.path)
        product.crawl()
        fetch = (
            "INSERT INTO fetches (source, section, url, fetched_at, outcome) VALUES ('local', 'news', '', ?, 'stored')"
        )
        with closing(sqlite3.connect(product.archive.directory / "archive.sqlite")) as database, database:
            database.executemany(fetch, [(f"{NOON:%Y-%m-%d %H:%M:%S.%f}",)] * 900)
        put(site, walled, WALL)
        for number in (noticed, noticed_too):
            put(site, number, article("访问方式调整说明", body=f"<p>{RULES}</p>" * 2))
        put(site, replaced, article("双层集装箱列车开行", body=f"<p>{REPORT}</p>"))
        time.passes(HOUR)
        assert product.crawl()["local"]["revised"] == 0
        outcomes = "SELECT outcome FROM revisits ORDER BY url, visited_at"
        assert rows(product, outcomes) == [("unknown",), *[("doubtful",)] * 3]
        time.passes(6 * HOUR)
        assert product.crawl()["local"]["revised"] == 1
        assert {number: revisions(product, number) for number in numbers} == {
            walled: ["text"], noticed: ["text"], noticed_too: ["text"], replaced: ["text", "text"]
        }  # fmt: skip
        assert "宁波舟山港" in text(product, replaced)
        assert "第2号" in text(product, noticed)
        told = visits_told(product, f"{site.url}/a/{noticed}.html")[-1]
        assert told.startswith("2026-11-29 19:00 doubtful (another page came")
