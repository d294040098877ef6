"""Regular expressions that fail fast: alternatives that begin with a plain character each.

`re` passes over a text without trying anything where every alternative does so; one group at the beginning of one of
them costs a try of all at every character.
"""

import re
from collections.abc import Iterable, Iterator

_GROUP = re.compile(r"\(\?:([^()\[\]\\]*)\)(\??)(?![*+{])")
_CLASS = re.compile(r"\[([^\]\\^-]+)\](?![?*+{])")

NOTHING = r"(?!)"
"""Matches nowhere."""


def alternation(patterns: Iterable[str]) -> str:
    """Return an expression that matches what any of the patterns does, in their order."""
    return "|".join(led for pattern in patterns for led in _led_by_characters(pattern)) or NOTHING


def _led_by_characters(pattern: str) -> Iterator[str]:
    """Yield alternatives to a pattern without the group or class that it begins with: (?:约|商)好 is 约好 or 商好."""
    if group := _GROUP.match(pattern):
        rest = pattern[group.end() :]
        for head in group[1].split("|"):
            yield head + rest
        if group[2]:
            yield from _led_by_characters(rest)
    elif characters := _CLASS.match(pattern):
        for character in characters[1]:
            yield character + pattern[characters.end() :]
    else:
        yield pattern
