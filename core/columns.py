"""How wide the columns of a table are on a terminal: prose is wrapped, what is typed or opened stays in one piece."""

import re
from collections.abc import Sequence

from rich.cells import cell_len

GAP = 1
"""Columns of the terminal between two columns of a table."""

_PROSE = 24
"""Below so many columns a text of several words is hard to read."""

_WORD = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d|`[^`]+`|[!-~]+|\S+")
"""A time and a command in backquotes keep their spaces; an address ends where Chinese begins."""


def column_widths(header: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Return the width of each column in a terminal that is `room` wide; None where no table fits.

    A column is at least as wide as its longest word of ASCII (an id, a path, a URL, a time); Chinese may be broken
    anywhere. What room is left goes to the columns that lack least, so that few lines are wrapped.
    """
    columns = [[row[number] for row in rows] for number in range(len(header))]
    whole = [max(map(cell_len, [head, *cells])) for head, cells in zip(header, columns, strict=True)]
    least = [_least(head, cells) for head, cells in zip(header, columns, strict=True)]
    spare = room - GAP * (len(header) - 1) - sum(least)
    if spare < 0:
        return None
    widths = list(least)
    lacking = sorted(range(len(header)), key=lambda number: whole[number] - least[number])
    for place, number in enumerate(lacking):
        more = min(whole[number] - least[number], spare // (len(lacking) - place))
        widths[number] += more
        spare -= more
    return widths


def _least(head: str, cells: Sequence[str]) -> int:
    words = [word for text in (head, *cells) for word in _WORD.findall(text) if word.isascii()]
    prose = [min(_PROSE, cell_len(cell)) for cell in cells]
    return max([*map(len, words), *prose, 0])
