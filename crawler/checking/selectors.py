"""CSS selectors for where a page shows what was read out of it: proposals for hints."""

import re
from collections.abc import Callable

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.discovery.dates import date_in
from crawler.extraction.model import Extraction

_NAME = re.compile(r"-?[A-Za-z_][\w-]*")
_SHORT = 120
"""Characters up to which an element can be one field."""


def field_selectors(tree: HtmlElement, extraction: Extraction) -> dict[str, str]:
    """Return a selector for each field of the extraction that stands in one element of the page, by the hint's name."""
    wanted: dict[str, Callable[[str], bool]] = {}
    if title := "".join(extraction.title.split()):
        wanted["title"] = lambda text: "".join(text.split()) == title
    if published := extraction.published_at:
        wanted["published_at"] = lambda text: date_in(text) == published
    if credit := extraction.credit:
        wanted["credit"] = lambda text: credit in text and bool(re.search("来源|稿源", text) or text.strip() == credit)
    found = {name: selector for name, holds in wanted.items() if (selector := _selector(tree, holds, _SHORT))}
    if len(extraction.paragraphs) > 1:
        ends = ("".join(extraction.paragraphs[0].split()), "".join(extraction.paragraphs[-1].split()))
        body = _selector(tree, lambda text: all(end in "".join(text.split()) for end in ends), 1_000_000)
        found |= {"body": body} if body else {}
    return found


def _selector(tree: HtmlElement, holds: Callable[[str], bool], longest: int) -> str | None:
    """Return a selector that leads to the innermost element that holds, and to no other."""
    candidates = list(tree.iter("h1", "h2", "h3", "span", "em", "p", "div", "article", "section", "td"))
    for element in reversed(candidates):  # the last in document order of those that hold is the innermost
        text = element.text_content()
        if len(text) <= longest and holds(text):
            return _unique(tree, element)
    return None


def _unique(tree: HtmlElement, element: HtmlElement) -> str | None:
    path = ""
    for ancestor in [element, *element.iterancestors()]:
        path = f"{_step(ancestor)} > {path}" if path else _step(ancestor)
        try:
            if len(CSSSelector(path)(tree)) == 1:
                return path
        except SelectorError:
            return None
        if path.count(">") > 3:
            return None
    return None


def _step(element: HtmlElement) -> str:
    """Name an element by its id, its classes, or its tag; generated names (with digits) change with each build."""
    name = element.get("id") or ""
    if _NAME.fullmatch(name) and not re.search(r"\d{3}", name):
        return f"#{name}"
    classes = [part for part in (element.get("class") or "").split() if _NAME.fullmatch(part)]
    return str(element.tag) + "".join(f".{part}" for part in classes[:2])
