"""Normalization: what is left of an article when everything that a republisher changes without a thought is gone."""

import re
import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

from indexer.stories.script import simplified_of
from text.width import squash

_BRACKETED_LATIN = re.compile("\\([a-z\u00df-\u024f'’·-]+\\)")
"""Glosses, and any other Latin word in brackets: for comparing, nothing is lost with it, and no gloss is missed."""

_TEXT = re.compile(r"[^\W_]+")

_GONE, _NEEDS_CARE = 0, 0xFFFF
"""In the table of characters: one that is left out, and one that is more than one, or depends on its neighbours."""


def readable(text: str) -> str:
    """Return the text in one width, one script and lower case, without blanks and glosses.

    Punctuation and the ends of lines stay.
    """
    units = _characters()[np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")]
    if (units == _NEEDS_CARE).any():
        one_width = "\n".join(_one_width(line) for line in text.split("\n"))
    else:  # most texts: twenty times as fast
        one_width = units[units != _GONE].tobytes().decode("utf-16-le")
    return _BRACKETED_LATIN.sub("", one_width) if "(" in one_width else one_width


def plain(text: str) -> str:
    """Return the letters, Han characters and digits of a readable text, and nothing else."""
    return "".join(_TEXT.findall(text))


def _one_width(line: str) -> str:
    return squash(line).lower().translate(_simplifying())


@cache
def _simplifying() -> dict[int, str]:
    return {ord(variant): simplified for variant, simplified in simplified_of().items()}


@cache
def _characters() -> NDArray[np.uint16]:
    """Return what becomes of each UTF-16 unit that is a character of its own."""
    table = np.full(2**16, _NEEDS_CARE, "<u2")
    for number in range(1, 2**16):
        character = chr(number)
        becomes = "\n" if character == "\n" else _one_width(character)
        if not becomes and unicodedata.category(character) != "Cs":  # two halves are one character
            table[number] = _GONE
        elif not any(map(_needs_care, (character, becomes))):
            table[number] = ord(becomes)
    return table


def _needs_care(character: str) -> bool:
    """Tell whether it is several, or may become one with its neighbours (marks, Hangul), or depends on them (sigma)."""
    return (
        len(character) != 1
        or character > "\uffff"
        or unicodedata.category(character) in {"Mn", "Mc", "Me", "Cs"}
        or unicodedata.name(character, "").startswith(("HANGUL", "HALFWIDTH HANGUL"))
        or character in "Σσς"
    )
