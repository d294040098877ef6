"""Links that a script follows or writes, where it holds a plain address: `onclick`, `javascript:`, `document.write`."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

import jmespath
from lxml.html import HtmlElement, fragment_fromstring

from crawler.discovery.dates import parse_date
from crawler.discovery.json_shape import paths_in
from crawler.discovery.json_text import loads
from crawler.discovery.model import FoundLink
from crawler.discovery.own_links import MAX_LINKS, absolute

_QUOTED = re.compile(r"""(?P<quote>["'])(?P<address>(?:https?:|[./\\])[^"'\s<>{}$]{3,500})(?P=quote)""")
"""A string that begins as an address does: with its scheme, a slash or a dot."""
_WRITE = re.compile(
    r"""document\.write(?:ln)?\s*\(\s*(?P<quote>["'])(?P<html>(?:\\.|(?!(?P=quote)).)*)(?P=quote)""", re.DOTALL
)
_ESCAPE = re.compile(r"""\\(["'/\\nt])""")
_MOST_WRITES = 500


def address_of(element: HtmlElement) -> str | None:
    """Return the address that pressing an element leads to by script, where its text says it plainly."""
    href = (element.get("href") or "").strip()
    scripts = [href] if href.lower().startswith("javascript:") else []
    scripts.append(element.get("onclick") or "")
    for script in scripts:
        if found := _QUOTED.search(script[:2_000]):
            return found["address"].replace("\\/", "/")
    return None


def written_links(scripts: Sequence[str]) -> Iterator[HtmlElement]:
    """Give the elements of the markup that a page's scripts write as plain strings."""
    writes = (match for script in scripts for match in _WRITE.finditer(script))
    for match in islice(writes, _MOST_WRITES):
        html = _ESCAPE.sub(lambda escape: {"n": "\n", "t": " "}.get(escape[1], escape[1]), match["html"])
        if "<a" in html:
            yield fragment_fromstring(html, create_parent="div")


def scripted_items(scripts: Sequence[str], base: str) -> Iterator[FoundLink]:
    """Give what the largest list of objects names that a page's scripts hold as data, for a program to show."""
    lists = [(jmespath.search(paths["items"], data), paths) for data in _held(scripts) if (paths := paths_in(data))]
    items, paths = max(lists, key=lambda found: len(found[0]), default=((), {}))
    for item in filter(lambda item: isinstance(item, dict), items[:MAX_LINKS]):
        address = absolute(base, item.get(paths["item_url"]))
        if address is not None:
            title = item.get(paths.get("item_title"))
            date = parse_date(item.get(paths.get("item_date")))
            yield FoundLink(
                url=address, title=" ".join(title.split())[:300] if isinstance(title, str) else "", listed_at=date
            )


def _held(scripts: Sequence[str]) -> Iterator[object]:
    """Yield the data that each script holds, its largest."""
    for script in scripts:
        with suppress(ValueError, RecursionError):
            yield loads(script)
