"""The line by which the pages of an article lead to each other, where it was taken for text."""

import re
from dataclasses import replace

from crawler.extraction.body import Body
from crawler.extraction.paging import Pages
from crawler.extraction.repairs.chain import RepairEffect
from text.width import squash

_PAGER = re.compile(
    r"(?:[\[(第]?\d{1,2}[\])页]?|[首末尾][页]|[上下前后]一?页|共\d{1,2}页|第?\d{1,2}/\d{1,2}页?|\.{3}|…|prev(?:ious)?|next|[|·<>«»‹›])+",
    re.IGNORECASE,
)


def without_pager(body: Body, pages: Pages) -> Body:
    """Return a body without the pager at its ends; its witness is that the page is one of several."""
    if pages.count < 2:
        return body
    first, last = 0, len(body.paragraphs)
    while first < last and _is_pager(body.paragraphs[last - 1]):
        last -= 1
    while first < last and _is_pager(body.paragraphs[first]):
        first += 1
    gone = (*body.paragraphs[:first], *body.paragraphs[last:])
    if not gone:
        return body
    effect = RepairEffect("pager", gone, (), f"the page is {pages.told}")
    return replace(body, paragraphs=body.paragraphs[first:last], effects=(*body.effects, effect))


def _is_pager(paragraph: str) -> bool:
    return _PAGER.fullmatch(squash(paragraph)) is not None
