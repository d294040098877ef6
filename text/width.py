"""Width and blanks: the many ways in which the same Chinese text is typed."""

import re
import unicodedata

_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]+")
_BLANKS = re.compile(r"\s+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007]")


def squash(text: str) -> str:
    """Return the text for comparing: full and half width made one (NFKC), no blanks, no invisible characters."""
    return _BLANKS.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))


def tidy(text: str) -> str:
    """Return the text for reading: on one line, runs of blanks made one, invisible characters gone, ends trimmed."""
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip()


def han_count(text: str) -> int:
    """Return how many Han characters the text has."""
    return len(_HAN.findall(text))


def is_han(character: str) -> bool:
    """Tell whether one character is a Han character."""
    return _HAN.match(character) is not None
