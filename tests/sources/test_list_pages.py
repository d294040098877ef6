"""What `sources add` makes of list pages in the style of real sites: the pattern of their articles, no wider."""

import asyncio
import re
from datetime import UTC, date, datetime

import pytest

from archive.warc import RawPage
from crawler.checking.draft import Draft, draft_source
from crawler.sources.model import ListRequest
from tests.crawl.small_site import article
from tests.sources.list_page_cases import SEEN, UNSEEN, Case, page


def draft(url: str, pages: dict[str, str]) -> Draft:
    """Return the draft of a page among pages; every other address is an article."""

    async def fetch(what: str | ListRequest) -> RawPage:
        address = what if isinstance(what, str) else what.url
        missing = address.endswith("/robots.txt") and address not in pages
        body = pages.get(address, article("长三角一体化示范区发布新一批制度创新成果"))
        return RawPage(address, 404 if missing else 200, (), body.encode(), datetime(2026, 11, 28, tzinfo=UTC))

    return asyncio.run(draft_source(url, fetch, today=date(2026, 11, 28)))


def pattern_of(made: Draft) -> str:
    found = re.search(r"^article = (?:'(.*)'|\"(.*)\")$", made.text, re.MULTILINE)
    assert found is not None
    return found[1] or found[2].replace("\\\\", "\\")


@pytest.mark.parametrize("case", [*SEEN, *UNSEEN], ids=lambda case: case.name)
def test_the_pattern_of_a_draft_matches_the_articles_and_nothing_else(case: Case) -> None:
    pattern = pattern_of(draft(case.url, {case.url: case.body}))
    assert [url for url in (*case.articles, *case.unlisted) if not re.search(pattern, url)] == []
    assert [url for url in case.others if re.search(pattern, url)] == []


HOME = "https://www.shili.cn/"
FEED = """<rss version="2.0"><channel><title>示例网</title>
<item><title>长三角一体化示范区发布新一批制度创新成果</title><link>https://www.shili.cn/c/2026-11-20/1001.shtml</link></item>
<item><title>沪苏湖高铁开通两周年累计发送旅客再创新高</title><link>https://www.shili.cn/c/2026-11-20/1002.shtml</link></item>
<item><title>三省一市签署公共服务便利共享合作协议</title><link>https://www.shili.cn/c/2026-11-19/1003.shtml</link></item>
</channel></rss>"""
MAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://www.shili.cn/c/2026-11-20/1001.shtml</loc></url>
<url><loc>https://www.shili.cn/c/2026-11-20/1002.shtml</loc></url>
<url><loc>https://www.shili.cn/c/2026-11-19/1003.shtml</loc></url></urlset>"""
NAMED = '<link rel="alternate" type="application/rss+xml" href="/rss/news.xml">'
ROWS = [f"/c/2026-11-20/{number}.shtml" for number in range(1001, 1005)]


def test_of_a_home_page_the_feed_that_it_names_is_taken() -> None:
    home = page(ROWS).replace("</head>", f"{NAMED}</head>")
    made = draft(HOME, {HOME: home, f"{HOME}rss/news.xml": FEED})
    assert made.remarks == ("taken: a feed that the page names, https://www.shili.cn/rss/news.xml",)
    assert 'kind = "feed"' in made.text
    assert 'urls = ["https://www.shili.cn/rss/news.xml"]' in made.text
    assert pattern_of(made) == r"^https?://www\.shili\.cn/c/\d{4}-\d{2}-\d{2}/\d{4}\.shtml$"


def test_of_a_list_that_was_named_itself_a_feed_is_only_told() -> None:
    url = f"{HOME}c/"
    made = draft(url, {url: page(ROWS).replace("</head>", f"{NAMED}</head>"), f"{HOME}rss/news.xml": FEED})
    (remark,) = made.remarks
    assert remark.startswith("not taken, for the page lists articles itself: a feed")
    assert 'kind = "html"' in made.text


def test_a_feed_that_names_nothing_is_not_taken() -> None:
    empty = "<rss version='2.0'><channel><title>示例网</title></channel></rss>"
    made = draft(HOME, {HOME: page(ROWS).replace("</head>", f"{NAMED}</head>"), f"{HOME}rss/news.xml": empty})
    assert made.remarks[-1] == "taken: the page itself"
    assert "it names 0 articles" in made.remarks[0]


def test_the_json_that_fills_a_page_is_taken() -> None:
    case = next(case for case in SEEN if "ds_" in case.name)
    number = case.url.rsplit("ds_", 1)[1].removesuffix(".json")
    url = "https://js.shili.cn/index.htm"
    made = draft(url, {url: page([]).replace("<ul>", f'<ul data="datasource:{number}">'), case.url: case.body})
    assert made.remarks == (f"taken: the JSON beside the page that fills it, {case.url}",)
    for line in (
        'items = "datasource"',
        'item_url = "publishUrl"',
        'item_title = "title"',
        'item_date = "publishTime"',
    ):
        assert line in made.text


def test_a_sitemap_of_robots_txt_is_taken_where_nothing_else_is() -> None:
    robots = f"User-agent: *\nSitemap: {HOME}map.xml\n"
    made = draft(HOME, {HOME: page([]), f"{HOME}robots.txt": robots, f"{HOME}map.xml": MAP})
    assert made.remarks == ("taken: a sitemap that robots.txt names, https://www.shili.cn/map.xml",)
    assert 'kind = "sitemap"' in made.text


def test_the_paging_is_drafted() -> None:
    url = f"{HOME}c/"
    made = draft(url, {url: page(ROWS, after='<script>createPageHTML(9, 0, "index", "shtml");</script>')})
    assert 'pages = "https://www.shili.cn/c/index_{page}.shtml"' in made.text
    assert "first_page = 0" in made.text
    case = next(case for case in UNSEEN if "Nuxt" in case.name)
    assert 'urls = ["https://api.shili.cn/column/list?page={page}"]' in draft(case.url, {case.url: case.body}).text
