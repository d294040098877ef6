"""One page, parsed once: the tree that every step reads, and what its head and scripts say."""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree, html
from lxml.html import HtmlElement

from core.sanitize import load_json
from crawler.extraction.collapsed import expand
from crawler.extraction.custom_elements import make_blocks
from crawler.extraction.typed_breaks import mark_typed_breaks
from text.width import tidy

_CLOSERS = re.compile(r"</\s*(?i:html|body)\s*>")
_DEEP = 400
"""Elements within each other beyond what any page has."""
_NESTED = re.compile(rf"(?:<[a-z][^<>]*>\s*){{{_DEEP},}}", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_MOST_TAGS = 4_000
"""Tags from which nesting is looked for."""
_MOST_SCRIPT = 300_000
"""Characters of scripts that are read; embedded state of real pages is below."""
_LARGE = 400_000
"""Characters of HTML from which a tree is measured and cut."""
_MOST_ELEMENTS = 6_000
_MOST_TEXT = 200_000
"""What is kept of a page that is too large; 62 real ones have up to 3,121 elements and 178,684 characters."""
_MOST_TITLE = 1_000
_TEMPLATE = re.compile(r"template|text/(?:html|plain|x-)", re.IGNORECASE)
SCRIPT = "data-script"
"""Attribute of what is left of a short script that names a time: where it stands tells what the time is of."""
_LONGEST_SCRIPT = 600
_NAMES_A_TIME = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|(?<!\d)1\d{9}(?:\d{3})?(?!\d)")
_ALL_ALIKE = etree.ElementDefaultClassLookup(element=HtmlElement)
"""One class for all elements: lxml's own choice by tag calls Python for each at every walk through a tree."""
_BARE = "<html><head></head><body></body></html>"


@dataclass(frozen=True)
class Document:
    """A parsed page; steps read it and never change its tree."""

    url: str
    tree: HtmlElement
    metas: dict[str, tuple[str, ...]]
    """Contents of `meta` elements by name, property, itemprop or http-equiv, in lower case."""
    scripts: tuple[str, ...]
    """Text of the page's own scripts."""
    data: tuple[dict[str, Any], ...]
    """JSON-LD objects, flat (`@graph` and lists are opened)."""
    templates: tuple[str, ...] = ()
    """Markup in scripts that are no programs (`text/template`): what a program of the page shows later."""

    def meta(self, *names: str) -> str:
        """Return the first content that is not empty, of the names in order."""
        for name in names:
            for content in self.metas.get(name, ()):
                if content:
                    return content
        return ""

    @cached_property
    def head_title(self) -> str:
        """Text of the first `title` element, on one line."""
        element = next(self.tree.iter("title"), None)
        return tidy(element.text_content()[:_MOST_TITLE]) if element is not None else ""

    @cached_property
    def script_text(self) -> str:
        """All scripts, joined, up to a bound."""
        return "\n".join(self.scripts)[:_MOST_SCRIPT]


def parse(text: str, url: str, *, remove: Sequence[str] = ()) -> Document:
    """Parse a page that is already decoded, without the elements that the selectors of `remove` find.

    Any text has a tree; only a selector that is none raises (`cssselect.SelectorError`).

    `</body>` and `</html>` in mid page are taken out first: libxml2 drops what follows them. Nesting beyond what any
    page has is cut, since libraries walk a tree by recursion.
    """
    text = _CLOSERS.sub("", _DECLARATION.sub("", text))
    if text.count("<") > _MOST_TAGS and any(len(run) > _DEEP and run.count("<") >= _DEEP for run in text.split("</")):
        text = _NESTED.sub(lambda run: run[0][:2000], text)
    tree = _parsed(text if text.strip() else _BARE)
    for selector in remove:
        for element in tree.cssselect(selector):
            if element.getparent() is not None:
                element.drop_tree()
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content") or ""
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            if name := element.get(attribute):
                metas.setdefault(name.strip().lower(), []).append(content.strip())
    scripts, templates, data = _read_scripts(tree)
    if len(text) > _LARGE:
        _cut(tree)
    mark_typed_breaks(tree, text)
    expand(tree, text)
    make_blocks(tree, text)
    return Document(
        url=url,
        tree=tree,
        metas={name: tuple(contents) for name, contents in metas.items()},
        scripts=scripts,
        data=data,
        templates=templates,
    )


def _parsed(text: str) -> HtmlElement:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    parser.set_element_class_lookup(_ALL_ALIKE)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return html.document_fromstring(_BARE)


def _cut(tree: HtmlElement) -> None:
    """Drop elements and text beyond what a real page has: over a page of nothing else libraries take minutes."""
    size = 0
    for index, element in enumerate(list(tree.iter(etree.Element))):
        parent = element.getparent()
        if index >= _MOST_ELEMENTS and parent is not None:
            parent.remove(element)
            continue
        for part in ("text", "tail"):
            text = getattr(element, part)
            if text:
                setattr(element, part, text[: max(_MOST_TEXT - size, 0)])
                size += len(text)


def _read_scripts(tree: HtmlElement) -> tuple[tuple[str, ...], tuple[str, ...], tuple[dict[str, Any], ...]]:
    """Read the scripts of a tree and take them out, with style sheets: nothing below them is text of the page.

    JSON-LD stays: trafilatura falls back on it. Of a script that may print the article's time an empty element is left.
    """
    scripts: list[str] = []
    templates: list[str] = []
    data: list[dict[str, Any]] = []
    for element in list(tree.iter("script", "style")):
        content, kind = element.text or "", element.get("type") or ""
        if element.tag == "script" and "ld" in kind and "json" in kind:
            data += _objects(content)
            continue
        if element.tag == "script" and content.strip():
            (templates if _TEMPLATE.search(kind) else scripts).append(content)
            if len(content) <= _LONGEST_SCRIPT and _NAMES_A_TIME.search(content) and _is_in_body(element):
                element.tag, element.text = "span", None
                element.attrib.clear()
                element.set(SCRIPT, "".join(filter(str.isprintable, content)))
                continue
        element.drop_tree()
    return tuple(scripts), tuple(templates), tuple(data)


def _is_in_body(element: HtmlElement) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag not in {"head", "html"}


def _objects(content: str) -> list[dict[str, Any]]:
    """Return the objects of a JSON-LD script; a broken one has none."""
    try:
        loaded: Any = load_json(content)
    except (ValueError, RecursionError):
        return []
    waiting: deque[Any] = deque([loaded])
    found: list[dict[str, Any]] = []
    while waiting:
        item = waiting.popleft()
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            found.append(item)
            waiting += item.get("@graph", []) if isinstance(item.get("@graph"), list) else []
    return found
