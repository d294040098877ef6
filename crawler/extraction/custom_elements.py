"""Elements of a page's own making (`<app-byline>`): blocks, where they stand as blocks do.

Unknown elements are inline, so that a headline would be read together with the navigation before it and the byline
after it. One that stands beside other elements, with no text between them, or that wraps a block gets a `div` around
its content, with its name as the class: a name says what an element holds, as a class does. The element itself stays,
since a source's selectors may name it.
"""

import re

from lxml.html import HtmlElement

from crawler.extraction.markup import bundled_markup

_CUSTOM = re.compile(r"<[a-zA-Z][a-zA-Z0-9]*-")
_HOLDS_TEXT = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "a", "b", "strong", "em", "i", "font", "li", "td"})
"""Elements whose children are words of one line."""


def make_blocks(tree: HtmlElement, source: str) -> None:
    """Make custom elements blocks where they are; `source` is the text that the tree was parsed from."""
    if _CUSTOM.search(source) is None:
        return
    custom = [element for element in tree.iter() if isinstance(element.tag, str) and "-" in element.tag]
    blocks = bundled_markup().blocks
    for element in reversed(custom):  # inner ones first: they tell what the outer ones wrap
        if any(child.tag in blocks or _is_wrapped(child) for child in element) or _stands_alone(element):
            block = element.makeelement("div", {"class": f"{element.tag} {element.get('class') or ''}".strip()})
            block.text, element.text = element.text, None
            block.extend(list(element))
            element.append(block)


def _is_wrapped(element: HtmlElement) -> bool:
    return isinstance(element.tag, str) and "-" in element.tag and len(element) == 1 and element[0].tag == "div"


def _stands_alone(element: HtmlElement) -> bool:
    """Tell whether an element has others beside it, and no text of their parent's between them."""
    parent = element.getparent()
    if parent is None or parent.tag in _HOLDS_TEXT or len(parent) < 2:
        return False
    return not (parent.text or "").strip() and not any((child.tail or "").strip() for child in parent)
