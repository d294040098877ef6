"""What a line belongs to by the container that holds it: short lines to the prose around them, comments to nobody.

The lines of one container are one thing. A line that is no sentence (a place, a figure, a name) is the article's where
its container, or the container of its list or table, holds the article's prose; so is a link there that names something
rather than another article. From a heading of readers' comments on, everything in its container is theirs.
"""

import re
import statistics
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from crawler.extraction.boilerplate import Boilerplate, bundled_boilerplate
from crawler.extraction.floors import set_abstracts_apart, set_floors_apart
from crawler.extraction.lines import Line, read_lines

_WITHIN = frozenset(
    {
        "ul", "ol", "li", "dl", "dd", "dt", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "p", "blockquote",
        "figure", "center", "section",
    }
)  # fmt: skip
"""Elements that a text is made of: what stands in them belongs to what stands around them."""
_PAGE = frozenset({"html", "body", "form"})
"""Elements that hold everything, and so say nothing."""
_BOXES = 1
"""Other elements with several of their own that may stand between a line and the text it belongs to."""
_HIGH = 8
_MIN_PROSE = 30
"""Characters of prose in a container from which it is a text."""
_LONG = 80
"""Characters from which a line without a full stop is a sentence."""
_ENDS = re.compile(r"[。！？!?；…]|[：:]$")
_NAME, _LONGEST_NAME = 10, 20
"""Characters up to which a link names something: the median of a run, and the longest."""
_SEVERAL = 3
"""Links from which a run between two sentences of one text is a list of names, not an advertisement."""
_ENUMERATED = re.compile(r"[、，,；;]")
_CELLS = frozenset({"td", "th"})
"""Links in cells are of a table of the text's where each has a cell beside it that is none."""
_COMMENTS = re.compile(
    r"^\W{0,2}(?:(?:网友|读者|观众|用户|最新|热门|全部|精彩|最热|文章|所有|相关|游客|球迷|大家的|網友|讀者|觀眾|熱門|全部|最熱)?(?:评论|跟帖|留言|点评|热评|回帖|回应|評論|留言|回應)(?:列表|区|精选|专区|内容|展示|區)?"
    r"[((]?(?:共|已有)?\d*(?:条|人|楼)?[))]?\W{0,2}$"
    r"|(?:大家|网友|网友们|網友)都?(?:在说|怎么说|怎么看|热议)\W{0,2}$"
    r"|(?:发表|写|撰写)(?:评论|留言|看法|評論)\W{0,2}$"
    r"|我(?:来|要|也来)(?:说两句|说几句|评论|发言|留言|点评)\W{0,2}$"
    r"|(?:共有?|已有)?\d+(?:条|个|位网友)?(?:网友)?(?:评论|跟帖|留言|回复|发言|参与评论)\W{0,2}$)"
)
_LONGEST_HEADING = 20
_SIGNED = re.compile(
    r"\d{1,4}[-/.月]\d{1,2}|\d{1,2}:\d\d|\d{1,4}[楼#]|楼主|回复|举报|支持|反对|点赞|[赞顶踩][\d(]|网友|游客|匿名|IP属地|来自|发表于|前$"
)
_LONGEST_SIGNATURE = 60


def assigned_lines(root: HtmlElement) -> list[Line]:
    """Return the lines of a tree, each of them told what it belongs to: `text_block`, `listed`, of comments `apart`."""
    lines = read_lines(root)
    assign_blocks(lines)
    return lines


def assign_blocks(lines: Sequence[Line]) -> None:
    """Tell lines of one tree what they belong to."""
    boilerplate = bundled_boilerplate()
    containers = _containers(lines)
    _set_comments_apart(lines, containers)
    set_floors_apart(lines)
    set_abstracts_apart(lines)
    prose: dict[HtmlElement, int] = {}
    for line, container in zip(lines, containers, strict=True):
        if _is_sentence(line) and not line.apart and not boilerplate.is_any(line.text):
            prose[container] = prose.get(container, 0) + line.own
    text_blocks = {container for container, size in prose.items() if size >= _MIN_PROSE and container.tag not in _PAGE}
    known: dict[HtmlElement, HtmlElement | None] = {}
    for line, container in zip(lines, containers, strict=True):
        line.container = container
        if not line.apart:
            if container not in known:
                known[container] = _text_block(container, text_blocks)
            line.text_block = known[container]
    for first, last in _runs(lines):
        if _is_listed(lines, first, last, boilerplate):
            for line in lines[first:last]:
                line.listed = line.is_linked


def _containers(lines: Sequence[Line]) -> list[HtmlElement]:
    """Return for each line the innermost element that holds other lines, too: itself, where its text is broken."""
    elements = [line.element for line in lines]
    found = []
    known: dict[HtmlElement, HtmlElement] = {}
    for index, element in enumerate(elements):
        broken = element in {elements[index - 1] if index else None, *elements[index + 1 : index + 2]}
        container = element
        if element.tag == "p" or not broken:
            parent = element.getparent()
            container = element if parent is None else parent
            if container not in known:
                known[container] = _without_wrappers(container)
            container = known[container]
        found.append(container)
    return found


def _without_wrappers(element: HtmlElement) -> HtmlElement:
    """Return an element, or the innermost one around it that holds anything else."""
    while len(element) == 1 and not (element.text or "").strip() and element.getparent() is not None:
        element = element.getparent()
    return element


def _is_sentence(line: Line) -> bool:
    """Tell whether a line is a sentence for certain: a headline of fifty characters is none."""
    return line.is_prose and not line.is_heading and (line.own >= _LONG or _ENDS.search(line.text) is not None)


def _text_block(container: HtmlElement, text_blocks: set[HtmlElement]) -> HtmlElement | None:
    """Return the text that a container is, or is a part of."""
    element: HtmlElement | None = container
    boxes = 0
    for _ in range(_HIGH):
        if element is None or element in text_blocks:
            return element
        boxes += element.tag not in _WITHIN and len(element) > 1
        if boxes > _BOXES:
            return None
        element = element.getparent()
    return None


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield the runs of lines in one text that hold links and no sentence: first, and one past the last."""
    start, linked = 0, False
    for index, line in enumerate(lines):
        text_block = line.text_block
        goes_on = text_block is not None and not line.is_prose and (not linked or lines[start].text_block is text_block)
        if not goes_on and linked:
            yield start, index
        if not goes_on or not linked:
            start = index if goes_on and line.is_linked else start
            linked = goes_on and line.is_linked
    if linked:
        yield start, len(lines)


def _is_listed(lines: Sequence[Line], first: int, last: int, boilerplate: Boilerplate) -> bool:
    """Tell whether a run of lines with links is a list or table that the text itself gives."""
    run = lines[first:last]
    text_block = run[0].text_block
    if any(boilerplate.is_any(line.text) or line.text.isdigit() for line in run if line.is_linked):
        return False
    before = next((line for line in reversed(lines[:first]) if line.text_block is text_block), None)
    if before is None or (not before.is_prose and boilerplate.is_any(before.text)):
        return False
    links = [len(name) for line in run if line.is_linked for name in _ENUMERATED.split(line.text)]
    if statistics.median(links) > _NAME or max(links) > _LONGEST_NAME:
        return False
    announced = before.text.endswith(("：", ":"))
    rows = {line.element.getparent() for line in run if not line.is_linked and line.element.tag in _CELLS}
    mixed = all(line.element.tag in _CELLS and line.element.getparent() in rows for line in run if line.is_linked)
    bracketed = (
        len(links) >= _SEVERAL
        and before.is_prose
        and last < len(lines)
        and lines[last].is_prose
        and lines[last].text_block is text_block
    )
    return announced or mixed or bracketed


def _set_comments_apart(lines: Sequence[Line], containers: Sequence[HtmlElement]) -> None:
    """Set readers' comments apart, from their heading to the end of the part that it heads."""
    prose = 0
    for index, line in enumerate(lines):
        if line.apart:
            continue
        prose += line.own if line.is_prose else 0
        if prose < _MIN_PROSE or len(line.text) > _LONGEST_HEADING or not _COMMENTS.match(line.squashed):
            continue
        scope = _scope(lines, index)
        said = [place for place in scope if lines[place].is_prose]
        signed = sum(
            len(lines[place].text) <= _LONGEST_SIGNATURE and _SIGNED.search(lines[place].squashed) is not None
            for place in scope
        )
        texts = {containers[place] for place in range(index) if lines[place].is_prose and not lines[place].apart}
        elsewhere = not any(containers[place] in texts for place in said)
        if said and (signed * 2 >= len(said) or (elsewhere and len(scope) > len(said))):
            for place in (index, *scope):
                lines[place].apart = True


def _scope(lines: Sequence[Line], heading: int) -> range:
    """Return the lines below a heading in the smallest element that holds it and a sentence after it."""
    above = {id(element): element for element in (lines[heading].element, *lines[heading].element.iterancestors())}
    following = next((line for line in lines[heading + 1 :] if line.is_prose), None)
    if following is None:
        return range(0)
    element: HtmlElement | None = following.element
    while element is not None and id(element) not in above:
        element = element.getparent()
    if element is None:
        return range(0)
    end = heading + 1
    while end < len(lines) and (lines[end].element is element or element in lines[end].element.iterancestors()):
        end += 1
    return range(heading + 1, end)
