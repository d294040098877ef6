"""Which line of a source file a key stands in, so that a message can say what to fix."""

import re

_TABLE = re.compile(r"^\s*(\[\[?)\s*([\w.-]+)\s*\]\]?")
_KEY = re.compile(r"^\s*([\w-]+)\s*=")


def line_of(text: str, *key: str | int) -> int:
    """Return the line (from 1) of a key, as `line_of(text, "sections", 0, "region")`.

    Where the key is not written, the line of its table, under which it would stand; where there is no such table
    either, the last line, after which a new one can be put.
    """
    *table, name = key
    path: list[str | int] = []
    counts: dict[str, int] = {}
    found = None
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        if header := _TABLE.match(line):
            path = list(header[2].split("."))
            if header[1] == "[[":
                counts[header[2]] = counts.get(header[2], -1) + 1
                path.append(counts[header[2]])
            if path == table:
                found = number
        elif path == table and (written := _KEY.match(line)) and written[1] == name:
            return number
    return found or (1 if not table else len(lines))
