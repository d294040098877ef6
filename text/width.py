"""Width and blanks: the many ways in which the same Chinese text is typed."""

import re
import unicodedata

_UNSEEN = "\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad"
_INVISIBLE = re.compile(f"[{_UNSEEN}]+")
_BLANKS = re.compile(rf"[\s{_UNSEEN}]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007]")


def squash(text: str) -> str:
    """Return the text for comparing: full and half width made one (NFKC), no blanks, no invisible characters."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def tidy(text: str) -> str:
    """Return the text for reading: on one line, runs of blanks made one, invisible characters gone, ends trimmed."""
    return " ".join(_INVISIBLE.sub("", text).split())


def han_count(text: str) -> int:
    """Return how many Han characters the text has."""
    return len(_HAN.findall(text))


def is_han(character: str) -> bool:
    """Tell whether one character is a Han character."""
    return _HAN.match(character) is not None
