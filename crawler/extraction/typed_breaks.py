"""Line breaks that the text itself holds, made `br` elements: every later step, libraries too, then reads paragraphs.

In `pre` and under `white-space: pre-wrap` each line feed is one. Elsewhere a paragraph begins at two wide blanks, which
is how Chinese text is indented, where a line feed or the end of a sentence stands before them.
"""

import re

from lxml import etree
from lxml.html import HtmlElement

_FEED = re.compile(r"\r\n?|\n|\u2028|\u2029")
_INDENT = re.compile(
    r"(?:(?<=[。！？!?…；”’）)])[^\S\u3000\xa0]*|[^\S\u3000\xa0]*\n[^\S\u3000\xa0]*)(?=(?:\u3000{2}|\u2003{2}|\xa0{4})\s*\S)"
)
_INDENTED = "//text()[contains(., '\u3000\u3000') or contains(., '\u2003\u2003') or contains(., '\xa0\xa0\xa0\xa0')]"
_PREFORMATTED = (
    "//pre//text() | //*[contains(translate(@style, 'PREWHITSACLN \t', 'prewhitsacln'), 'white-space:pre')]//text()"
)

_SIGNS_OF_PREFORMATTED = ("<pre", "<PRE", "white-space", "WHITE-SPACE")
_SIGNS_OF_INDENTED = ("\u3000\u3000", "\u2003\u2003", "\xa0" * 4, "&nbsp;" * 4, "&#12288;", "&#x3000;", "&emsp;")
_BEGINNINGS = ("p>", "P>", '">', "br>", "BR>", "/>")
"""Ends of tags, not those of what is taken out of a tree: text begins after them, so that nothing stands before it."""


def mark_typed_breaks(tree: HtmlElement, source: str) -> None:
    """Put a `br` into the tree wherever its text breaks a line by itself; `source` is the text it was parsed from."""
    for path, pattern, is_there in (
        (_PREFORMATTED, _FEED, any(sign in source for sign in _SIGNS_OF_PREFORMATTED)),
        (_INDENTED, _INDENT, any(_stands_within(sign, source) for sign in _SIGNS_OF_INDENTED)),
    ):
        for text in tree.xpath(path) if is_there else ():
            pieces = pattern.split(text)
            if len(pieces) > 1:
                _put(text.getparent(), pieces, after=text.is_tail)


def _stands_within(sign: str, source: str) -> bool:
    """Tell whether an indent may stand within a text; at the beginning of its paragraph it breaks nothing."""
    count = source.count(sign)
    return count > 0 and count > sum(source.count(beginning + sign) for beginning in _BEGINNINGS)


def _put(element: HtmlElement, pieces: list[str], *, after: bool) -> None:
    """Write the pieces, a `br` between them, in place of the element's text, or of the text after it."""
    first, *others = pieces
    if after:
        parent = element.getparent()
        if parent is None:
            return
        element.tail, at = first, parent.index(element) + 1
    else:
        element.text, parent, at = first, element, 0
    for place, piece in enumerate(others, at):
        mark = etree.Element("br")
        mark.tail = piece
        parent.insert(place, mark)
