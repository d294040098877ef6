"""An article over several pages: which of them this is, so that nobody takes a part for the whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.extraction.boilerplate import bundled_boilerplate
from crawler.extraction.document import Document
from crawler.extraction.layout import PageLayout
from text.width import squash

_TRS_PAGER = re.compile(r"createPageHTML\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*[\"']t\d{8}_\d+")
"""TRS, the publishing system of 央广网 and others: how many pages, which one from 0 on, and the article's own name; a
list's pager names the list (`index`)."""
_NUMBERED = re.compile(
    r"(?:[_-](?P<stem>\d{1,3})|/(?P<folder>\d{1,3})|[?&](?:page|p|pn|pageno|page_no|pageindex|cpage|curpage)=(?P<query>\d{1,3}))"
    r"(?=\.[a-z]{3,5}(?:[?#]|$)|/?(?:[?#]|$)|&|$)",
    re.IGNORECASE,
)
"""The number of a page in an address: 8812_2.html, 8812/2, ?page=2."""
_OF_A_LIST = re.compile(r"/(?:index|list|node|default|channel|more)[_\-.\d/?]*[^/]*$", re.IGNORECASE)
_NUMBER = re.compile(r"[\[(第]?(\d{1,2})[\])页]?")
_NEXT = re.compile(
    r"[\[(]?(?:下一?页|下1页|后一?页|余下全文|阅读余下全文|查看余下全文|未完待续|nextpage|next)[\])]?[>»›→]*|[>»›]+",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"共(?:有)?(\d{1,2})页|第?1/(\d{1,2})页|\d{1,2}/(\d{1,2})页")
_BELOW = 20
"""Lines below the body among which its pager may stand."""
_MOST = 99


@dataclass(frozen=True)
class Pages:
    """Of how many pages an article is, and which of them this one is; from 1 on."""

    count: int
    """As far as this page tells: 2 where it tells only that there is a next one."""
    place: int
    addresses: tuple[str, ...] = ()
    """Of the further pages, as the page writes them."""


def told_part(document: Document, layout: PageLayout) -> str:
    """Return which page of the article it is, in words; nothing where the article has one page."""
    pages = find_pages(document, layout)
    if pages is None:
        return ""
    return f"page {pages.place} of {pages.count} of the article; the other pages are not read"


def find_pages(document: Document, layout: PageLayout) -> Pages | None:
    """Return what a page tells of the article's further pages; None where it is the only one."""
    if (pager := _TRS_PAGER.search(document.script_text)) and int(pager[1]) > 1:
        return Pages(int(pager[1]), int(pager[2]) + 1)
    numbered: dict[int, str] = {}
    following: list[str] = [link.get("href") or "" for link in document.tree.iter("link") if link.get("rel") == "next"]
    total = 0
    for element, words in _pager(layout):
        total = max(total, *(int(number) for match in _TOTAL.finditer(words) for number in match.groups() if number), 0)
        for link in element.iter("a"):
            text, address = squash(link.text_content()), (link.get("href") or "").strip()
            if match := _NUMBER.fullmatch(text):
                if (named := _number(address)) is not None and int(match[1]) - named in {0, 1}:
                    numbered[int(match[1])] = address
            elif _NEXT.fullmatch(text) or link.get("rel") == "next":
                following.append(address)
    following = [address for address in following if _number(address)]
    count = min(max(*numbered, total if numbered or following else 0, 2 if following else 0, 0), _MOST)
    if count < 2:
        return None
    missing = [number for number in range(1, count + 1) if number not in numbered]
    place = missing[0] if len(missing) == 1 and numbered else 1
    return Pages(count, place, tuple(dict.fromkeys([*numbered.values(), *following])))


def _number(address: str) -> int | None:
    """Return the number that an article's further page has in its address; None where it is no such address."""
    match = _NUMBERED.search(address)
    return None if match is None or _OF_A_LIST.search(address) else int(next(filter(None, match.groups())))


def _pager(layout: PageLayout) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the blocks in which the article's pager may stand, with their words: within it, or below before its end."""
    boilerplate = bundled_boilerplate()
    last = None
    for index, line in enumerate(layout.lines[layout.first : layout.last + 1 + _BELOW], layout.first):
        if index > layout.last and not _NEXT.match(line.squashed) and boilerplate.is_end(line.text):
            return
        linked_to_more = line.linked or _TOTAL.search(line.squashed)
        if linked_to_more and line.element is not last and not line.is_prose:
            last = line.element
            yield line.element, line.squashed
