"""Where a JSON answer has its list of articles, guessed from the shape of its values."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from crawler.discovery.dates import parse_date
from crawler.discovery.json_text import loads

DEEPEST = 8
_RELATIVE = re.compile(r"(?:\.{1,2}/)*(?:[\w-]+/)*[\w-]+\.s?html?")
"""`20261128/114791.html`, beside the list."""


def json_paths(text: str) -> dict[str, str]:
    """Return the paths of `paths_in` for a text that holds JSON, or {} where it holds none."""
    try:
        return paths_in(loads(text))
    except (ValueError, RecursionError):
        return {}


def paths_in(data: object) -> dict[str, str]:
    """Return `items`, `item_url`, `item_title` and `item_date` as JMESPath, or {} where there is no list of articles.

    The list with the most items wins whose items mostly have an address; the title is the longest text of an item
    on average, the date what can be read as one.
    """
    best: dict[str, str] = {}
    most = 0
    for path, items in arrays(data):
        paths = _item_paths(items)
        if len(items) > most and "item_url" in paths:
            best, most = {"items": path or "@", **paths}, len(items)
    return best


def arrays(data: object, path: str = "", depth: int = 0) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Give every array of objects, with the JMESPath that leads to it; the empty one is the data itself."""
    if isinstance(data, list):
        items = [item for item in data if isinstance(item, dict)]
        if items:
            yield path, items
    elif isinstance(data, dict) and depth < DEEPEST:
        for key, value in data.items():
            name = key if key.isidentifier() and key.isascii() else json.dumps(key, ensure_ascii=False)
            yield from arrays(value, f"{path}.{name}" if path else name, depth + 1)


def _item_paths(items: list[dict[str, Any]]) -> dict[str, str]:
    keys = [key for key in items[0] if key.isidentifier() and key.isascii()]
    columns = {key: [item.get(key) for item in items] for key in keys}
    address = next((key for key in keys if _share(columns[key], _is_address) > 0.5), None)
    if address is None:
        return {}
    paths = {"item_url": address}
    columns = {key: column for key, column in columns.items() if _share(column, _is_address) <= 0.5}
    texts = {key: _mean_length(column) for key, column in columns.items() if _share(column, _is_headline) > 0.5}
    if texts:
        named = [key for key in texts if "title" in key.lower()]
        paths["item_title"] = "title" if "title" in named else max(named or texts, key=lambda key: texts[key])
    date = next(
        (key for key in columns if _share(columns[key], lambda value: parse_date(value) is not None) > 0.5), None
    )
    if date is not None:
        paths["item_date"] = date
    return paths


def _is_address(value: object) -> bool:
    if not isinstance(value, str) or not (value.startswith(("http://", "https://", "/")) or _RELATIVE.fullmatch(value)):
        return False
    return not value.lower().partition("?")[0].endswith((".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp4"))


def _is_headline(value: object) -> bool:
    is_text = isinstance(value, str) and 5 <= len(value) <= 100 and not value.startswith(("http", "/"))
    return is_text and not _is_date(value)


def _is_date(value: object) -> bool:
    return parse_date(value) is not None


def _mean_length(column: list[object]) -> float:
    return sum(len(value) for value in column if isinstance(value, str)) / len(column)


def _share(column: list[object], holds: Callable[[object], bool]) -> float:
    return sum(holds(value) for value in column) / len(column)
