"""Where a text goes on in the next line of a terminal: at a pause, and never within what belongs together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from core.wrapping import wrapped


def lines(text: str, width: int) -> list[str]:
    return [line.plain for line in wrapped(Text(text), width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("四省市秋冬大气联防启动会商", 40, ["四省市秋冬大气联防启动会商"]),
        # after a mark near the end, which is not pushed into the next line
        ("线路在科创中心北门设站，票价两元", 28, ["线路在科创中心北门设站，", "票价两元"]),
        ("碰上下雨就得请同事来接。", 24, ["碰上下雨就得请同事来接。"]),
        ("碰上下雨就得请同事来接。", 22, ["碰上下雨就得请同事来", "接。"]),
        # no pause near the end: between two characters
        ("一，二三四五六七八九十", 12, ["一，二三四五", "六七八九十"]),
        # Latin script stays whole among Chinese
        ("长三角G60科创走廊九城", 10, ["长三角G60", "科创走廊九", "城"]),
        ("长三角G60科创走廊九城", 8, ["长三角", "G60科创", "走廊九城"]),
        ("what decides it is a passage", 12, ["what decides", "it is a", "passage"]),
        # what opens goes with what follows
        ("他说《这点最省心》。", 7, ["他说", "《这点", "最省", "心》。"]),
        # what is typed or opened is whole, however narrow it is
        ("see `deltanews sources list`", 10, ["see", "`deltanews sources list`"]),
        ("at 2026-11-18 09:17 见 https://a.example/1/2/3.html。", 12, [
            "at", "2026-11-18 09:17", "见", "https://a.example/1/2/3.html。",
        ]),
        ("first\n\nthird", 40, ["first", "", "third"]),
        ("", 10, [""]),
    ],
)  # fmt: skip
def test_lines_end_where_a_reader_pauses(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


@given(st.text(st.sampled_from("长三角，。（）“”G60a `:/-\n"), max_size=80), st.integers(4, 30))
def test_nothing_is_lost_and_only_what_is_whole_is_wider(text: str, width: int) -> None:
    found = lines(text, width)
    assert "".join("".join(found).split()) == "".join(text.split())
    for line in found:
        if cell_len(line) > width:
            assert len(line.split()) == 1 or "`" in line


def test_styles_stay_with_their_words() -> None:
    text = Text("长三角一体化发展")
    text.stylize("bold", 3, 6)
    first, second = wrapped(text, 8)
    assert [(span.start, span.end) for span in first.spans] == [(3, 4)]
    assert [(span.start, span.end) for span in second.spans] == [(0, 2)]
