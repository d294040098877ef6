"""What readers wrote below an article, floor by floor, and abstracts of other articles: told by their repetition.

A forum's or a comment's floor says so in a short line of its own (3楼, 回复 支持(2), 举报); other articles' abstracts
each begin with a link. What stands in one such part after another belongs to nobody's article, but for the first floor
of a forum, which is the article.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from lxml.html import HtmlElement

from crawler.extraction.lines import Line

_ACTION = "(?:回复|引用|支持|反对|举报|顶|赞|TOP|只看该?作者|只看楼主)"
_COUNT = r"[(\[]?\d+[)\]]?"
_MARK = re.compile(
    r"[\[【(#]?第?\d{1,4}(?:楼|F|#|樓)[\]】)]?[^,。!?;]{0,40}"
    r"|[^,。!?;]{0,40}第?\d{1,4}(?:楼|#|樓)[\]】)]?(?:回复|举报|引用|TOP)?"
    rf"|{_ACTION}|[^,。!?;]{{0,12}}(?:{_ACTION}(?:{_COUNT})?){{2,6}}|[^,。!?;]{{0,12}}{_ACTION}{_COUNT}"
    r"|作者[:].{1,20}(?:回复|发表|提交)(?:日期|时间)[:].*"
    r"|[^,。!?;]{0,24}(?:发表于|回复于|评论于|(?:发[表帖贴]|回复|评论)(?:时间|日期))[:]?\d{2,4}[-/.年][^,。!?;]*"
    r"|[^,。!?;]{0,24}于\d{2,4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\d{1,2}:\d\d[^,。!?;]*(?:说|写道)[:]?"
    rf"|.{{1,60}}(?:举报|回复{_COUNT})",
)
"""A short line of a floor, without blanks and in half width. A single word of action needs its count (支持(2))."""
_NO_WORD = re.compile(r"[\W\d_年月日]+")
_RULE = re.compile(r"[-—_=~*＿－]{6,}")
_BEFORE_RULE = 0.8
"""Share of a floor's prose above a rule of dashes for what is below it to be a signature."""
_HINT = re.compile(r"[楼樓#赞顶]|回复|引用|支持|反对|举报|TOP|\dF|:\d\d|[表贴帖交论]时间|表于|论于|只看")
_LONGEST = 70
_SEVERAL = 3
"""Marks or abstracts from which they are a habit of the page."""
_ARTICLE = 3
"""How many times the prose of a usual floor the first one must have to be the article."""
_MUCH = 80
"""Characters of prose that a last floor may have whatever the others have."""
_LONGEST_ABSTRACT = 200
_HIGH = 6


def set_floors_apart(lines: Sequence[Line]) -> None:
    """Set floors of readers apart, all but a first one that is the article."""
    marks = [index for index, line in enumerate(lines) if not line.apart and _is_mark(line)]
    if len(marks) < _SEVERAL:
        return
    root = _common([lines[index].element for index in marks])
    if root is None:
        return
    path = [_child_of(root, line.element) for line in lines]
    places = [index for index, child in enumerate(path) if child is not None]
    floors = _by_children(marks, path, places) if path[marks[0]] is not root else []
    if len(floors) < _SEVERAL or not any(line.own and not _is_mark(line) for line in lines[slice(*floors[-1])]):
        floors = _by_distance(marks)
    if not floors:
        return
    sizes = [sum(line.own for line in lines[start:end] if line.is_prose) for start, end in floors]
    above = sum(line.own for line in lines[: floors[0][0]] if line.is_prose and not line.apart)
    usual = sorted(sizes)[len(sizes) // 2]
    first = 1 if sizes[0] >= max(_ARTICLE * usual, above, 1) else 0
    if (not first and above < usual) or sizes[-1] > max(_MUCH, _ARTICLE * max(sizes[first:-1], default=0)):
        return  # a text follows that is no floor
    if first:
        _set_writer_apart(lines[slice(*floors[0])])
    for start, end in floors[first:]:
        for line in lines[start:end]:
            line.apart = True


def _set_writer_apart(floor: Sequence[Line]) -> None:
    """Set apart what the article's own floor says of its writer: beside the text, in marks, below a rule of dashes."""
    text = _common([line.element for line in floor if line.is_prose])
    within = set(text.iter()) if text is not None else set()
    written = sum(line.own for line in floor if line.is_prose)
    read = 0
    signed = False
    for line in floor:
        read += line.own if line.is_prose else 0
        signed = signed or (_RULE.fullmatch(line.text) is not None and read >= _BEFORE_RULE * written)
        line.apart = line.apart or signed or line.element not in within or _is_mark(line)


def set_abstracts_apart(lines: Sequence[Line]) -> None:
    """Set abstracts of other articles below this one apart: parts of one make, each a link and a text."""
    groups: dict[tuple[HtmlElement | None, str, str], list[HtmlElement]] = {}
    first: dict[HtmlElement, int] = {}
    for index, line in enumerate(lines[1:], 1):
        if (
            line.is_prose
            and _is_linked_title(lines[index - 1])
            and len(line.text) <= _LONGEST_ABSTRACT
            and not line.apart
        ):
            part = _common([lines[index - 1].element, line.element])
            if part is not None and part.tag not in {"html", "body", "form", "p"} and part not in first:
                first[part] = index - 1
                key = (part.getparent(), str(part.tag), part.get("class") or "")
                groups.setdefault(key, []).append(part)
    for parts in groups.values():
        if len(parts) < _SEVERAL:
            continue
        start = first[parts[0]]
        within = {element for part in parts for element in part.iter()}
        inside = [index for index in range(start, len(lines)) if lines[index].element in within]
        prose = sum(lines[index].own for index in inside if lines[index].is_prose)
        above = sum(line.own for line in lines[:start] if line.is_prose and not line.apart)
        if above * _SEVERAL >= prose and above:
            for index in inside:
                lines[index].apart = True


def _is_linked_title(line: Line) -> bool:
    """Tell whether a line is a link and nothing else, but for a day or a number."""
    return line.is_linked or (line.linked > 0 and len(_NO_WORD.sub("", line.text)) <= line.linked)


def _is_mark(line: Line) -> bool:
    if len(line.text) > _LONGEST or _HINT.search(line.text) is None:
        return False
    return _MARK.fullmatch(line.squashed) is not None


def _common(elements: Sequence[HtmlElement]) -> HtmlElement | None:
    """Return the innermost element that holds all."""
    above = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        own = {element, *element.iterancestors()}
        above = [candidate for candidate in above if candidate in own]
    return above[0] if above else None


def _child_of(root: HtmlElement, element: HtmlElement) -> HtmlElement | None:
    """Return the child of an element that holds another; the element itself, where that is it; None outside."""
    below: HtmlElement | None = element
    if below is root:
        return root
    while below is not None:
        parent = below.getparent()
        if parent is root:
            return below
        below = parent
    return None


def _by_children(
    marks: Sequence[int], path: Sequence[HtmlElement | None], places: Sequence[int]
) -> list[tuple[int, int]]:
    """Return the lines of each floor, where each is a child of its own, or begins with one: start, one past the end."""
    starts: list[int] = []
    for mark in marks:
        start = next(place for place in places if path[place] is path[mark])
        if start not in starts:
            starts.append(start)
    ends = [*starts[1:], places[-1] + 1]
    make = {(child.tag, child.get("class")) for child in path[starts[0] : starts[-1] + 1] if child is not None}
    last = starts[-1]
    while last + 1 <= places[-1] and (child := path[last + 1]) is not None:
        other = path[last]
        if child is not other and len(starts) > 1 and (child.tag, child.get("class")) not in make:
            break
        last += 1
    ends[-1] = last + 1
    return list(zip(starts, ends, strict=True))


def _by_distance(marks: Sequence[int]) -> list[tuple[int, int]]:
    """Return the lines of each floor, where marks come at one distance: those before the first count back as many."""
    gaps = {after - before for before, after in pairwise(marks)}
    if len(gaps) != 1:
        return []
    gap = gaps.pop()
    start = marks[0] - gap + 1
    if start < 0 or gap > _HIGH:
        return []
    return [(mark - gap + 1, mark + 1) for mark in marks]
