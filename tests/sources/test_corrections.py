"""The correction of a section whose list has changed: what it says, and the file with it."""

import tomllib

from crawler.checking.correction import Correction, corrected_text, correction_of
from crawler.discovery import read_list, start_requests
from crawler.discovery.model import NOTHING, Known
from crawler.sources.model import Source
from tests.discovery.list_pages import answer, listing
from tests.sources.records import source_text

ROWS = "".join(
    f'<li><a href="https://xin.example.cn/sh/2026/11/{day}/c_{1000 + day}.html">一体化示范区第{day}项制度发布</a></li>'
    for day in range(10, 14)
)


def corrected(record: Source, body: str, known: Known = NOTHING, *, url: str = "") -> Correction | None:
    section = record.sections[0]
    request = start_requests(section)[0]
    page = answer(url or request.url, body.encode())
    return correction_of(record, section, request, page, read_list(record, section, request, page, known=known))


def test_other_addresses_on_another_host_of_the_domain() -> None:
    record = listing("html", 'region = ["#gone li"]')
    correction = corrected(record, f"<html><body><ul>{ROWS}</ul></body></html>", url="https://xin.example.cn/news/")
    assert correction == Correction(
        0,
        {
            "urls": ["https://xin.example.cn/news/"],
            "article": r"^https?://xin\.example\.cn/sh/\d{4}/\d{2}/\d{2}/c_\d{4}\.html$",
            "region": None,
        },
        ("xin.example.cn",),
    )


def test_a_region_that_is_gone() -> None:
    record = listing("html", 'region = ["#gone li"]\ndate = "em"')
    rows = '<p><a href="/a/1.html">一条</a></p><p><a href="/a/2.html">又一条</a></p>'
    correction = corrected(record, f"<html><body>{rows}</body></html>")
    assert correction is not None
    assert correction.keys == {"region": None, "date": None}


def test_keys_of_json_by_the_articles_that_the_list_had() -> None:
    record = listing(
        "json",
        "items = \"data.list[?kind == 'news']\"\n"
        "item_url = \"join('', ['https://www.example.cn/a/', to_string(id), '.html'])\"\n"
        'item_title = "title"\nitem_date = "time"',
    )
    body = (
        '{"result": {"rows": [{"no": 7, "hits": 9, "head": "甲甲甲甲甲", "kinds": "news", "times": "2026-11-20 08:00"},'
        '{"no": 8, "hits": 7, "head": "乙乙乙乙乙", "kinds": "news", "times": "2026-11-21 08:00"},'
        '{"no": 9, "hits": 6, "head": "丙丙丙丙丙", "kinds": "live", "times": "2026-11-22 08:00"}]}}'
    )
    known = Known(
        frozenset({"https://www.example.cn/a/7.html", "https://www.example.cn/a/8.html"}),
        frozenset({"甲甲甲甲甲", "乙乙乙乙乙"}),
    )
    correction = corrected(record, body, known)
    assert correction is not None
    assert correction.keys == {
        "items": "result.rows[?kinds == 'news']",
        "item_url": "join('', ['https://www.example.cn/a/', to_string(no), '.html'])",
        "item_title": "head",
        "item_date": "times",
    }
    assert corrected(record, body) is None


def test_a_file_keeps_everything_that_is_not_corrected() -> None:
    sections = """
[[sections]]
name = "news"
title = "新闻"
kind = "html"
urls = ["https://www.example.cn/news/"]
# What holds the links.
region = [
    "#list li",
    ".items",
]

[[sections]]
name = "more"
title = "更多"
kind = "html"
urls = ["https://www.example.cn/more/"]
region = ["#list li"]
"""
    text = source_text(sections=sections)
    record = Source.model_validate(tomllib.loads(text))
    change = Correction(0, {"region": None, "article": r"/c_\d+\.html$"}, ("xin.example.cn",))
    after = corrected_text(text, record, [change, Correction(1, {"urls": ["https://www.example.cn/m/"]})])
    data = tomllib.loads(after)
    assert data["hosts"] == ["www.example.cn", "example.cn", "xin.example.cn"]
    assert [section.get("region") for section in data["sections"]] == [None, ["#list li"]]
    assert [section.get("article") for section in data["sections"]] == [r"/c_\d+\.html$", None]
    assert data["sections"][1]["urls"] == ["https://www.example.cn/m/"]
    assert "# What holds the links." in after
