"""Links of a JSON API or of JSONP, by JMESPath; and of HTML that stands inside JSON."""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from crawler.discovery.dates import parse_date
from crawler.discovery.html_list import base_of, find_articles
from crawler.discovery.json_guess import corrected_paths
from crawler.discovery.json_text import loads, opened
from crawler.discovery.link_shapes import of_known_families
from crawler.discovery.list_requests import may_be_empty, numbered_page_after, page_at_cursor
from crawler.discovery.model import NOTHING, FoundLink, Guess, Known, ListPage
from crawler.discovery.own_links import MAX_LINKS, absolute, own_articles, pattern_problem, refused_links
from crawler.extraction.document import parse
from crawler.sources.model import JsonSection, ListRequest, Source


def read_json_list(
    source: Source, section: JsonSection, request: ListRequest, url: str, text: str, *, known: Known = NOTHING
) -> ListPage:
    """Return the articles that a JSON answer names; an API's own error (HTTP 200 all the same) is a problem."""
    try:
        data = loads(text)
        inner = opened(data)
    except (ValueError, RecursionError):
        return ListPage(problems=(f"not JSON, it begins: {_start(text)!r}",))
    read = _in_html if section.html else _in_items
    found = read(source, section, url, data, known)
    if not found.links or found.problems:  # JSON may stand in a string of it
        within = read(source, section, url, inner, known)
        if within.links and (not within.problems or not found.links):
            data, found = inner, within
    if not found.links and not may_be_empty(section, request):
        problem = f"`{'html' if section.html else 'items'}` leads to no article; the answer: {_start(text)}"
        found = ListPage(problems=(problem,))
    following = _next_page(section, request, data) if found.links else None
    return found.model_copy(update={"more": (following,) if following else ()})


def _next_page(section: JsonSection, request: ListRequest, data: object) -> ListRequest | None:
    if section.cursor:
        return page_at_cursor(section, request, _search(section.cursor, data))
    return numbered_page_after(section, request)


def _in_items(source: Source, section: JsonSection, url: str, data: object, known: Known) -> ListPage:
    """Return what the items name; else what the JSON names anywhere, and last what it names by other keys."""
    found = [*_named(section, url, data)]
    if links := own_articles(source, section, found):
        return ListPage(links=links, refused=refused_links(source, section, found))
    corrected = corrected_paths(source, section, data, url, known)
    renamed = own_articles(source, section, _named(section.model_copy(update=corrected), url, data))
    elsewhere = own_articles(source, section, _anywhere(data, url))
    if renamed and len(renamed) >= len(elsewhere):
        problem = f"degraded: `items` leads to no article, by other keys it does: {corrected}"
        return ListPage(links=renamed, guess=Guess.SHAPE, corrected=corrected, problems=(problem,))
    if elsewhere:
        problem = "degraded: `items` leads to no article, addresses were taken from wherever the JSON has them"
        return ListPage(links=elsewhere, guess=Guess.PATTERN, problems=(problem,))
    if links := of_known_families(source, found, known):
        return ListPage(links=links, guess=Guess.SHAPE, problems=pattern_problem(links, "named by `items`"))
    return ListPage()


def _named(section: JsonSection, url: str, data: object) -> Iterator[FoundLink]:
    """Give what the items of a section name."""
    items = _search(section.items, data)
    for item in items[:MAX_LINKS] if isinstance(items, list) else []:
        address = absolute(url, _search(section.item_url, item))
        if address is not None:
            title = _search(section.item_title, item)
            date = parse_date(_search(section.item_date, item))
            yield FoundLink(url=address, title=_line(title), listed_at=date)


def _in_html(source: Source, section: JsonSection, url: str, data: object, known: Known) -> ListPage:
    html = _search(section.html, data)
    found = _in_pieces(source, section, url, html if isinstance(html, list) else [html], known)
    if found.links:
        return found
    path, longest = max(_texts(data), key=lambda text: text[1].count("<a"), default=("", ""))
    elsewhere = _in_pieces(source, section, url, [longest], known)
    if not path or not elsewhere.links:
        return found
    problem = f"degraded: `html` leads to no article, {path} does"
    return ListPage(
        links=elsewhere.links, guess=elsewhere.guess or Guess.PATTERN, corrected={"html": path}, problems=(problem,)
    )


def _in_pieces(source: Source, section: JsonSection, url: str, pieces: Sequence[object], known: Known) -> ListPage:
    tree = parse("\n".join(piece for piece in pieces if isinstance(piece, str)), url).tree
    return find_articles(source, section, tree, base_of(tree, url), known=known)


def _texts(data: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Give every text of the JSON's objects, with the JMESPath that leads to it."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key.isidentifier() and key.isascii():
                yield from _texts(value, f"{path}.{key}" if path else key)


def _anywhere(data: object, url: str) -> Iterator[FoundLink]:
    """Yield every address of the JSON, with the title that stands beside it."""
    waiting, count = deque([data]), 0
    while waiting and count < MAX_LINKS:
        item = waiting.popleft()
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            waiting += item.values()
            for value in item.values():
                if isinstance(value, str) and value.startswith(("http://", "https://", "/")):
                    address = absolute(url, value)
                    if address:
                        count += 1
                        yield FoundLink(url=address, title=_line(item.get("title")))


def _search(path: str | None, data: object) -> Any:
    """Return what the path leads to; None where it leads nowhere, or a function of it gets what it cannot take."""
    if path is None:
        return None
    try:
        return jmespath.search(path, data)
    except (JMESPathError, TypeError, ValueError, RecursionError):
        return None


def _line(value: object) -> str:
    return " ".join(value.split())[:300] if isinstance(value, str) else ""


def _start(text: str) -> str:
    return " ".join(text[:200].split())
