"""Whatever comes, extraction answers, soon, and with an Extraction."""

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extraction.extract import extract
from tests.extraction.layouts import LAYOUTS, TWICE, page
from tests.extraction.reports import REPORT

URL = "https://news.example.cn/a/20250701/1.html"
PAGES = [page(layout(REPORT), REPORT.title).encode() for layout in (*LAYOUTS.values(), *TWICE.values())]
SECONDS = 5.0
"""What a crawl grants one page; measured as processor time, since other tests run beside this one."""


def spliced(rng: random.Random, html: bytes) -> bytes:
    other = rng.choice(PAGES)
    return html[: rng.randrange(len(html))] + other[rng.randrange(len(other)) :]


def with_wrong_bytes(rng: random.Random, html: bytes) -> bytes:
    changed = bytearray(html)
    for _ in range(60):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def with_mixed_charsets(rng: random.Random, html: bytes) -> bytes:
    at = rng.randrange(len(html))
    return html[:at] + html[at:].decode("utf-8", "replace").encode("gb18030", "replace") + html[at:]


def rearranged(rng: random.Random, html: bytes) -> bytes:
    first, second = sorted(rng.randrange(len(html)) for _ in range(2))
    return html[:first] + html[second:] + html[first:second]


MUTATIONS: dict[str, Callable[[random.Random, bytes], bytes]] = {
    "truncated": lambda rng, html: html[: rng.randrange(len(html))],
    "spliced": spliced,
    "wrong bytes": with_wrong_bytes,
    "NULs": lambda rng, html: html.replace(b"<", b"\x00<", rng.randrange(1, 50)),
    "mixed charsets": with_mixed_charsets,
    "rearranged": rearranged,
    "brackets lost": lambda rng, html: html.replace(b">", b"", rng.randrange(1, 40)),
    "unclosed": lambda rng, html: html.replace(b"</", b"<", rng.randrange(1, 40)),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_mutated_pages_are_answered(mutation: str) -> None:
    rng = random.Random(f"deltanews {mutation}")
    for _ in range(100):
        extraction = extract(MUTATIONS[mutation](rng, rng.choice(PAGES)), URL)
        assert extraction.reason


BOMBS = {
    "nested 100,000 deep": b"<div>" * 100_000 + "长三角。".encode() + b"</div>" * 100_000,
    "nested inline": b"<p><span>" * 60_000 + "长三角。".encode(),
    "tables never closed": b"<table><tr><td>" * 50_000,
    "50 MB of one tag": b"<a" + b"a" * 50_000_000 + b">",
    "50 MB of tags": b"<div></div>" * 4_600_000,
    "50 MB of brackets": b"<" * 50_000_000,
    "one paragraph without end": "长三角一体化，".encode() * 300_000,
    "paragraphs without end": "<p>长三角一体化，协同发展。</p>".encode() * 100_000,
    "paragraphs that differ": "".join(f"<p>长三角第{n}次会议，共同发展。</p>" for n in range(60_000)).encode(),
    "links without end": '<li><a href="/a">长三角一体化又有新进展</a></li>'.encode() * 50_000,
    "line breaks": "长三角一体化，发展。<br>".encode() * 100_000,
    "a title without end": ("<title>" + "题" * 200_000 + "</title><h1>" + "题" * 200_000 + "</h1>").encode(),
    "glosses without end": "汉(hàn".encode() * 300_000,
    "dates without end": b"2025-07-01 09:31 " * 200_000,
    "labels without end": "来源：责任编辑：记者".encode() * 100_000,
    "script without end": b'<script>x="' + "长三角。".encode() * 500_000,
    "JSON nested deep": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>",
    "NULs alone": b"\x00" * 5_000_000,
    "attributes": b"<div " + b"a=1 " * 500_000 + b">x</div>",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_page_made_to_hang_or_swell_is_answered_in_its_time(bomb: str) -> None:
    started = time.process_time()
    extract(BOMBS[bomb], URL)
    assert time.process_time() - started < SECONDS


@given(st.binary(max_size=600))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_answered(html: bytes) -> None:
    assert extract(html, "").reason


FRAGMENTS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "<table>",
        "<td>",
        "<h1>",
        "</h1>",
        "<a>",
        "</a>",
        "<br>",
        "<title>",
        "</title>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<frameset>",
        "<img/src=http://[>",
        "<link/rel=canonical/href=//[>",
        "<math>",
        "<svg>",
        "</html>",
        "<meta/charset=gbk>",
        "<meta/property=og:title/content=>",
        "&#0;",
        "长三角一体化，发展。",
        "来源：",
        "责任编辑：",
        "记者",
        "（",
        "）",
        "2025-07-01",
        "09:31",
    ]
)


@given(st.lists(FRAGMENTS, max_size=40).map("".join), st.sampled_from(["", URL, "http://[", "不是地址"]))
@settings(max_examples=150, deadline=None)
def test_any_heap_of_markup_is_answered(html: str, url: str) -> None:
    assert extract(html.encode(), url).reason
