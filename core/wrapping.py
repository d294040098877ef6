"""A text over several lines of a terminal: it goes on where a reader pauses, never within a word, address or command.

Chinese has no blanks between its words: a line ends after a mark or a blank where one stands near its end, else between
two characters, but no mark that closes begins a line and none that opens ends one.
"""

import re

from rich.cells import cell_len
from rich.text import Text

_OPENING = "（《〈“‘「『【〔［"
_CLOSING = "，。；：、！？）》〉”’」』】〕］…—·"
_UNIT = re.compile(rf"[{_OPENING}]*(?:\d{{4}}-\d\d-\d\d \d\d:\d\d|`[^`\n]+`|[!-~\u00a1-\u024f]+|[^\n])[{_CLOSING}]*|\n")
"""What stays together: a time, a command in backquotes, a run of Latin script, one character; each with its marks."""
_PAUSE_AFTER = 0.6
"""Share of the width from which a line may end early, after a mark or a blank."""


def wrapped(text: Text, width: int) -> list[Text]:
    """Return the lines of a text in so many columns; a unit that is wider has a line of its own and is left whole."""
    lines: list[Text] = []
    for line in text.split("\n", allow_blank=True):
        for part in line.divide(line_starts(line.plain, width)):
            part.rstrip()
            lines.append(part)
    return lines


def line_starts(line: str, width: int) -> list[int]:
    """Return where the second line of a text begins, and each further one."""
    starts: list[int] = []
    used = 0
    pause, used_at_pause = 0, 0
    for unit in _UNIT.finditer(line):
        space = cell_len(unit[0])
        if used and used + space > width and not unit[0].isspace():
            early = pause and used_at_pause >= width * _PAUSE_AFTER
            start = pause if early and cell_len(line[pause : unit.end()]) <= width else unit.start()
            starts.append(start)
            used = cell_len(line[start : unit.start()])
            pause = 0
        used += space
        if unit[0].isspace() or unit[0][-1] in _CLOSING:
            pause, used_at_pause = unit.end(), used
    return starts
