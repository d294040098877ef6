"""One spelling for width and case, character by character, so that offsets stay those of the original text."""

import unicodedata
from functools import cache

_LAST_OF_THE_PLANE = 0xFFFF


@cache
def _single_characters() -> dict[int, str]:
    """Map each character of the basic plane whose NFKC form in lower case is one other character (Ｇ → g, ， → ,)."""
    table = {}
    for code in range(_LAST_OF_THE_PLANE + 1):
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    return table


def normal(text: str) -> str:
    """Return the text with full-width forms and capitals made plain; it is exactly as long as the original.

    Characters that NFKC would make into several (㎡) stay, since every offset after them would move.
    """
    return text.translate(_single_characters())
