"""Whatever comes, extraction answers with an Extraction."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extraction.extract import extract
from tests.extraction.bombs import BOMBS
from tests.extraction.layouts import LAYOUTS, TWICE, page
from tests.extraction.reports import REPORT

URL = "https://news.example.cn/a/20250701/1.html"
PAGES = [page(layout(REPORT), REPORT.title).encode() for layout in (*LAYOUTS.values(), *TWICE.values())]


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


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_page_made_to_hang_or_swell_is_answered(bomb: str) -> None:
    assert extract(BOMBS[bomb], URL).reason


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
