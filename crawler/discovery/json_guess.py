"""A JSON list whose keys have other names or whose array stands elsewhere: told by the articles that it had before."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import islice, product
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from crawler.discovery.dates import parse_date
from crawler.discovery.json_shape import arrays
from crawler.discovery.model import Known
from crawler.discovery.own_links import absolute
from crawler.sources.model import JsonSection, Source

_NAME = re.compile(r"('(?:[^'\\]|\\.)*'|`[^`]*`|\"[^\"]*\")|\b([A-Za-z_]\w*)\b(?!\s*\()")
_ITEMS = re.compile(r"(?P<path>[^\[\]]*)(?P<filter>\[\?.*\])?", re.DOTALL)
_KEYS = 40
"""Keys of an item that are tried."""
_TRIED = 2_000
"""Ways to rename the keys of one array that are tried."""
_ITEMS_TRIED = 50

Item = dict[str, Any]


def corrected_paths(source: Source, section: JsonSection, data: object, url: str, known: Known) -> dict[str, str]:
    """Return `items`, `item_url`, `item_title` and `item_date` as the answer has them now, or {} where that is unknown.

    Renamed keys and moved arrays are found, nothing else: an address made of an item must be one that the list had.
    """
    if section.item_url is None or not known.addresses:
        return {}
    best: tuple[float, ...] = (0,)
    found: dict[str, str] = {}
    for path, items in arrays(data):
        tried = items[:_ITEMS_TRIED]
        for names in _renamings(section.item_url, tried):
            expression = _renamed(section.item_url, names)
            had = [item for item in tried if _address(source, expression, item, url) in known.addresses]
            score = (len(had), *_plausibility(names, tried))
            if had and score > best:
                best = score
                found = {
                    "items": (path or "@") + _filter(section.items or "", names, had),
                    "item_url": expression,
                    **_title_and_date(section, had, known),
                }
    return found


def _address(source: Source, expression: str, item: Item, url: str) -> str | None:
    address = absolute(url, _search(expression, item))
    return source.canonical_url(address) if address else None


def _renamings(expression: str, items: Sequence[Item]) -> Iterator[Mapping[str, str]]:
    """Give the ways to put an item's keys in for the names of an expression; those that are as they were come first."""
    names = list(dict.fromkeys(match[2] for match in _NAME.finditer(expression) if match[2]))
    keys = list(dict.fromkeys(key for item in items for key in item if key.isidentifier() and key.isascii()))[:_KEYS]
    choices = [[name] if name in keys else [*keys, name] for name in names]
    yield from (dict(zip(names, chosen, strict=True)) for chosen in islice(product(*choices), _TRIED))


def _plausibility(names: Mapping[str, str], items: Sequence[Item]) -> tuple[float, float]:
    """Return how much the names are like the old ones, and how many of their values are addresses."""
    found = {old: new for old, new in names.items() if any(new in item for item in items)}
    alike = sum(ratio for old, new in found.items() if (ratio := SequenceMatcher(None, old, new).ratio()) > 0.5)
    addresses = sum(str(item.get(new)).startswith("http") for new in found.values() for item in items)
    return alike, addresses


def _renamed(expression: str, names: Mapping[str, str]) -> str:
    return _NAME.sub(lambda match: match[1] or names.get(match[2], match[2]), expression)


def _filter(items: str, names: Mapping[str, str], had: Sequence[Item]) -> str:
    """Return the items' filter as it must read now, so that everything that the list had passes it; else none."""
    parts = _ITEMS.fullmatch(items)
    if parts is None or not parts["filter"]:
        return ""
    others = {match[2] for match in _NAME.finditer(parts["filter"]) if match[2]} - names.keys()
    keys = [key for key in had[0] if key.isidentifier() and key.isascii()]
    alike = {
        name: max(keys, key=lambda key: SequenceMatcher(None, name, key).ratio()) for name in others if name not in keys
    }
    expression = _renamed(parts["filter"], {**names, **alike})
    passed = _search(f"@{expression}", list(had))
    return expression if isinstance(passed, list) and len(passed) == len(had) else ""


def _title_and_date(section: JsonSection, had: Sequence[Item], known: Known) -> dict[str, str]:
    keys = [key for key in had[0] if key.isidentifier() and key.isascii()]
    titles = {key: sum("".join(str(item.get(key)).split()) in known.titles for item in had) for key in keys}
    found = {}
    if section.item_title in keys:
        found["item_title"] = section.item_title
    elif titles and max(titles.values()):
        found["item_title"] = max(titles, key=lambda key: titles[key])
    dates = [key for key in keys if all(parse_date(item.get(key)) for item in had)]
    if section.item_date in keys:
        found["item_date"] = section.item_date
    elif dates:
        old = section.item_date or ""
        found["item_date"] = max(dates, key=lambda key: SequenceMatcher(None, old, key).ratio())
    return found


def _search(expression: str, data: object) -> Any:
    try:
        return jmespath.search(expression, data)
    except (JMESPathError, TypeError, ValueError, RecursionError):
        return None
