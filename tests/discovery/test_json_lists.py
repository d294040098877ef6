from datetime import UTC, datetime

import pytest

from crawler.discovery import start_requests
from tests.discovery.list_pages import listing, read, urls

ITEMS = 'items = "data.list"\nitem_url = "url"\nitem_title = "title"\nitem_date = "time"'
ONE = '{"data": {"list": [{"url": "/a/1.html", "title": "长三角 一体化", "time": %s}]}}'


@pytest.mark.parametrize(
    "time",
    [
        '"2026-11-25 08:30:00"',
        '"2026年11月25日08:30"',
        '"20261125083000"',
        "1795566600",
        "1795566600000",
        '"1795566600"',
    ],
)
def test_items_have_address_title_and_date_in_any_form(time: str) -> None:
    (link,) = read(listing("json", ITEMS), ONE % time).links
    assert link.url == "https://www.example.cn/a/1.html"
    assert link.title == "长三角 一体化"
    assert link.listed_at == datetime(2026, 11, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "time",
    [
        '"11-25 08:30"',
        '"昨天"',
        "null",
        "true",
        "7",
        '"2026-13-45"',
        '"刚刚"',
        '"https://x.cn/20261125/1.html"',
        "{}",
        "1e300",
    ],
)
def test_a_date_that_is_not_certain_is_none(time: str) -> None:
    assert read(listing("json", ITEMS), ONE % time).links[0].listed_at is None


@pytest.mark.parametrize("call", ["china(%s)", " news.cb(%s);\n", "/**/jQuery123_4(%s);", "window['x'](%s)"])
def test_jsonp_is_unwrapped(call: str) -> None:
    assert len(read(listing("json", ITEMS), call % (ONE % "null")).links) == 1


def test_an_address_may_be_built_from_an_id() -> None:
    extra = "items = 'rows'\nitem_url = \"join('', ['https://www.example.cn/a/', to_string(id), '.html'])\""
    page = read(listing("json", extra), '{"rows": [{"id": 7}, {"id": "8"}, {}, null, 3, {"id": null}]}')
    assert urls(page) == ["https://www.example.cn/a/7.html", "https://www.example.cn/a/8.html"]


def test_html_inside_json_is_read_like_a_page() -> None:
    body = '{"html": ["<li><a href=\\"/a/1.html\\">一</a><i>2026-11-25</i></li>", "<a href=\\"/a/2.html\\">二</a>"]}'
    page = read(listing("json", 'html = "html"'), body)
    assert urls(page) == ["https://www.example.cn/a/1.html", "https://www.example.cn/a/2.html"]
    assert page.links[0].listed_at is not None


def test_an_offset_rises_by_the_size_of_a_page() -> None:
    url = "https://www.example.cn/api?skip={offset}&limit=15"
    record = listing("json", ITEMS + "\npage_size = 15\nmax_pages = 3", url=url)
    assert start_requests(record.sections[0])[0].url.endswith("skip=0&limit=15")
    second = read(record, ONE % "null").more[0]
    assert second.url.endswith("skip=15&limit=15")
    assert read(record, ONE % "null", request=second).more[0].url.endswith("skip=30&limit=15")


def test_json_is_asked_by_post_and_numbered_in_its_body() -> None:
    record = listing("json", ITEMS + "\njson_body = '{\"page\": {page}}'")
    (first,) = start_requests(record.sections[0])
    assert (first.method, first.body, first.content_type) == ("POST", '{"page": 1}', "application/json")
    assert read(record, ONE % "null").more[0].body == '{"page": 2}'


def test_the_text_of_an_article_may_be_json_at_another_address() -> None:
    record = listing(
        "json",
        ITEMS,
        keys="article = '/a/(?P<id>\\d+)\\.html'",
        tables='[detail]\nurl = "https://example.cn/api/detail?id={id}"\nbody = "content"',
    )
    (link,) = read(record, ONE % "null").links
    assert link.url == "https://www.example.cn/a/1.html"
    assert link.fetch_url == "https://example.cn/api/detail?id=1"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('{"code": "4003", "msg": "sign failed"}', "leads to no article; the answer: "),
        ("<html>502</html>", "not JSON, it begins: '<html>502</html>'"),
        ("", "not JSON, it begins: ''"),
        ("[" * 100_000, "not JSON"),
        ('{"data": {"list": "none"}}', "leads to no article"),
    ],
)
def test_an_error_that_comes_as_http_200_is_a_problem(body: str, message: str) -> None:
    page = read(listing("json", ITEMS), body)
    assert page.links == ()
    assert message in page.problems[0]
