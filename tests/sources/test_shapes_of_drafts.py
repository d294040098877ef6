"""What a draft is made of: paths in JSON, selectors in a page, TOML text, lines of a file."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.checking.selectors import field_selectors
from crawler.discovery.address_pattern import address_pattern
from crawler.discovery.json_shape import json_paths
from crawler.extraction.document import parse
from crawler.extraction.extract import extract
from crawler.sources.lines import line_of
from crawler.sources.toml_text import toml_table

FILE = """name = "x"

[[sections]]
name = "one"
urls = []

[[sections]]
name = "two"
region = ["ul"]

[hints]
title = ["h1"]
[[former_hints]]
until = 2020-01-01
[former_hints.hints]
title = ["h2"]
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (("name",), 1),
        (("sections", 0, "urls"), 5),
        (("sections", 1, "region"), 9),
        (("sections", 0, "region"), 3),
        (("hints", "title"), 12),
        (("hints", "body"), 11),
        (("article",), 1),
        (("detail", "url"), 16),
    ],
)
def test_the_line_of_a_key_is_found_or_where_it_would_stand(key: tuple[str | int, ...], line: int) -> None:
    assert line_of(FILE, *key) == line


VALUES = st.text() | st.booleans() | st.integers() | st.dates() | st.lists(st.text(), min_size=1)


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,9}", fullmatch=True), VALUES, max_size=5))
def test_toml_that_is_written_reads_back_the_same(values: dict[str, object]) -> None:
    kept = {key: value for key, value in values.items() if value != ""}
    assert tomllib.loads(toml_table("", values)) == kept  # type: ignore[arg-type]


def test_the_largest_list_of_addresses_in_json_is_taken() -> None:
    text = """cb({"code": 1, "nav": [{"name": "首页", "url": "/"}], "result": {"rows-1": [
        {"id": 1, "img": "https://x.cn/1.jpg", "link": "https://x.cn/a/1", "headline": "长三角一体化示范区今天发布"},
        {"id": 2, "img": "https://x.cn/2.jpg", "link": "https://x.cn/a/2", "headline": "沪苏湖高铁开通两周年了"}
    ]}})"""
    assert json_paths(text) == {"items": 'result."rows-1"', "item_url": "link", "item_title": "headline"}
    assert json_paths('[{"url": "/a/1", "title": "长三角一体化", "at": 1795566600}]')["items"] == "@"
    assert json_paths('{"list": [{"id": 1}]}') == {}
    assert json_paths("<html>") == {}


def test_a_field_is_named_by_the_innermost_element_that_only_it_has() -> None:
    texts = (
        "长三角生态绿色一体化示范区今天在上海青浦发布新一批制度创新成果，沪苏浙三地代表出席。",
        "示范区执委会介绍，跨省通办事项已经扩大到一百七十三项，居民在家门口就能办成。",
        "记者走访水乡客厅看到，蓝环步道全线贯通，周末来骑行的市民络绎不绝。",
    )
    body = "".join(f"<p>{text}</p>" for text in texts)
    html = f"""<html><body><div class="head"><h1 class="t">示范区发布制度创新成果</h1><div class="info">
      <span class="d">2026-11-25 08:30</span><span class="s">来源：安徽新闻联播</span></div></div>
      <div id="text"><div class="inner">{body}</div></div><p class="d">2020-01-01</p></body></html>"""
    extraction = extract(html.encode(), "https://x.cn/a/1.html")
    assert field_selectors(parse(html, "https://x.cn/").tree, extraction) == {
        "title": "h1.t",
        "published_at": "span.d",
        "credit": "span.s",
        "body": "div.inner",
    }


def test_a_pattern_is_made_of_what_all_have_in_common() -> None:
    urls = [
        "https://x.cn/a/20261125/1.shtml",
        "https://x.cn/a/20261124/12345.shtml",
        "https://x.cn/a/20261124/99.html",
    ]
    assert address_pattern([*urls, "https://x.cn/about"]) == r"^https?://x\.cn/a/\d{8}/\d+\.s?html$"
    assert address_pattern([]) == ""


def test_folders_and_hosts_that_differ_stand_for_any() -> None:
    urls = [
        "https://js.x.cn/sz/20261125/4588ac67a06d1598d4c5c6486cf89dc6.html",
        "https://www.x.cn/jj/20261125/0088ac67a06d1598d4c5c6486cf89d77.html",
    ]
    assert address_pattern(urls) == r"^https?://(?:js|www)\.x\.cn/[a-z]+/\d{8}/[0-9a-f]{32}\.html$"
    assert address_pattern(urls[:1]) == r"^https?://js\.x\.cn/sz/\d{8}/[0-9a-f]{32}\.html$"
    many = [f"https://{host}.x.cn/{number}.html" for number, host in enumerate("abcde", start=10)]
    assert address_pattern(many) == r"^https?://[a-z0-9-]+\.x\.cn/\d{2}\.html$"
