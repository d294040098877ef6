"""One article under all spellings of its address has one canonical URL; two articles have two."""

import re
from collections.abc import Callable
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.sources.loader import load_sources
from crawler.urls import UrlRules, canonical_url
from tests.sources.records import source

SOURCES = load_sources()
GENERAL = UrlRules()

SPELLINGS = {
    "kankanews": [
        "https://www.kankanews.com/detail/D1ypPxembym",
        "http://www.kankanews.com/detail/D1ypPxembym",
        "https://kankanews.com/detail/D1ypPxembym",
        "https://WWW.Kankanews.com:443/detail/D1ypPxembym?appid=571459",
        "https://www.kankanews.com/detail/D1ypPxembym?utm_source=weixin#comments",
    ],
    "jstv": [
        "http://news.jstv.com/a/20201130/1606733984697.shtml",
        "https://news.jstv.com/a/20201130/1606733984697.shtml",
        "http://news.jstv.com/wap/a/20201130/1606733984697.shtml",
        "http://news.jstv.com:80/wap//a/20201130/1606733984697.shtml?from=singlemessage&isappinstalled=0",
    ],
    "zjol": [
        "https://zjnews.zjol.com.cn/zjnews/202608/t20260810_31838905.shtml",
        "http://zjnews.zjol.com.cn/zjnews/202608/t20260810_31838905_ext.shtml",
    ],
    "shobserver": [
        "https://www.shobserver.com/staticsg/res/html/web/newsDetail.html?id=1185499&sid=11",
        "https://www.jfdaily.com/staticsg/res/html/web/newsDetail.html?id=1185499",
        "http://www.jfdaily.com/staticsg/res/html/web/newsDetail.html?sid=67&id=1185499",
        "https://www.jfdaily.com/news/detail?id=1185499",
        "http://jfdaily.com/wx/detail.do?id=1185499",
    ],
    "thepaper": [
        "https://www.thepaper.cn/newsDetail_forward_29736063",
        "https://m.thepaper.cn/detail/29736063",
        "http://thepaper.cn/newsDetail_forward_29736063?commTag=true",
        "https://m.thepaper.cn/newsDetail_forward_29736063",
    ],
    "cnr_jiangsu": [
        "https://www.cnr.cn/js/20260801/t20260801_527741547.shtml",
        "http://cnr.cn/js/20260801/t20260801_527741547.shtml",
    ],
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_the_spellings_of_one_article_are_one_url_which_its_source_knows(name: str) -> None:
    first, *others = SPELLINGS[name]
    canonical = SOURCES[name].canonical_url(first)
    assert {SOURCES[name].canonical_url(other) for other in others} == {canonical}
    assert SOURCES[name].is_article(canonical)


def test_articles_that_differ_in_their_id_alone_stay_apart() -> None:
    for name, spellings in SPELLINGS.items():
        other = spellings[0][::-1].translate(str.maketrans("0123456789D", "1234567890E"))[::-1]
        assert SOURCES[name].canonical_url(other) != SOURCES[name].canonical_url(spellings[0]), name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.cn/story/amp", "https://example.cn/story"),
        ("https://example.cn/story/amp/", "https://example.cn/story/"),
        ("https://example.cn/story.amp.html", "https://example.cn/story.html"),
        ("https://example.cn/story?amp=1", "https://example.cn/story"),
        ("https://example.cn/%e9%95%bf%7Ea", "https://example.cn/长~a"),
        ("https://example.cn/a/../b/./c", "https://example.cn/b/c"),
        ("https://example.cn", "https://example.cn/"),
        ("https://example.cn./a", "https://example.cn/a"),
        ("https://user:secret@example.cn/a", "https://example.cn/a"),
        ("https://example.cn/n?id=1&b=2", "https://example.cn/n?b=2&id=1"),
        ("https://例子.cn/a", "https://xn--fsqu00a.cn/a"),
        ("  https://example.cn/a\n", "https://example.cn/a"),
    ],
)
def test_general_spellings_agree_without_any_rule_of_a_source(one: str, other: str) -> None:
    assert canonical_url(one, GENERAL) == canonical_url(other, GENERAL)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.cn/detail?cid=10", "https://example.cn/detail?cid=11"),
        ("https://example.cn/a", "https://www.example.cn/a"),
        ("https://example.cn/a", "https://example.cn/A"),
        ("https://example.cn/s?q=%b3%a4", "https://example.cn/s?q=%b3%a5"),
        ("https://example.cn/champ", "https://example.cn/ch"),
        ("https://example.cn/a%2Fb", "https://example.cn/a/b"),
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8002/a"),
    ],
)
def test_what_may_be_another_article_stays_apart(one: str, other: str) -> None:
    assert canonical_url(one, GENERAL) != canonical_url(other, GENERAL)


@pytest.mark.parametrize(
    ("pattern", "one", "other", "is_one"),
    [
        (r"/#/detail\?id=\d+", "/#/detail?id=1", "/#/detail?id=2", False),
        (r"/#!/n/\d+", "/#!/n/1", "/#!/n/2", False),
        (r"/#/detail\?id=\d+", "/#/detail?id=1&from=timeline", "/#/detail?spm=1.2&id=1", True),
        (r"/#/detail\?id=\d+", "/#/detail?id=1", "/?utm_source=x#/detail?id=1", True),
        (r"/#/detail\?id=\d+", "/#top", "/#comments", True),
        (r"/a/\d+\.html(?:[?#]|$)", "/a/1.html#/comments", "/a/1.html", True),
        (r"/a/[^#]+$", "/a/1.html#!top", "/a/1.html", True),
    ],
)
def test_a_programs_route_tells_articles_apart_where_the_pattern_asks_for_it(
    pattern: str, one: str, other: str, *, is_one: bool
) -> None:
    record = source(keys=f"article = '{pattern}'")
    base = "https://www.example.cn"
    assert (record.canonical_url(base + one) == record.canonical_url(base + other)) == is_one


def test_a_scheme_stays_where_a_port_of_its_own_depends_on_it() -> None:
    assert canonical_url("http://127.0.0.1:8001/a", GENERAL) == "http://127.0.0.1:8001/a"
    assert canonical_url("http://127.0.0.1:80/a", GENERAL) == "https://127.0.0.1/a"


PIECES = r"""
http:// HTTPS:// // news.jstv.com m.thepaper.cn /wap /a/ /detail/ 123 _ext.shtml /amp .amp.html ? & id=1 # % %2f %41
%e4%bd 你 .. /. :80 :8080 @ \
"""
FRAGMENTS = st.sampled_from(PIECES.split())


@given(
    st.lists(FRAGMENTS, max_size=10).map("".join)
    | st.text(max_size=80)
    | st.builds("https://{}/{}?{}#{}".format, *[st.text(max_size=20)] * 4)
)
@example("http://[::1")
@example("https://example.cn:99999/a")
@example("//example.cn/a")
@example("https://example.cn/amp/amp/amp")
def test_whatever_comes_the_result_is_a_fixed_point(url: str) -> None:
    for rules in (GENERAL, SOURCES["jstv"].url_rules, SOURCES["thepaper"].url_rules):
        for with_route in (False, True):
            once = canonical_url(url, rules, with_route=with_route)
            assert canonical_url(once, rules, with_route=with_route) == once


SEGMENT = st.text("abcXYZ0189-_~长三角 ", min_size=1, max_size=8).filter(lambda text: text.lower() != "amp")
NAMES = st.text("abcdxyz", min_size=1, max_size=4).map(lambda name: "q" + name)
QUERY = st.dictionaries(NAMES, st.text("019长a", min_size=1, max_size=5), max_size=4)
ARTICLE = st.tuples(st.lists(SEGMENT, min_size=1, max_size=4).map(tuple), QUERY)


def in_lower_hex(text: str) -> str:
    return re.sub("%..", lambda byte: byte[0].lower(), quote(text))


@given(ARTICLE, st.data())
def test_equivalent_spellings_agree(article: tuple[tuple[str, ...], dict[str, str]], data: st.DataObject) -> None:
    segments, query = article
    start = data.draw(st.sampled_from(["http://EXAMPLE.cn", "https://example.CN:443", "http://me@example.cn:80"]))
    slash = data.draw(st.sampled_from(["/", "//", "/./", "/x/../"]))
    ways: list[Callable[[str], str]] = [quote, in_lower_hex, lambda text: text.replace(" ", "%20")]
    encoded = data.draw(st.sampled_from(ways))
    pairs = data.draw(st.permutations([*query.items(), ("utm_source", "x"), ("spm", "1.2")]))
    asked = "&".join(f"{name}={encoded(value)}" for name, value in pairs)
    fragment = data.draw(st.sampled_from(["", "#top"]))
    respelled = start + slash + slash.join(encoded(segment) for segment in segments) + "?" + asked + fragment
    assert canonical_url(respelled, GENERAL) == canonical_url(spelled(segments, query), GENERAL)


@given(ARTICLE, ARTICLE)
def test_different_articles_differ(
    one: tuple[tuple[str, ...], dict[str, str]], other: tuple[tuple[str, ...], dict[str, str]]
) -> None:
    if one != other:
        assert canonical_url(spelled(*one), GENERAL) != canonical_url(spelled(*other), GENERAL)


def spelled(segments: tuple[str, ...], query: dict[str, str]) -> str:
    """Write an address in the plainest way."""
    asked = "&".join(f"{name}={quote(value)}" for name, value in query.items())
    return "https://example.cn/" + "/".join(quote(segment) for segment in segments) + (f"?{asked}" if asked else "")


def test_every_source_keeps_its_own_examples_apart_and_on_its_hosts() -> None:
    for record in SOURCES.values():
        canonical = [record.canonical_url(example) for example in record.examples]
        assert len(set(canonical)) == len(record.examples), record.name
        assert all(record.allows(urlsplit(url).hostname or "") and record.is_article(url) for url in canonical)
