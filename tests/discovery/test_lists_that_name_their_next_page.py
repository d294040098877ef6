"""Lists whose next page is named by a value of the answer, lists of several parts, and what a list is asked with."""

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.discovery import read_list, start_requests
from crawler.discovery.model import ListPage
from crawler.sources.model import ListRequest, Source
from tests.discovery.list_pages import answer, listing, read, urls

ITEMS = 'items = "list"\nitem_url = "url"\ncursor = "hasNext && startTime"\ncursor_field = "startTime"'
BODY = 'json_body = \'{"nodeId":25491,"pageSize":20}\''
REFERER = 'headers = { Referer = "https://www.example.cn/", Accept = "application/json" }'


def page(record: Source, start_time: object, *, more: object = True, request: ListRequest | None = None) -> ListPage:
    text = json.dumps({"hasNext": more, "startTime": start_time, "list": [{"url": "/a/1.html"}]})
    return read(record, text, request=request)


@pytest.mark.parametrize("start_time", [1795133700000, "1795133700000"])
def test_the_value_goes_into_the_json_of_the_next_request_as_it_came(start_time: object) -> None:
    record = listing("json", f"{ITEMS}\n{BODY}\n{REFERER}")
    (more,) = page(record, start_time).more
    assert json.loads(more.body) == {"nodeId": 25491, "pageSize": 20, "startTime": start_time}
    assert (more.method, more.page, more.content_type) == ("POST", 2, "application/json")
    assert more.headers == {"Referer": "https://www.example.cn/", "Accept": "application/json"}


def test_the_value_goes_into_a_form_or_else_into_the_query() -> None:
    form = listing("json", f'{ITEMS}\nform = {{ node = "7" }}')
    (more,) = page(form, 5).more
    assert parse_qs(more.body) == {"node": ["7"], "startTime": ["5"]}
    query = listing("json", ITEMS, url="https://www.example.cn/api?node=7&startTime=9")
    (more,) = page(query, 5).more
    assert parse_qs(urlsplit(more.url).query) == {"node": ["7"], "startTime": ["5"]}


@pytest.mark.parametrize(
    ("start_time", "more"), [(5, False), (None, True), ("", True), (True, True), ([5], True), ({}, True)]
)
def test_a_list_without_a_value_has_ended(start_time: object, more: object) -> None:
    assert page(listing("json", f"{ITEMS}\n{BODY}"), start_time, more=more).more == ()


def test_a_list_goes_no_further_than_its_most_pages() -> None:
    record = listing("json", f"{ITEMS}\n{BODY}\nmax_pages = 3")
    requests = [start_requests(record.sections[0])[0]]
    while more := page(record, len(requests), request=requests[-1]).more:
        requests += more
    assert [json.loads(request.body).get("startTime") for request in requests] == [None, 1, 2]


DAY = date(2026, 11, 28)
PAPER = "parts = '/(?:index|node_\\d+)\\.htm$'"
INDEX = (
    '<a href="node_3.htm">第01版：要闻头条新闻</a><a href="node_5.htm">第02版：长三角一体化</a>'
    '<a href="../27/node_3.htm">上一期的头版要闻</a><a href="https://other.cn/28/node_9.htm">别家的第九版要闻</a>'
)


def paper() -> Source:
    return listing("html", PAPER, url="https://www.example.cn/{date:%Y-%m/%d}/index.htm")


def part(record: Source, html: str, request: ListRequest) -> ListPage:
    return read_list(record, record.sections[0], request, answer(request.url, html.encode()))


def test_an_index_names_the_parts_of_its_own_day_and_no_article() -> None:
    record = paper()
    (request,) = start_requests(record.sections[0], DAY)
    found = part(record, INDEX, request)
    folder = "https://www.example.cn/2026-11/28"
    assert [more.url for more in found.more] == [f"{folder}/node_3.htm", f"{folder}/node_5.htm"]
    assert {more.day for more in found.more} == {DAY}
    assert (found.links, found.problems) == ((), ())


def test_a_part_has_articles_or_none_and_names_no_further_parts() -> None:
    record = paper()
    request = part(record, INDEX, start_requests(record.sections[0], DAY)[0]).more[0]
    found = part(record, INDEX + '<a href="/a/1.html">长三角一体化示范区</a>', request)
    assert urls(found) == ["https://www.example.cn/a/1.html"]
    assert found.more == ()
    advertisement = part(record, INDEX + '<a href="index.htm">返回今天的报纸目录</a>', request)
    assert (advertisement.links, advertisement.more, advertisement.problems) == ((), (), ())


def test_articles_on_the_index_itself_are_found_with_its_parts() -> None:
    record = paper()
    (request,) = start_requests(record.sections[0], DAY)
    found = part(record, INDEX + '<a href="/a/1.html">长三角一体化示范区</a>', request)
    assert urls(found) == ["https://www.example.cn/a/1.html"]
    assert len(found.more) == 2


def test_articles_of_a_part_with_other_addresses_are_guessed_and_it_is_said() -> None:
    record = paper()
    request = part(record, INDEX, start_requests(record.sections[0], DAY)[0]).more[0]
    found = part(record, INDEX + '<a href="content_3842846.htm">长三角一体化示范区新政</a>', request)
    assert urls(found) == ["https://www.example.cn/2026-11/28/content_3842846.htm"]
    assert found.problems[0].startswith("degraded:")
