from datetime import UTC, datetime

import pytest

from crawler.discovery import start_requests
from crawler.sources.model import ListRequest
from tests.discovery.list_pages import BASE, listing, read, urls

PAGE = """<html><body>
<!-- <li><a href="/a/666.html">comment</a></li> -->
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/about.html">关于我们</a></li></ul>
<ul class="list">
  <li><a href="/a/3.html"><img src="x.jpg" alt="图"></a><a href="/a/3.html">长三角一体化示范区发布新成果</a>
      <span>2026-11-25 08:30</span></li>
  <li><a href="../a/2.html" title="安徽携手沪苏浙共建科创共同体">安徽携手沪苏…</a><i>2026年11月24日</i></li>
  <li><a href="http://spam.example.com/a/9.html">点击领取</a></li>
  <li><a href="javascript:void(0)">无</a><a>无</a><a href="http://[bad">坏</a></li>
  <li><a href="https://example.cn/a/1.html#top">轨道上的长三角</a><i>11-23</i></li>
</ul>
<div class="hot"><a href="/a/77.html">往期热点</a></div>
</body></html>"""


def test_articles_come_once_in_the_lists_order_with_headline_and_date() -> None:
    page = read(listing("html"), PAGE)
    assert [(link.url, link.title, link.listed_at) for link in page.links] == [
        (
            "https://www.example.cn/a/3.html",
            "长三角一体化示范区发布新成果",
            datetime(2026, 11, 25, 0, 30, tzinfo=UTC),
        ),
        ("https://www.example.cn/a/2.html", "安徽携手沪苏浙共建科创共同体", datetime(2026, 11, 23, 16, tzinfo=UTC)),
        ("https://example.cn/a/1.html#top", "轨道上的长三角", None),
        ("https://www.example.cn/a/77.html", "往期热点", None),
    ]
    assert page.problems == ()


def test_a_region_keeps_what_stands_beside_the_list_out() -> None:
    page = read(listing("html", 'region = ["ul.gone", "ul.list"]'), PAGE)
    assert "https://www.example.cn/a/77.html" not in urls(page)
    assert len(page.links) == 3


def test_the_date_is_read_where_the_section_says() -> None:
    body = '<li><a href="/a/1.html">一</a><b>2020-01-01</b><span class="t">2026-11-25</span></li>'
    page = read(listing("html", 'region = ["li"]\ndate = "span.t"'), body)
    assert page.links[0].listed_at == datetime(2026, 11, 24, 16, tzinfo=UTC)


def test_relative_links_start_from_the_pages_base() -> None:
    page = read(listing("html"), '<base href="https://example.cn/x/"><a href="a/5.html">五</a>')
    assert urls(page) == ["https://example.cn/x/a/5.html"]


def test_a_section_has_a_pattern_of_its_own() -> None:
    page = read(listing("html", "article = '/about'"), PAGE)
    assert urls(page) == ["https://www.example.cn/about.html"]


@pytest.mark.parametrize("declared", [True, False])
def test_headlines_of_a_gb2312_page_are_readable(declared: bool) -> None:
    body = '<a href="/a/1.html">长三角一体化发展座谈会在合肥召开，沪苏浙皖主要负责同志出席</a>'.encode("gb18030")
    page = read(listing("html"), body, content_type="text/html; charset=gb2312" if declared else "text/html")
    assert page.links[0].title.startswith("长三角一体化发展座谈会")


def test_numbered_pages_go_on_up_to_their_bound_and_end_with_an_empty_one() -> None:
    record = listing("html", 'pages = "{url}list_{page}.html"\nmax_pages = 3')
    second = read(record, PAGE).more[0]
    assert second == ListRequest(url=BASE + "list_2.html", page=2)
    third = read(record, PAGE, request=second).more[0]
    assert third.url == BASE + "list_3.html"
    assert read(record, PAGE, request=third).more == ()
    end = read(record, "<p>没有了</p>", request=second)
    assert (end.links, end.more, end.problems) == ((), (), ())


def test_the_second_page_may_be_called_one() -> None:
    record = listing("html", 'pages = "{url}index_{page}.html"\nfirst_page = 0')
    assert read(record, PAGE).more[0].url == BASE + "index_1.html"


@pytest.mark.parametrize(
    ("extra", "body"),
    [
        ("", '<a href="?p=2">下一页</a>'),
        ("", '<link rel="next" href="?p=2">'),
        ('next = ".pager .fwd"', '<a href="?p=9">下一页</a><div class="pager"><a class="fwd" href="?p=2"></a></div>'),
    ],
)
def test_a_next_link_is_followed_where_pages_have_no_numbers(extra: str, body: str) -> None:
    record = listing("html", extra)
    more = read(record, PAGE + body).more
    assert more == (ListRequest(url=BASE + "?p=2", page=2),)
    last = ListRequest(url=BASE + "?p=3", page=record.sections[0].max_pages)
    assert read(record, PAGE + body, request=last).more == ()


def test_a_next_link_to_the_same_page_or_another_site_is_not_followed() -> None:
    assert read(listing("html"), PAGE + '<a href="#2">下一页</a><a href="http://evil.cn/2">下一页</a>').more == ()


def test_a_search_asks_each_word_percent_encoded_and_pages_it() -> None:
    record = listing("html", 'words = ["长三角", "沪苏 浙皖"]', url="https://www.example.cn/s?q={word}&p={page}")
    first, second = start_requests(record.sections[0])
    assert first.url == "https://www.example.cn/s?q=%E9%95%BF%E4%B8%89%E8%A7%92&p=1"
    assert second.url == "https://www.example.cn/s?q=%E6%B2%AA%E8%8B%8F%20%E6%B5%99%E7%9A%96&p=1"
    more = read(record, PAGE, request=second).more
    assert more[0].url == "https://www.example.cn/s?q=%E6%B2%AA%E8%8B%8F%20%E6%B5%99%E7%9A%96&p=2"


def test_a_search_by_post_goes_on_by_get_where_its_section_says_so() -> None:
    url = "https://www.example.cn/search"
    extra = f'form = {{ text = "{{word}}" }}\nwords = ["长三角"]\npages = "{url}?text={{word}}&page={{page}}"'
    record = listing("html", extra, url=url)
    first = start_requests(record.sections[0])[0]
    assert (first.method, first.url) == ("POST", url)
    assert first.body == "text=%E9%95%BF%E4%B8%89%E8%A7%92"
    assert first.content_type == "application/x-www-form-urlencoded"
    more = read(record, PAGE).more[0]
    assert more == ListRequest(url=url + "?text=%E9%95%BF%E4%B8%89%E8%A7%92&page=2", page=2)


def test_a_form_may_number_its_pages_itself() -> None:
    extra = 'form = { text = "{word}", p = "{page}" }\nwords = ["长三角"]'
    record = listing("html", extra, url="https://www.example.cn/search")
    more = read(record, PAGE).more[0]
    assert (more.method, more.body, more.page) == ("POST", "text=%E9%95%BF%E4%B8%89%E8%A7%92&p=2", 2)


def test_only_the_broadest_query_word_must_have_hits() -> None:
    record = listing("html", 'words = ["长三角", "环太湖科创圈"]', url="https://www.example.cn/s?q={word}")
    broad, narrow = start_requests(record.sections[0])
    assert read(record, "<p>没有结果</p>", request=broad).problems
    assert read(record, "<p>没有结果</p>", request=narrow).problems == ()


@pytest.mark.parametrize("behind", ["", "?spm=C1.2", "?utm_source=weixin&from=app", "#comments", "?spm=1#top"])
def test_what_a_link_carries_beside_its_article_is_none_of_the_pattern(behind: str) -> None:
    record = listing("html", keys=r"article = '/a/\d+\.html$'")
    page = read(
        record, f'<a href="/a/1.html{behind}">长三角一体化示范区发布新成果</a><a href="/a/1.html?page=2">二</a>'
    )
    assert (len(page.links), page.problems) == (1, ())


@pytest.mark.parametrize(("encoding", "query"), [("gbk", "%B3%A4%BD%AD"), ("utf-8", "长江"), ("utf-16", "长江")])
def test_the_query_of_a_link_is_sent_in_the_encoding_of_its_page(encoding: str, query: str) -> None:
    record = listing("html", keys=r"article = '/栏目/show\?'")
    link = '<a href="/栏目/show?t=长江&amp;id=1#第一段">长三角一体化示范区发布新成果</a>'
    body = f"<meta charset={encoding}>{link}".encode(encoding, "xmlcharrefreplace")
    (found,) = read(record, body).links
    assert found.url == f"https://www.example.cn/栏目/show?t={query}&id=1#第一段"


def test_the_first_base_that_names_an_address_is_what_links_start_from() -> None:
    head = '<base target="_blank"><base href="/sub/"><base href="/other/">'
    page = read(listing("html"), f'<head>{head}</head><a href="a/1.html">长三角一体化示范区发布新成果</a>')
    assert urls(page) == ["https://www.example.cn/sub/a/1.html"]


def test_of_a_page_of_thousands_of_links_articles_are_counted_first_and_what_is_left_is_said() -> None:
    menu = "".join(f"<a href='/c/{number}/'>栏目</a>" for number in range(2_500))
    items = "".join(f"<li><a href='/a/{number}.html'>第{number}批统一标准</a></li>" for number in range(2_100))
    page = read(listing("html"), f"{menu}<ul>{items[: items.index('/a/5.html')]}'></a></li></ul>")
    assert ([url[-6:] for url in urls(page)], page.problems) == ([f"{number}.html" for number in range(5)], ())
    page = read(listing("html"), f"{menu}<ul>{items}</ul>")
    assert (len(page.links), page.links[-1].title) == (2_000, "第1999批统一标准")
    assert page.problems == ("cut off: of its 4,600 links only 2,000 are read",)
