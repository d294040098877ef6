"""Whatever a server sends, reading it ends soon, raises nothing and leads to no other site."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery import read_list
from crawler.sources.loader import load_sources
from crawler.sources.model import ListRequest, Source
from tests.discovery.reading import BASE, listing, read

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
    found = read_list(record, record.sections[0], ListRequest(url=BASE, page=page), BASE, body, content_type)
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
def test_a_trap_costs_seconds_at_most(kind: str, trap: str) -> None:
    start = time.process_time()
    found = read(KINDS[kind], TRAPS[trap])
    assert time.process_time() - start < 5
    assert len(found.links) <= 2_000


def test_every_bundled_section_survives_an_empty_and_a_strange_page() -> None:
    for source in load_sources().values():
        for section in source.sections:
            for body in (b"", b"<html><body>404</body></html>", b'{"code": 1}'):
                page = read_list(source, section, ListRequest(url=source.homepage), source.homepage, body, None)
                assert page.links == ()
