"""Every search as Atom and as JSON Feed: read by feedparser without a fault, held to the rules of both formats."""

import json
import re
from datetime import datetime

import feedparser
import httpx
import pytest
from lxml import etree

from tests.web.newsroom import RAILWAY, RAILWAY_TEXT

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
SEARCH = {"q": "长三角", "by": "story"}


def test_a_reader_reads_atom_without_a_fault(reader: httpx.Client) -> None:
    response = reader.get("/feed.atom", params=SEARCH)
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(response.content)
    assert not read.bozo
    assert read.version == "atom10"
    assert read.feed.title == "长三角新闻：长三角"
    first = read.entries[0]
    assert (first.title, first.author, first.content[0].value) == (RAILWAY, "荔枝网", RAILWAY_TEXT)
    assert (first.content[0].type, [tag.term for tag in first.tags]) == ("text/plain", ["交通互联"])
    assert len(read.entries) == 4


@pytest.mark.parametrize("query", [SEARCH, {}, {"q": "鑫鑫鑫"}, {"topic": "<i>主题"}])
def test_atom_keeps_the_rules_of_rfc_4287(reader: httpx.Client, query: dict[str, str]) -> None:
    root = etree.fromstring(reader.get("/feed.atom", params=query).content)
    assert root.tag == f"{ATOM}feed"
    selves = root.findall(f"{ATOM}link[@rel='self']")
    assert [one.get("href") for one in selves] == [str(reader.get("/feed.atom", params=query).url)]
    for holder in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = holder.findall(f"{ATOM}{name}")
            assert found.text
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", holder.findtext(f"{ATOM}id") or "")
        assert RFC_3339.fullmatch(holder.findtext(f"{ATOM}updated") or "")
        assert len(holder.findall(f"{ATOM}link[@rel='alternate']")) == 1
    for entry in root.findall(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}author/{ATOM}name")
        assert RFC_3339.fullmatch(entry.findtext(f"{ATOM}published") or "")
        assert entry.find(f"{ATOM}content").get("type", "text") == "text"
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))


def test_json_feed_keeps_the_rules_of_1_1(reader: httpx.Client) -> None:
    response = reader.get("/feed.json", params=SEARCH)
    assert response.headers["content-type"].startswith("application/feed+json")
    feed = json.loads(response.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == str(response.url)
    assert httpx.get(feed["home_page_url"]).status_code == 200
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["content_text"]
        assert RFC_3339.fullmatch(item["date_published"])
        assert datetime.fromisoformat(item["date_modified"])
        assert [set(author) for author in item["authors"]] == [{"name"}]
        assert httpx.get(item["url"]).status_code == 200
    assert feed["items"][0]["external_url"] == "https://jstv.example/202611201000.html"
    assert not any("javascript" in item.get("external_url", "") for item in feed["items"])


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.json"])
def test_what_a_reader_has_already_is_not_sent_again(reader: httpx.Client, path: str) -> None:
    first = reader.get(path, params=SEARCH)
    tag, date = first.headers["etag"], first.headers["last-modified"]
    for headers in ({"If-None-Match": tag}, {"If-None-Match": f'"x", W/{tag}'}, {"If-Modified-Since": date}):
        again = reader.get(path, params=SEARCH, headers=headers)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    old = "Sat, 01 Jan 2000 00:00:00 GMT"
    for headers in ({"If-None-Match": '"x"', "If-Modified-Since": date}, {"If-Modified-Since": old}):
        assert reader.get(path, params=SEARCH, headers=headers).status_code == 200
    assert reader.get(path, params=SEARCH, headers={"If-Modified-Since": "yesterday"}).status_code == 200


def test_the_events_feed_has_one_entry_an_event_and_a_wrong_search_is_told(reader: httpx.Client) -> None:
    assert len(feedparser.parse(reader.get("/feed.atom", params={"q": "铁路"}).content).entries) == 1
    wrong = reader.get("/feed.atom", params={"q": "(长"})
    assert wrong.status_code == 400
    assert "括号没有成对" in wrong.text
