"""How every command prints: a table for a person, one row a line for a pipe, one JSON object a line for a script.

All printing goes through here, for what is printed comes from outside: an escape character in a headline would give a
terminal commands. Archive and index hold it as it came.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from core.columns import GAP, column_widths
from core.sanitize import clean
from core.wrapping import wrapped

_CONTROLS = "\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Controls that a terminal may obey and JSON may hold: those of eight bits, and those that turn the writing round."""
_UNPRINTABLE = re.compile(f"[\x00-\x08\x0b-\x1f{_CONTROLS}\ud800-\udfff]")
_UNESCAPED = re.compile(f"[{_CONTROLS}]")

MIN_WIDTH = 20
"""Columns that a text gets at least on a terminal of any width."""

Cell = str | Text
"""One field of a row; a `Text` carries highlighting, which only a terminal shows."""


def printable(text: str) -> str:
    """Return a text without the characters that a terminal would obey instead of showing; lines and tabs stay."""
    return _UNPRINTABLE.sub("", text)


class PrintableConsole(Console):
    """A console that styles what it prints, and lets no control sequence through that a text holds."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Render as rich does, each text printable."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=printable(segment.text))


class PrintableFormatter(logging.Formatter):
    """Formats a log's records for a terminal or a file: what they quote is printable."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's line."""
        return printable(super().format(record))


def stdout_console() -> Console:
    """Return the console that results are printed on; without highlighting of its own."""
    return PrintableConsole(highlight=False, soft_wrap=not sys.stdout.isatty())


def stderr_console() -> Console:
    """Return the console for progress and summaries, which are no result."""
    return PrintableConsole(stderr=True)


def print_line(text: str, *, stderr: bool = False) -> None:
    """Print one line as it is, neither wrapped nor coloured."""
    (sys.stderr if stderr else sys.stdout).write(printable(text) + "\n")


def print_json_lines(objects: Iterable[dict[str, Any]]) -> None:
    """Print one JSON object a line, Chinese as it is; times must already be strings (`isoformat()`)."""
    sys.stdout.writelines(json_line(item) for item in objects)


def json_line(item: dict[str, Any]) -> str:
    """Return one object as a line of JSON, its end included; what a terminal would obey is written as an escape."""
    line = clean(json.dumps(item, ensure_ascii=False))
    return _UNESCAPED.sub(lambda control: f"\\u{ord(control[0]):04x}", line) + "\n"


def say_none(reason: str) -> None:
    """Say on a terminal why a list is empty and what to do next; a pipe and a script get nothing, which they count."""
    if reason and sys.stdout.isatty():
        print_line(reason)


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, none: str = "") -> None:
    """Print a table on a terminal; elsewhere the rows alone, tab-separated, one a line, nothing cut or coloured.

    On a terminal too narrow for the table what does not fit of a row stands below it, a field a line: nothing is cut
    at any width. Where there is no row, a terminal shows `none` in place of the heading.
    """
    if not sys.stdout.isatty():
        for row in rows:
            sys.stdout.write("\t".join(_plain(cell) for cell in row) + "\n")
        return
    cells = [[cell if isinstance(cell, Text) else Text(printable(cell)) for cell in row] for row in rows]
    if not cells:
        say_none(none)
        return
    console = stdout_console()
    header = [printable(column) for column in columns] or [""] * len(cells[0])
    widths = column_widths(header, [[cell.plain for cell in row] for row in cells], console.width)
    if widths is None:
        _print_hanging(header, cells, console)
        return
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="bold", show_header=any(header))
    for name, width in zip(header, widths, strict=True):
        table.add_column(Text(name), width=width, overflow="fold")
    for row in cells:
        table.add_row(*(_in_column(cell, width) for cell, width in zip(row, widths, strict=True)))
    console.print(table)


def _print_hanging(header: Sequence[str], rows: Sequence[Sequence[Text]], console: Console) -> None:
    """Print the first columns as a table, as many as fit, and below each row its other fields that are not empty."""
    columns = [[name, *(row[number].plain for row in rows)] for number, name in enumerate(header)]
    widths = [max(map(cell_len, column)) for column in columns]
    fitting = sum(end <= console.width for end in accumulate(width + GAP for width in widths))
    names = max((cell_len(name) for name in header[fitting:]), default=0)

    def line(cells: Sequence[Text]) -> Text:
        padded = (cell + Text(" " * (width - cell.cell_len)) for cell, width in zip(cells, widths, strict=False))
        return Text(" " * GAP).join(padded)

    if any(header[:fitting]):
        console.print(line([Text(name, style="bold") for name in header[:fitting]]))
    for row in rows:
        if fitting:
            console.print(line(row[:fitting]), soft_wrap=True)
        for name, value in zip(header[fitting:], row[fitting:], strict=True):
            if value.plain:
                print_hanging(Text(f"    {name:<{names}}  ", style="dim"), value, console)


def print_facts(facts: Iterable[tuple[str, Cell]]) -> None:
    """Print a name and a value a line; on a terminal values stand in a column and go on below, never cut.

    Elsewhere the two are tab-separated, as `print_rows` does it.
    """
    if not sys.stdout.isatty():
        print_rows((), facts)
        return
    facts = list(facts)
    width = max((len(name) for name, _ in facts), default=0)
    console = stdout_console()
    for name, value in facts:
        print_hanging(Text(f"{name:<{width}}  ", style="bold"), value, console)


def print_hanging(head: Text, value: Cell, console: Console) -> None:
    """Print a value behind its head on a terminal; its further lines begin where the first did."""
    indent = head.cell_len
    text = Text("", style="not bold").append(value if isinstance(value, Text) else printable(value))
    for number, line in enumerate(wrapped(text, max(console.width - indent, MIN_WIDTH))):
        # What is wider than its line, as an address, is left to the terminal, which copies it in one piece.
        console.print((head if number == 0 else Text(" " * indent)) + line, soft_wrap=True)


def _in_column(cell: Text, width: int) -> Text:
    return Text("\n").join(wrapped(cell, width))


def _plain(cell: Cell) -> str:
    """Return the cell on one line: a tab or a line break in a title must not look like a new field or row."""
    return printable(" ".join(str(cell).split()))
