"""The part of the page in which prose outweighs everything else.

Every line is worth its characters where it reads as prose and costs something where it is a link, a label or a button;
an element is worth the sum of its lines. The element that is worth most is the article: a short report among hundreds
of links wins as surely as a long one, since every link that an ancestor would bring along makes that ancestor cheaper.
The idea is Pasternack and Roth's maximum subsequence segmentation (WWW 2009), on elements in place of tokens.
"""

from collections.abc import Sequence

from lxml.html import HtmlElement

from crawler.extraction.boilerplate import Boilerplate
from crawler.extraction.candidates import Candidate
from crawler.extraction.elements import described
from crawler.extraction.lines import Line

_LINK_COST = 30
_LABEL_COST = 8
_CELLS = frozenset({"td", "th"})
"""Their text costs nothing: an article may hold a long table of figures; nor do short lines that stand among prose."""
_FIRST_PART = 80
"""Characters of prose between headline and body that make it the article's first part."""
_SPELLED = 0.8
"""Share of a block that other lines must hold to be its second copy; it also holds headline and credit."""
_TOLD_APART = 8
"""Characters from which a line does not stand in a block by chance."""
_MOST_BROTHERS = 12
"""Short lines (a decision's heading, a caption) that are taken in on each side of a body of one paragraph."""


def by_density(
    lines: Sequence[Line], near: Sequence[float], boilerplate: Boilerplate, headline: int | None = None
) -> Candidate | None:
    """Return the lines of the article's element that are neither links nor apart; None without any prose.

    `near` is each line's proximity to the headline, `headline` that line's index, where it is known.
    """
    worths = [_worth(line, boilerplate) for line in lines]
    if headline is not None:
        worths[headline] = min(worths[headline], 0)
    element = _article_element(lines, worths, near)
    if element is None:  # the whole article stands in a part that calls itself something else
        worths = [
            line.own if line.is_prose and index != headline and not boilerplate.is_any(line.text) else value
            for index, (line, value) in enumerate(zip(lines, worths, strict=True))
        ]
        element = _article_element(lines, worths, near)
    if element is None:
        return None
    first, last = _span(lines, element)
    last = _with_further_parts(lines, worths, boilerplate, element, last)
    if all(line.element is element for line in lines[first : last + 1]):
        first, last = _spelled_out(lines, first, last) or _with_brothers(lines, worths, first, last)
    if headline is not None and headline < first:
        first = _with_first_part(lines, worths, headline, first)
    forgive = all(line.apart for line in lines[first : last + 1])
    return Candidate(
        name="density",
        paragraphs=tuple(
            line.text for line in lines[first : last + 1] if not line.is_link and (forgive or not line.apart)
        ),
        origin=described(element),
    )


def _worth(line: Line, boilerplate: Boilerplate) -> int:
    """Return what the line speaks for (or against) the part of the page that it stands in, in characters."""
    if line.is_link:
        return -min(line.linked, _LINK_COST) - _LABEL_COST
    if line.apart:
        return -min(line.own, _LINK_COST) - _LABEL_COST
    if line.is_prose and not boilerplate.is_any(line.text):
        return line.own
    return 0 if line.text_block is not None or line.element.tag in _CELLS else -_LABEL_COST


def _article_element(lines: Sequence[Line], worths: Sequence[int], near: Sequence[float]) -> HtmlElement | None:
    """Return the element that holds the article; None where no line reads as prose."""
    sums: dict[HtmlElement, float] = {}
    for line, worth, proximity in zip(lines, worths, near, strict=True):
        value = worth * proximity if worth > 0 else worth
        element: HtmlElement | None = line.element
        while element is not None:
            sums[element] = sums.get(element, 0) + value
            element = element.getparent()
    if not sums:
        return None
    # of elements of one worth the innermost is meant, which came into the table first: but for a text with short lines
    best = max(sums, key=lambda element: sums[element])
    if sums[best] <= 0:
        return None
    within = set(best.iter())
    text_blocks = {
        line.text_block for line, worth in zip(lines, worths, strict=True) if worth > 0 and line.element in within
    }
    return next(
        (
            text_block
            for text_block in best.iterancestors()
            if text_block in text_blocks and sums[text_block] >= sums[best]
        ),
        best,
    )


def _span(lines: Sequence[Line], element: HtmlElement) -> tuple[int, int]:
    """Return the index of the element's first and last line; its lines stand together."""
    within = set(element.iter())
    indexes = [index for index, line in enumerate(lines) if line.element in within]
    return indexes[0], indexes[-1]


def _with_further_parts(
    lines: Sequence[Line], worths: Sequence[int], boilerplate: Boilerplate, element: HtmlElement, last: int
) -> int:
    """Return where the body ends, if it goes on in parts of the same make, with nothing but links before them."""
    make = (element.tag, element.get("class"))
    parts: list[tuple[range, int]] = []
    index = last + 1
    for brother in element.itersiblings():
        within = set(brother.iter())
        stop = index
        while stop < len(lines) and lines[stop].element in within:
            stop += 1
        part, index = range(index, stop), stop
        worth = sum(max(worths[place], 0) for place in part)
        if worth and ((brother.tag, brother.get("class")) != make or any(lines[place].linked for place in part)):
            break
        parts.append((part, worth))
    while parts and parts[-1][1] < _FIRST_PART:  # of what is below the last of them nothing has to be known
        parts.pop()
    end = last
    for part, worth in parts:
        if any(boilerplate.is_end(lines[place].text) for place in part):
            break
        if worth >= _FIRST_PART:
            end = part[-1]
    return end


def _spelled_out(lines: Sequence[Line], first: int, last: int) -> tuple[int, int] | None:
    """Return the lines that spell out a body which is one block, where the page prints it a second time so."""
    block = "".join(line.squashed for line in lines[first : last + 1])
    outside = [index for index in range(len(lines)) if not first <= index <= last and not lines[index].is_link]
    inside = [
        index for index in outside if len(lines[index].squashed) >= _TOLD_APART and lines[index].squashed in block
    ]
    if len(inside) < 2 or sum(len(lines[index].squashed) for index in inside) < _SPELLED * len(block):
        return None
    return inside[0], inside[-1]


def _with_brothers(lines: Sequence[Line], worths: Sequence[int], first: int, last: int) -> tuple[int, int]:
    """Widen a body of one paragraph to the run of its parent's lines that is worth most, and plain lines beside it.

    A parent that is never closed, or that holds the whole page, is no article as a whole.
    """
    parent = lines[first].element.getparent()
    if parent is None:
        return first, last
    begin, end = _best_run(lines, worths, parent)
    if begin <= first <= last <= end:
        first, last = begin, end
    taken = 0
    while first > 0 and taken < _MOST_BROTHERS and _is_brother(lines[first - 1], parent):
        first, taken = first - 1, taken + 1
    taken = 0
    while last + 1 < len(lines) and taken < _MOST_BROTHERS and _is_brother(lines[last + 1], parent):
        last, taken = last + 1, taken + 1
    return first, last


def _best_run(lines: Sequence[Line], worths: Sequence[int], parent: HtmlElement) -> tuple[int, int]:
    """Return the first and the last of the lines in an element that together are worth most."""
    within = set(parent.iter())
    best, run, begin, span = 0, 0, 0, (0, -1)
    for index, (line, worth) in enumerate(zip(lines, worths, strict=True)):
        if line.element not in within:
            continue
        if run <= 0:
            run, begin = 0, index
        run += worth
        if run > best:
            best, span = run, (begin, index)
    return span


def _with_first_part(lines: Sequence[Line], worths: Sequence[int], headline: int, first: int) -> int:
    """Return where the body begins, if prose under the headline is its first part, cut off by an advertisement.

    It is made of the same elements as the body; a summary mostly is not.
    """
    tag = lines[first].element.tag
    parts = [
        index
        for index in range(headline + 1, first)
        if worths[index] > 0 and not lines[index].linked and lines[index].element.tag == tag
    ]
    return parts[0] if sum(worths[index] for index in parts) >= _FIRST_PART else first


def _is_brother(line: Line, parent: HtmlElement) -> bool:
    return line.element.getparent() is parent and line.element.tag == "p" and not (line.is_link or line.apart)
