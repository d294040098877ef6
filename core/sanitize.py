r"""Strings from outside: what no Unicode text may hold is taken out where it comes in, so that nothing later stumbles.

Half of a surrogate pair (`\ud83d`, what cutting a string in JavaScript leaves of an emoji) can be encoded by nobody:
databases, lxml, pydantic and search engines refuse it, or cut the text off there. PostgreSQL refuses NUL, too.
"""

import json
import re
import sys
from typing import Any

_ESCAPES = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<bad>u[dD][89a-fA-F][0-9a-fA-F]{2}|u0000)|.)",
    re.DOTALL,
)
"""Each escape of a JSON text as one match, so that an escaped backslash is never taken for the start of the next."""
_SUSPECT = ("\\ud", "\\uD", "\\u0000")
_REFERENCES = re.compile(rb"&#(?:x[0-9a-f]+|[0-9]+);?(?:&#(?:x[0-9a-f]+|[0-9]+);?)*", re.IGNORECASE)
"""A run of references; the pattern begins with what every one begins with, so that a page without any costs nothing."""
_REFERENCE = re.compile(rb"&#(?:x([0-9a-f]+)|([0-9]+))", re.IGNORECASE)
_MOST_DIGITS = 10
"""Digits that a reference may have, leading zeros included; libraries turn longer ones into numbers and fail."""


def clean(text: str) -> str:
    """Return the text with surrogate pairs joined, and without lone surrogates and NUL; almost always as it is."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return text


def cleaned(value: Any) -> Any:
    """Return a value of a row or a record with every string in it cleaned; of another type as it is."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {cleaned(key): cleaned(part) for key, part in value.items()}
    if type(value) is list:
        return [cleaned(part) for part in value]
    if type(value) is tuple:
        return tuple(cleaned(part) for part in value)
    return value


def load_json(text: str | bytes) -> Any:
    """Return the data of a JSON text, every string in it clean; ValueError, RecursionError.

    PostgreSQL's driver gives a column's JSON as bytes.
    """
    return json.loads(clean_json(text.decode() if isinstance(text, bytes) else text), strict=False)


def clean_json(text: str) -> str:
    """Return a JSON text (or a JavaScript string literal) whose escapes stand for clean strings."""
    text = clean(text)
    if any(suspect in text for suspect in _SUSPECT):
        text = _ESCAPES.sub(lambda escape: "" if escape["bad"] else escape[0], text)
    return text


def clean_references(markup: bytes) -> bytes:
    """Return markup whose numeric character references (`&#55357;`) stand for clean strings."""
    return _REFERENCES.sub(_clean_run, markup)


def _clean_run(run: re.Match[bytes]) -> bytes:
    codes = [
        int(hexadecimal, 16) if hexadecimal else int(decimal)
        for hexadecimal, decimal in _REFERENCE.findall(run[0])
        if len(hexadecimal or decimal) <= _MOST_DIGITS
    ]
    text = "".join(chr(code) for code in codes if code <= sys.maxunicode)
    if len(text) == run[0].count(b"&") and clean(text) == text:
        return run[0]
    return "".join(f"&#{ord(character)};" for character in clean(text)).encode()
