"""Links of an HTML page: those of the section's region, or of the whole page where the region is gone."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.discovery.dates import date_in
from crawler.discovery.link_shapes import likely_articles
from crawler.discovery.list_requests import is_numbered, numbered_page_after, part_of
from crawler.discovery.model import FoundLink, ListPage
from crawler.discovery.own_links import MAX_LINKS, FoundArticles, absolute, own_articles, pattern_problem, refused_links
from crawler.discovery.script_links import address_of, written_links
from crawler.extraction.document import parse
from crawler.sources.model import HtmlSection, ListRequest, Section, Source

_NEXT_WORDS = frozenset({"下一页", "下页", "后一页", "下一頁", "next", "›", "»", ">", ">>"})
_ITEM = frozenset({"li", "tr", "dd", "article"})
_PRESSED = frozenset({"li", "div", "p", "span", "tr", "td", "h2", "h3", "h4", "article", "img"})
_MOST_TITLE = 300


def read_html_list(source: Source, section: HtmlSection, request: ListRequest, url: str, html: str) -> ListPage:
    """Return the article links of an HTML page and its next page; what had to be guessed stands in `problems`."""
    document = parse(html, url)
    tree = document.tree
    base = base_of(tree, url)
    parts = _parts(source, section, request, tree, base)
    links, problems, refused = find_articles(source, section, tree, base, region=section.region, date=section.date)
    if not links or problems:
        given = tuple(_links([*written_links(document.scripts)], base, None))
        if written := own_articles(source, section, given):
            links, problems, refused = written, (), refused_links(source, section, given)
    if parts and problems:  # it is an index: what is no part of the list is not taken for an article
        links, problems, refused = FoundArticles(())
    following = _next_page(source, section, request, tree, base) if links else None
    more = (*parts, *([following] if following else []))
    return ListPage(links=links, more=more, refused=dict(refused), problems=problems)


def _parts(
    source: Source, section: HtmlSection, request: ListRequest, tree: HtmlElement, base: str
) -> tuple[ListRequest, ...]:
    """Return the requests of the list's parts; a part names no further ones."""
    if not section.parts or request.is_part:
        return ()
    here = request.url.partition("#")[0]
    found = (link.url.partition("#")[0] for link in _links([tree], base, None))
    urls = dict.fromkeys(url for url in found if url != here and source.owns(url) and _is_part(section, url))
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
    region: Sequence[str] = (),
    date: str | None = None,
) -> FoundArticles:
    """Return the article links of a tree, and what was wrong.

    Three steps, each only where the one before found nothing: the region by the pattern, the whole page by the
    pattern, the whole page by the shape of its links.
    """
    within: list[HtmlElement] = next((found for selector in region if (found := CSSSelector(selector)(tree))), [])
    inside = tuple(link for link in _links(within, base, date) if not _is_part(section, link.url))
    if not (section.article or source.article):
        return FoundArticles(likely_articles(source, inside or _links([tree], base, None)))
    if links := own_articles(source, section, inside):
        return FoundArticles(links, refused=refused_links(source, section, inside))
    everything = tuple(link for link in _links([tree], base, None) if not _is_part(section, link.url))
    if links := own_articles(source, section, everything):
        missing = "holds no article" if within else "matches nothing"
        problem = f"degraded: `region` {missing}, articles were taken from the whole page"
        return FoundArticles(links, (problem,) if region else (), refused_links(source, section, everything))
    links = likely_articles(source, everything)
    return FoundArticles(links, pattern_problem(links, "chosen by their shape") if links else ())


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
    if section.is_dated:
        return None
    if is_numbered(section):
        return numbered_page_after(section, request)
    if request.page >= section.max_pages:
        return None
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
        if address and source.owns(address) and address.partition("#")[0] != request.url.partition("#")[0]:
            return ListRequest(url=address.partition("#")[0], page=request.page + 1, headers=section.headers)
    return None
