"""Whatever a server sends, what is read of it is bounded, nothing is raised and nothing leads to another site."""

import gzip
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery import read_list
from crawler.discovery.feed import MAX_BYTES, MAX_TAGS
from crawler.discovery.own_links import MAX_LINKS
from crawler.sources.loader import load_sources
from crawler.sources.model import ListRequest, Source
from tests.discovery.list_pages import BASE, answer, listing, read

KINDS = {
    "html": listing("html", 'region = ["li", "div"]\ndate = "span"'),
    "feed": listing("feed"),
    "sitemap": listing("sitemap"),
    "json": listing("json", 'items = "[] || data.list"\nitem_url = "join(\'/\', [\'a\', url])"\nitem_date = "time"'),
    "html in json": listing("json", 'html = "html"'),
}

FRAGMENTS = """
    <li> </li> <a~href=' /a/1.html '> </a> <base~href='http://[ <url> <loc> <rss> <item> <link> { } [ ] "data"
    "list" : , "url" "html" cb( ); &#0; &lt; <!-- <?xml~version='1.0'~encoding='utf-16'?> \ud800 \ufeff 1e999
    2026-99-99 99999999999999999999999999999999 <!DOCTYPE~a~[ http://example.cn:99999/a/1.html
    //evil.cn/a/1.html http://evil.cn\\.example.cn/a/1.html
"""
PIECES = st.sampled_from(FRAGMENTS.split()).map(lambda piece: piece.replace("~", " "))
BODIES = st.binary(max_size=300) | st.lists(PIECES, max_size=30).map(
    lambda pieces: "".join(pieces).encode("utf-8", "surrogatepass")
)
HEADERS = st.none() | st.sampled_from(
    ["text/html; charset=utf-7", "application/json", "text/html; charset=\x00", "x" * 99]
)


@pytest.mark.parametrize("kind", KINDS)
@given(body=BODIES, content_type=HEADERS, page=st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_nothing_is_raised_and_every_link_is_the_sources_own(
    kind: str, body: bytes, content_type: str | None, page: int
) -> None:
    record: Source = KINDS[kind]
    found = read_list(record, record.sections[0], ListRequest(url=BASE, page=page), answer(BASE, body, content_type))
    assert all(record.owns(link.url) for link in found.links)
    assert all(record.owns(request.url) and request.page == page + 1 for request in found.more)


TRAPS = {
    "deep": "<div><li>" * 50_000 + "<a href=/a/1.html>x",
    "many links": "<ul>" + "".join(f"<li><a href=/a/{n}.html>长三角一体化</a>" for n in range(60_000)),
    "one item": "<li>" + "<a href=/a/1.html>x</a>" * 60_000,
    "long address": f"<a href=/{'a' * 1_900}.html>长三角一体化示范区</a>" * 1_500,
    "digits": "<li><a href=/a/1.html>x</a>" + "2026-" * 200_000,
    "brackets": "cb(" + ")  " * 200_000 + "x",
    "blanks": "<a href=/a/1.html>" + " " * 2_000_000 + "x</a>",
}


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_trap_gives_no_more_links_than_a_list_may_have(kind: str, trap: str) -> None:
    assert len(read(KINDS[kind], TRAPS[trap]).links) <= MAX_LINKS


SWOLLEN = {
    "nested": b"<rss><channel>" + b"<a>" * 800_000,
    "nested in an item": b"<rss><channel><item>" + b"<div><li>" * 260_000,
    "a million empty items": b"<rss><channel>" + b"<item></item>" * 1_000_000,
    "references": b"<rss><channel><item><title>" + b"&#55357;" * 1_000_000,
    "entries": b"<urlset>" + b"<url/>" * 1_000_000,
    "of nothing": b"<urlset>" + b"<a/>" * 1_500_000,
}


@pytest.mark.parametrize("trap", SWOLLEN)
def test_of_a_feed_the_parser_is_given_no_more_than_it_can_take(trap: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[bytes] = []
    parse = feedparser.parse

    def watched(stream: Any, **options: Any) -> Any:
        given.append(stream.read())
        stream.seek(0)
        return parse(stream, **options)

    monkeypatch.setattr(feedparser, "parse", watched)
    page = read(KINDS["feed"], SWOLLEN[trap])
    assert page.problems[0].startswith("cut off: only its first ")
    assert [(len(body) <= MAX_BYTES, body.count(b"<") <= MAX_TAGS) for body in given] == [(True, True)]


def test_the_first_articles_of_a_feed_that_is_too_long_are_found_and_the_rest_is_told() -> None:
    item = "<item><title>长三角 {0}</title><link>https://www.example.cn/a/{0}.html</link></item>"
    body = "<rss><channel>" + "".join(item.format(number) for number in range(20_000)) + "</channel></rss>"
    page = read(KINDS["feed"], body)
    assert [link.url for link in page.links] == [
        f"https://www.example.cn/a/{number}.html" for number in range(MAX_LINKS)
    ]
    assert page.problems == ("cut off: only its first 50,000 tags are read",)


def test_a_feed_of_whole_articles_is_read_to_its_end() -> None:
    text = "<p>长三角一体化示范区</p><br>" * 60
    item = "<item><title>长三角</title><link>https://www.example.cn/a/{}.html</link><description><![CDATA[{}]]></description></item>"
    body = "<rss><channel>" + "".join(item.format(number, text) for number in range(200)) + "</channel></rss>"
    page = read(KINDS["feed"], body)
    assert (len(page.links), page.problems) == (200, ())


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_sitemap_of_too_many_tags_or_entries_is_read_as_far_as_is_said(pack: Any) -> None:
    first = b"<urlset><url><loc>https://www.example.cn/a/1.html</loc></url>"
    swollen = read(KINDS["sitemap"], pack(first + b"<a/>" * 1_500_000))
    assert [link.url for link in swollen.links] == ["https://www.example.cn/a/1.html"]
    assert swollen.problems == ("cut off: only its first 1,000,000 tags are read",)
    many = read(KINDS["sitemap"], pack(first + b"<url/>" * 60_000 + b"</urlset>"))
    assert many.problems == ("cut off: only its first 50,000 entries are read",)


def test_a_wide_json_answer_is_searched_once_through() -> None:
    wide = "[" + "[]," * 400_000 + '{"title": "长三角", "link": "https://www.example.cn/a/1.html"}]'
    page = read(KINDS["json"], wide)
    assert [link.url for link in page.links] == ["https://www.example.cn/a/1.html"]


def test_every_bundled_section_survives_an_empty_and_a_strange_page() -> None:
    for source in load_sources().values():
        for section in source.sections:
            for body in (b"", b"<html><body>404</body></html>", b'{"code": 1}'):
                page = read_list(source, section, ListRequest(url=source.homepage), answer(source.homepage, body))
                assert page.links == ()
