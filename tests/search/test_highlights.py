"""The words of a query, marked where they stand in the text as it was printed."""

import pytest

from indexer.query.highlight import highlights, snippet
from indexer.query.parser import parse_query


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


def test_no_hit_no_snippet() -> None:
    assert snippet(parse_query("客流"), "body", "长三角") is None
