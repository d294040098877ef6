"""Normalized text: one spelling for width, case and script, character by character, so that offsets stay."""

import unicodedata
from functools import cache

from text.traditional import simplified_characters

_LAST_OF_THE_PLANE = 0xFFFF


@cache
def _plane() -> tuple[str, ...]:
    """Return for each character of the basic plane its normalized one: NFKC, lower case, simplified (Ｇ → g, 滬 → 沪).

    `str.translate` reads a tuple by index twice as fast as a dictionary by key, and leaves what lies beyond it.
    """
    simplified = simplified_characters()
    forms = (unicodedata.normalize("NFKC", chr(code)).lower() for code in range(_LAST_OF_THE_PLANE + 1))
    single = (form if len(form) == 1 else chr(code) for code, form in enumerate(forms))
    return tuple(simplified.get(form, form) for form in single)


def normalize(text: str) -> str:
    """Return the text in half width, lower case and simplified characters; it is exactly as long as the original.

    Characters that NFKC would make into several (㎡) stay, since every offset after them would move.
    """
    return text.translate(_plane())
