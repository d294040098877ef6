"""An article over several pages: which of them this is and where the others are, so that nobody takes one for all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from lxml.html import HtmlElement

from crawler.extraction.boilerplate import bundled_boilerplate
from crawler.extraction.document import Document
from crawler.extraction.layout import PageLayout
from crawler.extraction.page_addresses import MOST_PAGES, PageAddress, page_address, plain_place, whole_place
from text.width import squash

_TRS_PAGER = re.compile(r"createPageHTML\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*[\"'](t\d{8}_\d+)")
"""TRS, the publishing system of 央广网 and others: how many pages, which one from 0 on, and the article's own name; a
list's pager names the list (`index`)."""
_OF_A_LIST = re.compile(r"/(?:index|list|node|default|channel|more)[_\-.\d/?]*[^/]*$", re.IGNORECASE)
_NUMBER = re.compile(r"[\[(第]?(\d{1,2})[\])页]?")
_NEXT = re.compile(
    r"[\[(]?(?:下一?页|下1页|后一?页|余下全文|阅读余下全文|查看余下全文|未完待续|nextpage|next)[\])]?[>»›→]*|[>»›]+",
    re.IGNORECASE,
)
_PREVIOUS = re.compile(
    r"[\[(<«‹←]*(?:上一?页|上1页|前一?页|首页|第一页|previouspage|previous|prev)[\])]?", re.IGNORECASE
)
_WHOLE = re.compile(
    r"[\[(]?(?:在?(?:本页|单页|一页)(?:阅读|显示|浏览|查看)?(?:全文)?|(?:余下|显示|阅读|查看|浏览)(?:余下)?全文"
    r"|全文(?:阅读|显示|浏览)|viewall|singlepage|viewassinglepage)[\])]?[>»›→]*",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"共(?:有)?(\d{1,2})页|第?1/(\d{1,2})页|\d{1,2}/(\d{1,2})页")
_BELOW = 20
"""Lines below the body among which its pager may stand."""
_MOST = 99
_NOWHERE = "http://page.invalid/"
"""Where a saved page is read whose address nobody told."""


@dataclass(frozen=True)
class Pages:
    """Of how many pages an article is, which of them this one is, and where the others are; from 1 on.

    Addresses are absolute, and lie within the address pattern of the page's own: 8812_2.html beside 8812.html.
    """

    count: int = 1
    """As far as this page tells: one more than its own where it tells only that there is a next one."""
    place: int = 1
    first: str | None = None
    """The first page's address, where this is another one and its pager leads back."""
    further: tuple[str, ...] = ()
    """The pages that come after this one, in their order, `MOST_PAGES` at most."""
    whole: str | None = None
    """An address that shows the whole text on one page."""

    @property
    def told(self) -> str:
        """Which page it is, in words; nothing where it is the only one."""
        return "" if self.count < 2 else f"page {self.place} of {self.count} of the article"


@dataclass
class _Pager:
    """The links of an article's pager, their addresses absolute."""

    numbers: dict[int, str] = field(default_factory=dict)
    following: list[str] = field(default_factory=list)
    previous: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    total: int = 0


def find_pages(document: Document, layout: PageLayout) -> Pages:
    """Return what a page tells of the article's further pages."""
    if (script := _TRS_PAGER.search(document.script_text)) and int(script[1]) > 1:
        return _of_script(document.url, int(script[1]), int(script[2]) + 1, script[3])
    pager = _read_pager(document, layout)
    return _within_own_addresses(document.url, pager) or _told_alone(pager) or Pages()


def _of_script(url: str, count: int, place: int, name: str) -> Pages:
    """Read TRS's pager: page 2 of t20261101_1.shtml is t20261101_1_1.shtml."""
    url = url.partition("?")[0]
    head, found, tail = url.rpartition("/")[2].partition(name)
    if head or not found:
        return Pages(count, place)
    folder, ending = url.rpartition("/")[0], re.sub(r"^_\d{1,3}(?=\.)", "", tail)
    addresses = [f"{folder}/{name}_{number}{ending}" for number in range(place, min(count, MOST_PAGES))]
    return Pages(count, place, f"{folder}/{name}{ending}" if place > 1 else None, tuple(addresses))


def _within_own_addresses(url: str, pager: _Pager) -> Pages | None:
    """Return what those links of a pager tell that lie within the page's own address pattern."""
    plain, own = plain_place(url), page_address(url)
    numbers = {
        number: page
        for number, link in pager.numbers.items()
        if number > 1 and (page := page_address(link)) and number - page.number in {0, 1}
    }
    following = [page for link in pager.following if (page := page_address(link))]
    if known := {number: page for number, page in numbers.items() if page.place == plain}:
        return _first_page(url, pager, known)
    if nexts := [page for page in following if page.place == plain and page.number in {1, 2}]:
        return _first_page(url, pager, {2: nexts[0]})
    if own is None:
        return None
    beside = {number: page for number, page in numbers.items() if page.place == own.place}
    nexts = [page for page in following if page.place == own.place and page.number == own.number + 1]
    return _later_page(url, pager, own, beside, nexts)


def _later_page(
    url: str, pager: _Pager, own: PageAddress, beside: dict[int, PageAddress], nexts: list[PageAddress]
) -> Pages | None:
    """Return the pages of an article one of whose numbered addresses this page's is: mostly a later one."""
    back = [link for link in (pager.numbers.get(1, ""), *pager.previous) if _leads_back(link, own)]
    if not (beside or back or nexts):
        return None
    unnumbered = next((link for link in back if plain_place(link) == own.place), None)
    from_zero = own.number == 0 or (own.number == 1 and unnumbered is not None)
    offset = next((number - page.number for number, page in beside.items()), int(from_zero))
    place = own.number + offset
    if not 1 <= place <= _MOST:
        return None
    if place == 1:
        return _first_page(url, pager, beside or dict(zip([2], nexts, strict=False)))
    count = max(place + bool(nexts), *beside, pager.total)
    last = min(count, MOST_PAGES) if beside else place + bool(nexts)
    further = tuple(own.of(number - offset) for number in range(place + 1, last + 1))
    first = unnumbered or (pager.numbers[1] if pager.numbers.get(1) in back else own.first)
    return Pages(count, place, first if beside or back else None, further)


def _leads_back(link: str, own: PageAddress) -> bool:
    page = page_address(link)
    return plain_place(link) == own.place or bool(page and page.place == own.place and page.number < own.number)


def _first_page(url: str, pager: _Pager, known: dict[int, PageAddress]) -> Pages | None:
    """Return the pages of an article whose first one this is; `known` are the numbered links to others."""
    if not known:
        return None
    at, page = next(iter(known.items()))
    count = min(max(*known, pager.total, 2), _MOST)
    further = [page.of(number - at + page.number) for number in range(2, min(count, MOST_PAGES) + 1)]
    own = {plain_place(url), page.place}
    whole = next((link for link in pager.whole if whole_place(link) in own), None)
    return Pages(count, 1, None, tuple(further), whole)


def _told_alone(pager: _Pager) -> Pages | None:
    """Return what a pager tells whose addresses are not the page's own: how many there are, not where."""
    numbered = {
        number
        for number, link in pager.numbers.items()
        if (page := page_address(link)) and number - page.number in {0, 1}
    }
    following = [link for link in pager.following if page_address(link)]
    count = min(max(*numbered, pager.total if numbered or following else 0, 2 if following else 0, 0), _MOST)
    if count < 2:
        return None
    missing = [number for number in range(1, count + 1) if number not in numbered]
    return Pages(count, missing[0] if len(missing) == 1 and numbered else 1)


def _read_pager(document: Document, layout: PageLayout) -> _Pager:
    """Return the links by which a page leads to others of its article."""
    pager = _Pager()

    def add(links: list[str], href: str | None) -> None:
        address = _absolute(document.url, href)
        if address and not _OF_A_LIST.search(address):
            links.append(address)

    for link in document.tree.iter("link"):
        if link.get("rel") == "next":
            add(pager.following, link.get("href"))
    for element, words in _blocks(layout):
        pager.total = max(pager.total, *(int(n) for match in _TOTAL.finditer(words) for n in match.groups() if n), 0)
        for link in element.iter("a"):
            text, href = squash(link.text_content()), link.get("href")
            if match := _NUMBER.fullmatch(text):
                found: list[str] = []
                add(found, href)
                for address in found:
                    pager.numbers[int(match[1])] = address
            elif _WHOLE.fullmatch(text) and whole_place(_absolute(document.url, href)):
                add(pager.whole, href)
            elif _NEXT.fullmatch(text) or link.get("rel") == "next":
                add(pager.following, href)
            elif _PREVIOUS.fullmatch(text) or link.get("rel") == "prev":
                add(pager.previous, href)
    return pager


def _absolute(url: str, href: str | None) -> str:
    try:
        return urljoin(url or _NOWHERE, (href or "").strip()).partition("#")[0]
    except ValueError:
        return ""


def _blocks(layout: PageLayout) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the blocks in which the article's pager may stand, with their words: within it, or below before its end."""
    boilerplate = bundled_boilerplate()
    last = None
    for index, line in enumerate(layout.lines[layout.first : layout.last + 1 + _BELOW], layout.first):
        leads_on = _NEXT.match(line.squashed) or _PREVIOUS.match(line.squashed)
        if index > layout.last and not leads_on and boilerplate.is_end(line.text):
            return
        linked_to_more = line.linked or _TOTAL.search(line.squashed)
        if linked_to_more and line.element is not last and not line.is_prose:
            last = line.element
            yield line.element, line.squashed
