"""The words of a query, marked where they stand in the text as it was printed."""

import re

import pytest

from indexer.search.query.highlight import highlights, snippet
from indexer.search.query.parser import parse_query


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("长三角", "推动长三角一体化，长三角铁路", ["长三角", "长三角"]),
        ("ai", "ＡＩ赋能AI，不是AIR", ["ＡＩ", "AI"]),
        ("A股", "沪市A股", ["A股"]),
        ("沪", "沪苏湖，沪", ["沪", "沪"]),
        ("长三 三角", "长三角", ["长三角"]),
        ("长三角 一体化", "长三角一体化", ["长三角一体化"]),
        ("上海江苏", "上海、江苏", []),
        ("上海、江苏", "上海、江苏", ["上海、江苏"]),
        ("高铁 OR 客流", "客流与高铁", ["客流", "高铁"]),
        ("客流 -高铁", "客流与高铁", ["客流"]),
        ("title:客流 body:高铁", "客流与高铁", ["客流"]),
        ("source:jstv 客流", "客流与高铁jstv", ["客流"]),
        ("データ", "ﾃﾞｰﾀ", ["ﾃﾞｰﾀ"]),
        ("*", "客流", []),
    ],
)
def test_hits_in_a_title(query: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in highlights(parse_query(query), "title", text)] == marked


def test_a_snippet_shows_the_first_hit_on_one_line() -> None:
    text = "。".join(["甲乙丙丁"] * 20) + "\n长三角一体化" + "。戊己庚辛" * 20
    piece = snippet(parse_query("一体化"), "body", text, length=30)
    assert piece
    assert len(piece.text) == 30
    assert "\n" not in piece.text
    assert [piece.text[start:end] for start, end in piece.spans] == ["一体化"]


@pytest.mark.parametrize("length", range(12, 60))
def test_a_snippet_cuts_no_word_and_no_number_in_two(length: int) -> None:
    text = "下载APP看看新闻Knews，2026年11月25日，G60科创走廊一体化发展，投资12345万元，AI大模型ChatGPT落地"
    piece = snippet(parse_query("一体化"), "body", text, length=length)
    assert piece
    assert "一体化" in piece.text
    words = {"APP", "Knews", "2026", "11", "25", "G60", "12345", "AI", "ChatGPT"}
    assert set(re.findall("[0-9A-Za-z]+", piece.text)) <= words


def test_a_hit_between_words_that_do_not_fit_stands_alone() -> None:
    piece = snippet(parse_query("一体化"), "body", "x" * 500 + "一体化" + "y" * 500, length=30)
    assert piece
    assert piece.text == "一体化"


def test_no_hit_no_snippet() -> None:
    assert snippet(parse_query("客流"), "body", "长三角") is None
