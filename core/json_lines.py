"""JSON lines that a user hands in: a file of another kind is told at once, not line by line."""

from collections.abc import Iterable, Iterator
from itertools import chain

from core.errors import UsageError
from core.sanitize import load_json

LOOKED_AT = 10
"""Lines without a single object after which a file is of another kind; that of one line is told by its reader."""


def checked_lines(lines: Iterable[bytes], name: str) -> Iterator[bytes]:
    """Yield the lines of a file as they are. UsageError where the first of them hold no JSON object at all."""
    remaining = iter(lines)
    seen: list[bytes] = []
    written = 0
    for line in remaining:
        seen.append(line)
        if _is_object(line):
            break
        written += bool(line.strip())
        if written == LOOKED_AT:
            raise UsageError(f"{name}: no JSON lines: none of the first {written} is an object, as {{…}}")
    else:
        if written > 1:
            raise UsageError(f"{name}: no JSON lines: none of the {written} is an object, as {{…}}")
    yield from chain(seen, remaining)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(load_json(line.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False
