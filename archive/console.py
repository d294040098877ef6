"""How every command prints: a table for a person, one row a line for a pipe, one JSON object a line for a script."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The zone that people of the delta read times in; everything is stored in UTC."""

Cell = str | Text
"""One field of a row; a `Text` carries highlighting, which only a terminal shows."""


class UsageError(Exception):
    """The command was used wrongly (exit status 2); the message says what is wrong and what would be right."""


def shown(moment: datetime | None, *, day_only: bool = False) -> str:
    """Write a moment for a person: Asia/Shanghai, to the minute, or the day alone; empty where there is none."""
    if moment is None:
        return ""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d" if day_only else "%Y-%m-%d %H:%M")


def stdout_console() -> Console:
    """Return the console that results are printed on; without highlighting of its own."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def print_json_lines(objects: Iterable[dict[str, Any]]) -> None:
    """Print one JSON object a line, Chinese as it is; moments must already be strings (`isoformat()`)."""
    sys.stdout.writelines(json_line(item) for item in objects)


def json_line(item: dict[str, Any]) -> str:
    """Return one object as a line of JSON, its end included."""
    return json.dumps(item, ensure_ascii=False) + "\n"


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Print a table on a terminal; elsewhere the rows alone, tab-separated, one a line, nothing cut or coloured."""
    if not sys.stdout.isatty():
        for row in rows:
            sys.stdout.write("\t".join(_plain(cell) for cell in row) + "\n")
        return
    table = Table(*columns, box=None, pad_edge=False, header_style="bold", show_edge=False)
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in row))
    stdout_console().print(table)


def _plain(cell: Cell) -> str:
    """Return the cell on one line: a tab or a line break in a title must not look like a new field or row."""
    return " ".join(str(cell).split())
