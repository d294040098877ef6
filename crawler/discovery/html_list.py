"""Links of an HTML page: those of the section's region, or of the whole page where the region is gone."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.discovery.dates import date_in
from crawler.discovery.link_shapes import guessed_articles, is_known, likely_articles
from crawler.discovery.list_requests import is_numbered, numbered_page_after, part_of
from crawler.discovery.model import NOTHING, FoundLink, Guess, Known, ListPage
from crawler.discovery.own_links import MAX_LINKS, absolute, own_articles, pattern_problem, refused_links
from crawler.discovery.script_links import address_of, written_links
from crawler.extraction.document import parse
from crawler.sources.model import HtmlSection, ListRequest, Section, Source

_NEXT_WORDS = frozenset({"下一页", "下页", "后一页", "下一頁", "next", "›", "»", ">", ">>"})
_ITEM = frozenset({"li", "tr", "dd", "article"})
_PRESSED = frozenset({"li", "div", "p", "span", "tr", "td", "h2", "h3", "h4", "article", "img"})
_MOST_TITLE = 300


def read_html_list(
    source: Source, section: HtmlSection, request: ListRequest, url: str, html: str, *, known: Known = NOTHING
) -> ListPage:
    """Return the article links of an HTML page and its next page; what had to be guessed stands in `problems`."""
    document = parse(html, url)
    tree = document.tree
    base = base_of(tree, url)
    parts = _parts(source, section, request, tree, base, page_url=url)
    found = find_articles(source, section, tree, base, known=known, region=section.region, date=section.date)
    if not found.links or found.problems:
        given = tuple(_links([*written_links(document.scripts)], base, None))
        if written := own_articles(source, section, given):
            found = ListPage(links=written, refused=refused_links(source, section, given))
    if parts and found.problems and not any(is_known(link, known) for link in found.links):
        found = ListPage()  # it is an index: what is no part of the list is not taken for an article
    following = _next_page(source, section, request, tree, base) if found.links else None
    return found.model_copy(update={"more": (*parts, *([following] if following else []))})


def _parts(
    source: Source, section: HtmlSection, request: ListRequest, tree: HtmlElement, base: str, *, page_url: str
) -> tuple[ListRequest, ...]:
    """Return the requests of the list's parts; a part names no further ones."""
    if not section.parts or request.is_part:
        return ()
    here = page_url.partition("#")[0]
    found = (link.url.partition("#")[0] for link in _links([tree], base, None))
    urls = dict.fromkeys(url for url in found if url != here and source.is_kin(url) and _is_part(section, url))
    in_same_folder = (url for url in urls if url.rsplit("/", 1)[0] == here.rsplit("/", 1)[0])
    return tuple(part_of(section, request, url) for url in in_same_folder)


def _is_part(section: Section, url: str) -> bool:
    return isinstance(section, HtmlSection) and bool(section.parts) and re.search(section.parts or "", url) is not None


def find_articles(
    source: Source,
    section: Section,
    tree: HtmlElement,
    base: str,
    *,
    known: Known,
    region: Sequence[str] = (),
    date: str | None = None,
) -> ListPage:
    """Return the article links of a tree, and what was wrong.

    Three steps, each only where the one before found nothing: the region by the pattern, the whole page by the
    pattern, the whole page by the shape of its links.
    """
    within: list[HtmlElement] = next((found for selector in region if (found := CSSSelector(selector)(tree))), [])
    inside = tuple(link for link in _links(within, base, date) if not _is_part(section, link.url))
    if not (section.article or source.article):
        return ListPage(links=likely_articles(source, inside or _links([tree], base, None)))
    if links := own_articles(source, section, inside):
        return ListPage(links=links, refused=refused_links(source, section, inside))
    everything = tuple(link for link in _links([tree], base, None) if not _is_part(section, link.url))
    if links := own_articles(source, section, everything):
        refused = refused_links(source, section, everything)
        if not region:
            return ListPage(links=links, refused=refused)
        missing = "holds no article" if within else "matches nothing"
        problem = f"degraded: `region` {missing}, articles were taken from the whole page"
        return ListPage(links=links, guess=Guess.PATTERN, refused=refused, problems=(problem,))
    if links := guessed_articles(source, everything, known):
        return ListPage(links=links, guess=Guess.SHAPE, problems=pattern_problem(links, "told by their shape"))
    return ListPage()


def base_of(tree: HtmlElement, url: str) -> str:
    """Return the address that the page's relative links start from."""
    element = next(tree.iter("base"), None)
    return (element is not None and absolute(url, element.get("href"))) or url


def _links(elements: Sequence[HtmlElement], base: str, date: str | None) -> Iterator[FoundLink]:
    """Yield the web links of elements in their order, each with its text and the date beside it."""
    dated = CSSSelector(date) if date else None
    left = MAX_LINKS
    for element in elements:
        beside = None if dated is None else date_in(" ".join(found.text_content() for found in dated(element)[:3]))
        for anchor in islice(_anchors(element), left):
            left -= 1
            address = absolute(base, anchor.get("href")) or absolute(base, address_of(anchor))
            if address is not None:
                listed_at = _date_beside(anchor) if dated is None else beside
                yield FoundLink(url=address, title=_title(anchor), listed_at=listed_at)


def _anchors(element: HtmlElement) -> Iterator[HtmlElement]:
    """Give what leads elsewhere when it is pressed."""
    return (inner for inner in element.iter() if inner.tag == "a" or (inner.tag in _PRESSED and inner.get("onclick")))


def _date_beside(anchor: HtmlElement) -> datetime | None:
    item = _item_of(anchor)
    return None if item is None else date_in(item.text_content()[:1000])


def _item_of(anchor: HtmlElement) -> HtmlElement | None:
    """Return the list item around a link, where it is one with few links and so the date in it is the link's."""
    ancestor = anchor.getparent()
    for _ in range(6):
        if ancestor is None:
            return None
        if ancestor.tag in _ITEM:
            few = sum(1 for _ in islice(ancestor.iter("a"), 5)) < 5
            return ancestor if few else None
        ancestor = ancestor.getparent()
    return None


def _title(anchor: HtmlElement) -> str:
    """Return the headline: the link's text, or its title attribute where the text is missing or cut short."""
    text = " ".join(anchor.text_content().split())
    attribute = " ".join((anchor.get("title") or "").split())
    picture = next(anchor.iter("img"), None)
    if not text and not attribute and picture is not None:
        attribute = " ".join((picture.get("alt") or "").split())
    cut = text.endswith(("…", "...", ".."))
    return (attribute if attribute and (not text or cut) else text)[:_MOST_TITLE]


def _next_page(
    source: Source, section: HtmlSection, request: ListRequest, tree: HtmlElement, base: str
) -> ListRequest | None:
    if section.is_dated or request.page >= section.max_pages:
        return None
    linked = _linked_page(source, section, request, tree, base)
    numbered = numbered_page_after(section, request) if is_numbered(section) else None
    if numbered is None or linked is None or linked.key == numbered.key:
        return numbered or linked
    return numbered.model_copy(update={"otherwise": linked.url})


def _linked_page(
    source: Source, section: HtmlSection, request: ListRequest, tree: HtmlElement, base: str
) -> ListRequest | None:
    """Return the request of the page that the list itself links to as its next one."""
    if section.next:
        anchors: Sequence[HtmlElement] = CSSSelector(section.next)(tree)
    else:
        anchors = [
            anchor
            for anchor in tree.iter("a", "link")
            if (anchor.get("rel") or "").lower() == "next"
            or (anchor.tag == "a" and len(anchor) < 3 and anchor.text_content().strip().lower() in _NEXT_WORDS)
        ]
    for anchor in anchors:
        address = absolute(base, anchor.get("href"))
        if address and source.is_kin(address) and address.partition("#")[0] != request.url.partition("#")[0]:
            return ListRequest(url=address.partition("#")[0], page=request.page + 1, headers=section.headers)
    return None
