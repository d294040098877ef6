"""What comes from outside gives a terminal no orders, and JSON holds it exactly."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from core.console import PrintableConsole, json_line, print_line, print_rows, printable
from core.sanitize import clean

EVIL = "长三角\x1b[31m\x1b]0;x\x07 \u202e一体化\u2066\x9b2J\x7f"
ORDERS = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u061c\u200e\u200f\u202a\u202e\u2066\u2069"}
TEXTS = st.text(st.characters() | st.sampled_from(sorted(ORDERS)))


@given(TEXTS)
def test_nothing_printable_is_an_order(text: str) -> None:
    assert not set(printable(text)) & (ORDERS - {"\n", "\t"})


@given(TEXTS.map(clean))  # half of a surrogate pair can be encoded by nobody
def test_json_is_exact_and_gives_no_orders(text: str) -> None:
    line = json_line({"title": text})
    assert json.loads(line) == {"title": text}
    assert not set(line) & (ORDERS - {"\n"})


def test_rows_lines_and_styled_texts_are_printable(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(("title",), [(EVIL,), (Text(EVIL),)])
    print_line(EVIL)
    print_line(EVIL, stderr=True)
    written = capsys.readouterr()
    assert not set(written.out + written.err) & (ORDERS - {"\n"})
    assert written.out.splitlines() == ["长三角[31m]0;x 一体化2J"] * 3


def test_on_a_terminal_only_the_consoles_own_styles_are_orders() -> None:
    terminal = io.StringIO()
    console = PrintableConsole(file=terminal, force_terminal=True, color_system="standard", width=80)
    console.print(Text(EVIL, style="bold"))
    assert terminal.getvalue() == "\x1b[1m长三角[31m]0;x 一体化2J\x1b[0m\n"
