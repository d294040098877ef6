"""JSON out of whatever a site wraps it in: a call, an assignment among other statements, a string, a comma too many."""

import json
import re
from collections.abc import Iterator
from typing import Any

from core.sanitize import clean_json, load_json

_CALL = re.compile(r"^[\s;/*]*[\w$.\[\]'\"]{1,200}\s*\((?P<json>.*)\)[\s;]*$", re.DOTALL)
"""`name({…});`, as JSONP wraps its answer."""
_BEGINNING = re.compile(r"(?:=|\(|return)\s*(?=[\[{])")
"""What stands before data in a script: `var newsList = […]`, `window.x={…}`, `show({…})`."""
_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])', re.DOTALL)
_MOST_BEGINNINGS = 200
_MOST_WITHIN = 3
"""How deep JSON is looked for in strings of JSON."""


def loads(text: str) -> Any:
    """Return the data of JSON, of JSONP or of a script that assigns it, there the largest.

    ValueError, RecursionError.
    """
    text = text.strip().removeprefix("\ufeff")
    try:
        return _within(load_json(text))
    except ValueError as error:
        for candidate in _candidates(text):
            try:
                return _within(load_json(candidate))
            except ValueError:
                continue
        raise error from None


def opened(data: Any) -> Any:
    """Return data with every string that is JSON itself replaced by what it holds."""
    if isinstance(data, dict):
        return {name: opened(value) for name, value in data.items()}
    if isinstance(data, list):
        return [opened(value) for value in data]
    if isinstance(data, str) and data.lstrip()[:1] in {"{", "["}:
        try:
            return opened(loads(data))
        except ValueError:
            return data
    return data


def _within(data: Any) -> Any:
    """Return what a text holds that is JSON in a string of JSON."""
    for _ in range(_MOST_WITHIN):
        if not isinstance(data, str):
            break
        data = load_json(data)
    return data


def _candidates(text: str) -> Iterator[str]:
    without = _COMMA.sub(lambda match: match[1] or "", text)
    for whole in (text, without):
        if call := _CALL.match(whole):
            yield call["json"]
        yield from _assigned(whole)
    yield without


def _assigned(text: str) -> Iterator[str]:
    """Give the JSON that stands in a script's statements, the longest first."""
    decoder, found, end = json.JSONDecoder(strict=False), [], 0
    readable = clean_json(text)
    for count, beginning in enumerate(_BEGINNING.finditer(readable)):
        if count >= _MOST_BEGINNINGS:
            break
        if beginning.end() < end:  # within what was read
            continue
        try:
            _, end = decoder.raw_decode(readable, beginning.end())
        except (ValueError, RecursionError):
            continue
        found.append(readable[beginning.end() : end])
    yield from sorted(found, key=len, reverse=True)
