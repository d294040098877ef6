"""A site that answers 200 with what is not the article - a challenge, an error, its home page - loses none by it."""

import json
from pathlib import Path
from typing import Any

import pytest

from archive.links import REFUSED_AFTER_TRIES, RETRY_AFTER
from archive.parts import PART_TRIES
from core.clock import TEST_VARIABLE
from tests.crawl.small_site import TEXT, SmallSite, article, product_of
from tests.crawl.test_revisits import NOON, rows
from tests.drills.workers import adds_up, status_adds_up
from tests.product import Product
from tests.scheduler.time_of_the_test import TimeOfTheTest

NOTICE = "为保障您的账号安全，本站已启用人机校验，请按住滑块拖动到最右边，通过以后页面会自动打开。" * 6
CHALLENGE = "<script>document.cookie='k=1';location.reload();</script>"
BLOCKS: dict[str, dict[str, Any]] = {
    "empty": {"body": ""},
    "gateway": {"body": "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>"},
    "verify": {"body": "<html><head><title>安全验证</title></head><body><p>请完成安全验证后继续访问</p></body></html>"},
    "often": {"body": "<html><body><h1>访问过于频繁</h1><p>请稍后再试</p></body></html>"},
    "script": {"body": f"<html><head>{CHALLENGE}</head><body></body></html>"},
    "login": {"body": "<html><body><h1>请先登录</h1><form><input type='password'></form></body></html>"},
    "home": {"body": "", "status": 302, "Location": "/"},
    "door": {"body": "", "status": 302, "Location": "/verify"},
    "notice": {"body": "", "status": 302, "Location": "/notice.html"},
}
"""What each article is answered at first, by the number that it has in this order."""
NUMBERS = range(1, len(BLOCKS) + 1)


def whole(number: int) -> str:
    return article(f"长三角一体化示范区第{number}号方案发布", body=f"<p>{TEXT}第{number}号。</p>" * 3)


def site_and_product(site: SmallSite, folder: Path, more: str = "") -> tuple[Product, TimeOfTheTest]:
    site.put("/robots.txt", "", status=404)
    product = product_of(folder, site, more=more)
    product.configure(crawler={"retries": 0, "revisits": False})
    time = TimeOfTheTest(folder / "clock", NOON)
    product.variables[TEST_VARIABLE] = str(time.path)
    return product, time


def put_list(site: SmallSite, numbers: Any) -> None:
    title = "长三角一体化示范区第{0}号方案发布"
    site.put("/list", "".join(f'<li><a href="/a/{each}.html">{title.format(each)}</a></li>' for each in numbers))


def states(product: Product) -> dict[str, int]:
    return dict(rows(product, "SELECT status, count(*) FROM links GROUP BY status"))


def test_what_comes_in_an_articles_place_is_a_failed_try_and_no_verdict_on_it(tmp_path: Path) -> None:
    with SmallSite() as site:
        product, time = site_and_product(site, tmp_path)
        put_list(site, NUMBERS)
        site.put("/", "".join(f'<li><a href="/a/{each}.html">首页上的第{each}条新闻标题</a></li>' for each in NUMBERS))
        site.put("/verify", "<html><body><p>请拖动滑块</p></body></html>")
        site.put("/notice.html", article("网站访问须知", body=f"<p>{NOTICE}</p>" * 3))
        for number, block in zip(NUMBERS, BLOCKS.values(), strict=True):
            site.put(f"/a/{number}.html", **block)
        figures = product.crawl(expect=(1,))["local"]
        adds_up(figures)
        assert (figures["rejected"], states(product)) == (len(BLOCKS), {"failed": len(BLOCKS)})
        assert {row["outcome"] for row in product.rows("why", f"{site.url}/a/7.html")} == {"failed"}
        status_adds_up(product)
        for number in NUMBERS:
            site.put(f"/a/{number}.html", whole(number))
        time.passes(RETRY_AFTER[0])
        figures = product.crawl()["local"]
        assert (figures["articles"], states(product)) == (len(BLOCKS), {"fetched": len(BLOCKS)})
        assert {row["title"] for row in product.articles()} == {
            f"长三角一体化示范区第{number}号方案发布" for number in NUMBERS
        }
        assert rows(product, "SELECT count(*) FROM pages") == [(2 * len(BLOCKS),)], "what was answered is kept"


def test_a_page_that_never_comes_is_given_up_and_named_and_another_kind_of_page_is_asked_for_once(
    tmp_path: Path,
) -> None:
    gallery = "".join(f'<p><img src="/{each}.jpg"></p><p>{each}/9</p>' for each in range(1, 10))
    links = "".join(f'<li><a href="/a/{each}.html">首页上的第{each}条新闻的标题</a></li>' for each in range(20, 40))
    with SmallSite() as site:
        product, time = site_and_product(site, tmp_path)
        put_list(site, range(1, 4))
        site.put("/a/1.html", "")
        site.put("/a/2.html", article("组图：示范区的春天", body=gallery))
        site.put("/a/3.html", f"<html><head><title>新闻列表</title></head><body><ul>{links}</ul></body></html>")
        product.crawl(expect=(1,))
        assert states(product) == {"failed": 1, "fetched": 2}
        time.passes(RETRY_AFTER[0])
        product.crawl(expect=(0, 1))
        rows(product, f"UPDATE links SET tries = {len(RETRY_AFTER)} WHERE status = 'failed'")
        time.passes(RETRY_AFTER[1])
        product.crawl(expect=(0, 1))
        assert states(product) == {"gone": 1, "fetched": 2}
        (told,) = [row for row in product.rows("status", expect=(0, 1)) if row.get("what", "").startswith("link")]
        assert told["where"] == f"{site.url}/a/1.html"
        assert "empty" in json.dumps(told)
        assert [site.asked.count(f"/a/{number}.html") for number in (1, 2, 3)] == [3, 1, 1]


def test_a_link_that_leads_off_the_hosts_is_tried_for_a_day(tmp_path: Path) -> None:
    with SmallSite() as site:
        product, time = site_and_product(site, tmp_path)
        put_list(site, (1, 2))
        for number in (1, 2):
            site.put(f"/a/{number}.html", "", status=302, Location="http://192.0.2.1/block.html")
        figures = product.crawl(expect=(0, 1))["local"]
        assert (figures["refused"], states(product)) == (2, {"failed": 2})
        site.put("/a/1.html", whole(1))
        rows(product, f"UPDATE links SET tries = {REFUSED_AFTER_TRIES - 1}")
        time.passes(RETRY_AFTER[0])
        product.crawl()
        assert states(product) == {"fetched": 1, "refused": 1}
        assert [row["url"] for row in product.articles()] == [f"{site.url}/a/1.html"]


def test_a_redirect_to_the_articles_new_address_is_followed(tmp_path: Path) -> None:
    with SmallSite() as site:
        product, _ = site_and_product(site, tmp_path)
        put_list(site, (1,))
        site.put("/a/1.html", "", status=302, Location="/new/1")
        site.put("/new/1", whole(1))
        assert product.crawl()["local"]["articles"] == 1


def test_a_challenge_on_the_second_page_is_waited_for_and_never_joined(tmp_path: Path) -> None:
    pager = '<div class="pager"><span>1</span> <a href="/a/1_2.html">2</a></div>'
    second = "第二页写着：芜湖的馆长说，开通第一天就有三百多人来问，最多的问题是儿童绘本能不能也这样还。"
    with SmallSite() as site:
        product, time = site_and_product(site, tmp_path)
        put_list(site, (1,))
        site.put("/a/1.html", whole(1).replace('<div class="bottom">', f'{pager}<div class="bottom">'))
        site.put("/a/1_2.html", **BLOCKS["verify"])
        figures = product.crawl(expect=(0, 1))["local"]
        adds_up(figures)
        assert (product.articles(), states(product)) == ([], {"fetched": 1, "failed": 1})
        rows(product, f"UPDATE links SET tries = {PART_TRIES - 1} WHERE status = 'failed'")
        time.passes(RETRY_AFTER[1])
        adds_up(product.crawl(expect=(0, 1))["local"])
        ((doubt,),) = rows(product, "SELECT doubtful FROM articles")
        assert "page 2 of 2 is missing" in doubt
        site.put("/a/1_2.html", article("长三角一体化示范区第1号方案发布", body=f"<p>{second}</p>{pager}"))
        time.passes(RETRY_AFTER[2])
        adds_up(product.crawl()["local"])
        assert rows(product, "SELECT body LIKE ?, doubtful FROM articles".replace("?", f"'%{second}%'")) == [(1, None)]
        site.put("/a/1_2.html", **BLOCKS["verify"])
        product.crawl("--url", f"{site.url}/a/1.html")
        rows(product, f"UPDATE links SET tries = {PART_TRIES - 1} WHERE status = 'failed'")
        time.passes(RETRY_AFTER[1])
        product.crawl(expect=(0, 1))
        (told,) = product.articles()
        assert second in told["body"], "the page that came before is kept"


@pytest.mark.parametrize("answer", [{"code": 500, "data": None}, {"code": 0, "data": {"title": "示范区", "text": ""}}])
def test_a_detail_without_text_is_a_failed_try(tmp_path: Path, answer: dict[str, Any]) -> None:
    with SmallSite() as site:
        more = f'[detail]\nurl = "{site.url}/api?id={{id}}"\nbody = "data.text"\ntitle = "data.title"\n'
        product, time = site_and_product(site, tmp_path, more)
        put_list(site, (1,))
        site.put("/api?id=1", json.dumps(answer), Content_Type="application/json")
        product.crawl(expect=(1,))
        assert states(product) == {"failed": 1}
        text = {"title": "长三角一体化示范区第1号方案发布", "text": f"<p>{TEXT}</p><p>第1号。{TEXT}</p>"}
        site.put("/api?id=1", json.dumps({"code": 0, "data": text}), Content_Type="application/json")
        time.passes(RETRY_AFTER[0])
        assert product.crawl()["local"]["articles"] == 1


def test_a_challenge_that_a_killed_crawl_left_unread_is_a_failed_try_too(tmp_path: Path) -> None:
    with SmallSite() as site:
        product, time = site_and_product(site, tmp_path)
        put_list(site, (1,))
        site.put("/a/1.html", **BLOCKS["verify"])
        product.crawl(expect=(1,))
        # As a crawl leaves it that was killed between storing the page and reading it.
        rows(product, "UPDATE pages SET extracted_at = NULL, verdict = NULL, reason = NULL")
        rows(product, "UPDATE links SET status = 'fetched', tries = 0, next_try_at = NULL, error = NULL")
        assert [row["state"] for row in product.rows("pages", "retry")] == ["rejected"]
        assert states(product) == {"failed": 1}
        site.put("/a/1.html", whole(1))
        time.passes(RETRY_AFTER[0])
        assert product.crawl()["local"]["articles"] == 1


def test_reading_the_stored_pages_again_takes_the_article_and_no_notice(tmp_path: Path) -> None:
    with SmallSite() as site:
        product, _ = site_and_product(site, tmp_path)
        put_list(site, (1, 2))
        site.put("/a/1.html", whole(1))
        site.put("/a/2.html", "", status=302, Location="/notice.html")
        site.put("/notice.html", article("网站访问须知", body=f"<p>{NOTICE}</p>" * 3))
        product.crawl()
        assert states(product) == {"fetched": 1, "failed": 1}
        # As if an older extraction had found nothing in the first page.
        rows(product, "DELETE FROM revisions")
        rows(product, "DELETE FROM articles")
        rows(product, "UPDATE pages SET verdict = 'empty' WHERE verdict = 'article'")
        failed = "status = 'failed', tries = 1, error = 'empty', error_at = found_at, next_try_at = found_at"
        rows(product, f"UPDATE links SET {failed} WHERE status = 'fetched'")
        product.run("reextract")
        assert [row["url"] for row in product.articles()] == [f"{site.url}/a/1.html"]
        assert rows(product, "SELECT url, status FROM links ORDER BY url") == [
            (f"{site.url}/a/1.html", "fetched"),
            (f"{site.url}/a/2.html", "failed"),
        ]
