"""One spelling for width and case, character by character, so that offsets stay those of the original text."""

import unicodedata
from functools import cache

_LAST_OF_THE_PLANE = 0xFFFF


@cache
def _plane() -> tuple[str, ...]:
    """Return for each character of the basic plane the one that its NFKC form in lower case is, else itself (Ｇ → g).

    `str.translate` reads a tuple by index twice as fast as a dictionary by key, and leaves what lies beyond it.
    """
    plain = (unicodedata.normalize("NFKC", chr(code)).lower() for code in range(_LAST_OF_THE_PLANE + 1))
    return tuple(form if len(form) == 1 else chr(code) for code, form in enumerate(plain))


def normal(text: str) -> str:
    """Return the text with full-width forms and capitals made plain; it is exactly as long as the original.

    Characters that NFKC would make into several (㎡) stay, since every offset after them would move.
    """
    return text.translate(_plane())
