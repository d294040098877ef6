"""Captions: lines that say what a picture shows and who took it, set as captions are.

The words alone do not tell: papers print 江边晨景。许小舟 摄 as a paragraph of their text as well. A caption has a
credit and is set apart as one: in the middle, in grey, in an element named for it, together with its picture, or with
a mark that points at that.
"""

import re

from lxml.html import HtmlElement

from crawler.extraction.lines import Line

_LONGEST = 90
_CREDITED = re.compile(
    r"(?:摄|摄影|供图|资料图片?|资料照片|照片|航拍|制图)\s*[)）】\]。]?$"
    r"|[（(](?:摄影|摄|图|供图|图片来源|图源|来源)\s*[:：/／][^（()）]{2,16}[)）]$"
    r"|(?:摄影|摄像)\s*[:：/／]?\s*[\u4e00-\u9fff·]{2,8}$"
    r"|\((?:photo|picture|file photo|courtesy)\b[^()]{0,60}\)$",
    re.IGNORECASE,
)
_SET_IN_THE_MIDDLE = re.compile(r"text-align\s*:\s*center|color\s*:\s*(?:#?(?:666|777|888|999|aaa|808080)\b|gr[ae]y)")
_NAMED = re.compile(
    r"caption|photo|picture|imgnote|img[-_]?(?:note|text|desc|alt)|pic(?:[-_]|s?\b)|[-_]pic|\bcap\b|f_center|\btu\b|tuzhu|tushuo|_desc\b",
    re.IGNORECASE,
)
_POINTS_AT_PICTURE = re.compile(r"[↑↓←→△]")
_HIGH = 3
"""Elements around a line that may set it as a caption."""
_CELLS = frozenset({"td", "th"})
_TABLE = 40
"""Characters that a table of a picture and its caption may hold beside that."""
_HOLDS_MORE = frozenset({"body", "html", "form", "article", "section", "main"})


def is_caption(line: Line) -> bool:
    """Tell whether a line is a picture's caption with its credit."""
    if len(line.text) > _LONGEST or line.is_link:
        return False
    if _CREDITED.search(line.text) is None:
        return line.element.tag in _CELLS and _stands_with_picture_in_table(line)
    return _POINTS_AT_PICTURE.match(line.text) is not None or _may_be_set_apart(line)


def _may_be_set_apart(line: Line) -> bool:
    """Tell whether an element around a line, which holds nothing else but a picture, is set as captions are."""
    inner = next(iter(line.element), None)
    if inner is not None and len(line.element) == 1 and _is_set_apart(inner):
        return True
    element: HtmlElement | None = line.element
    for _ in range(_HIGH):
        if element is None or element.tag in _HOLDS_MORE or not _holds_little(element, line):
            return False
        if _is_set_apart(element) or next(element.iter("img"), None) is not None:
            return True
        element = element.getparent()
    return False


def _holds_little(element: HtmlElement, line: Line, more: int = 4) -> bool:
    """Tell whether an element holds a line and at most so many characters more."""
    size = 0
    for text in element.itertext():
        size += len(text.strip())
        if size > len(line.text) + more:
            return False
    return True


def _is_set_apart(element: HtmlElement) -> bool:
    if element.tag in {"center", "figcaption", "figure"} or element.get("align") == "center":
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_NAMED.search(names) or _SET_IN_THE_MIDDLE.search((element.get("style") or "").lower()))


def _stands_with_picture_in_table(line: Line) -> bool:
    """Tell whether a line is the cell of a table that holds a picture and hardly anything else."""
    table = next(line.element.iterancestors("table"), None)
    if table is None or not _holds_little(table, line, _TABLE):
        return False
    return next(table.iter("img"), None) is not None and sum(1 for _ in table.iter("table")) == 1
