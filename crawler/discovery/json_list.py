"""Links of a JSON API or of JSONP, by JMESPath; and of HTML that stands inside JSON."""

from collections import deque
from collections.abc import Iterator
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from crawler.discovery.dates import parse_date
from crawler.discovery.html_list import base_of, find_articles
from crawler.discovery.json_text import loads, opened
from crawler.discovery.list_requests import may_be_empty, numbered_page_after, page_at_cursor
from crawler.discovery.model import FoundLink, ListPage
from crawler.discovery.own_links import (
    MAX_LINKS,
    FoundArticles,
    absolute,
    own_articles,
    own_links,
    pattern_problem,
    refused_links,
)
from crawler.extraction.document import parse
from crawler.sources.model import JsonSection, ListRequest, Source


def read_json_list(source: Source, section: JsonSection, request: ListRequest, url: str, text: str) -> ListPage:
    """Return the articles that a JSON answer names; an API's own error (HTTP 200 all the same) is a problem."""
    try:
        data = loads(text)
        inner = opened(data)
    except (ValueError, RecursionError):
        return ListPage(problems=(f"not JSON, it begins: {_start(text)!r}",))
    read = _in_html if section.html else _in_items
    links, problems, refused = read(source, section, url, data)
    if not links or problems:  # JSON may stand in a string of it
        within = read(source, section, url, inner)
        if within.links and not within.problems:
            data, (links, problems, refused) = inner, within
    if not links and not may_be_empty(section, request):
        problems = (f"`{'html' if section.html else 'items'}` leads to no article; the answer: {_start(text)}",)
    following = _next_page(section, request, data) if links else None
    more = (following,) if following else ()
    return ListPage(links=links, more=more, refused=dict(refused), problems=problems)


def _next_page(section: JsonSection, request: ListRequest, data: object) -> ListRequest | None:
    if section.cursor:
        return page_at_cursor(section, request, _search(section.cursor, data))
    return numbered_page_after(section, request)


def _in_items(source: Source, section: JsonSection, url: str, data: object) -> FoundArticles:
    items = _search(section.items, data)
    found = []
    for item in items[:MAX_LINKS] if isinstance(items, list) else []:
        address = absolute(url, _search(section.item_url, item))
        if address is not None:
            title = _search(section.item_title, item)
            date = parse_date(_search(section.item_date, item))
            found.append(FoundLink(url=address, title=_line(title), listed_at=date))
    if links := own_articles(source, section, found):
        return FoundArticles(links, refused=refused_links(source, section, found))
    if links := own_articles(source, section, _anywhere(data, url)):
        problem = "degraded: `items` leads to no article, addresses were taken from wherever the JSON has them"
        return FoundArticles(links, (problem,))
    links = own_links(source, found)
    return FoundArticles(links, pattern_problem(links, "taken all the same, for `items` names them") if links else ())


def _in_html(source: Source, section: JsonSection, url: str, data: object) -> FoundArticles:
    html = _search(section.html, data)
    pieces = [piece for piece in (html if isinstance(html, list) else [html]) if isinstance(piece, str)]
    tree = parse("\n".join(pieces), url).tree
    return find_articles(source, section, tree, base_of(tree, url))


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
