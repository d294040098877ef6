"""Width and blanks: the many ways in which the same Chinese text is typed."""

import re
import unicodedata
from functools import lru_cache

from text.characters import plain, visible

_ICONS = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]+")
_REMEMBERED = 1_000
"""Characters of the longest text that is remembered: paragraphs, not whole pages."""
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007]")


def squash(text: str) -> str:
    """Return the text for comparing: full and half width made one (NFKC), no blanks, no invisible characters."""
    if len(text) <= _REMEMBERED:
        return _remembered(text)
    lines = text.split("\n")  # nothing is composed across a line feed
    return "".join(_remembered(line) if len(line) <= _REMEMBERED else _squashed(line) for line in lines)


def _squashed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", visible(text)).split())


# The steps of one page ask for its paragraphs again and again: a tenth of the time of an extraction.
_remembered = lru_cache(maxsize=2048)(_squashed)


def tidy(text: str) -> str:
    """Return the text for reading: on one line, runs of blanks made one, characters made plain, ends trimmed."""
    return " ".join(plain(text).split())


def without_icons(text: str) -> str:
    """Return the text with a blank for each run of private-use characters, which icon fonts draw as symbols."""
    return _ICONS.sub(" ", text)


def han_count(text: str) -> int:
    """Return how many Han characters the text has."""
    return len(_HAN.findall(text))
