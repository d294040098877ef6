"""Links of an HTML page: those of the section's region, or of the whole page where the region is gone."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from typing import NamedTuple

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.discovery.bounds import CUT, with_problems
from crawler.discovery.entry_dates import date_in_texts, date_of_entry, is_date
from crawler.discovery.link_shapes import guessed_articles, is_known, likely_articles
from crawler.discovery.list_requests import is_numbered, numbered_page_after, part_of
from crawler.discovery.model import NOTHING, FoundLink, Guess, Known, ListPage
from crawler.discovery.own_links import (
    MAX_LINKS,
    absolute,
    own_articles,
    pattern_problem,
    refused_links,
    with_query_in,
)
from crawler.discovery.script_links import address_of, scripted_items, written_links
from crawler.extraction.document import parse
from crawler.sources.model import HtmlSection, ListRequest, Section, Source

_NEXT_WORDS = frozenset({"下一页", "下页", "后一页", "下一頁", "next", "›", "»", ">", ">>"})
_PAGE_ADDRESS = re.compile(r"[/?.]")
_PRESSED = frozenset({"li", "div", "p", "span", "tr", "td", "h2", "h3", "h4", "article", "img"})
_MOST_TITLE = 300
_MOST_ANCHORS = 20_000
"""Links among which those to articles are looked for."""
_MOST_WITHIN = 12
"""Elements within a link that are asked whether they are a date."""


@dataclass(frozen=True)
class Dating:
    """How the date of a list's entry is found."""

    selector: str | None = None
    """Of the section: where it stands; without one it is beside the link."""
    read_at: datetime | None = None
    """When the list was fetched; aware."""

    @property
    def anywhere(self) -> "Dating":
        """How it is found on the page of which the section does not speak."""
        return Dating(None, self.read_at)


UNDATED = Dating()


def read_html_list(
    source: Source,
    section: HtmlSection,
    request: ListRequest,
    url: str,
    html: str,
    *,
    known: Known = NOTHING,
    read_at: datetime | None = None,
    encoding: str = "utf-8",
) -> ListPage:
    """Return the article links of an HTML page and its next page; what had to be guessed stands in `problems`.

    `read_at` (aware) is when it was fetched: without it relative dates tell nothing. `encoding` is the page's, in which
    the queries of its links are sent.
    """
    document = parse(html, url)
    tree = document.tree
    if not encoding.startswith("utf"):
        for anchor in tree.iter("a", "link"):
            if href := anchor.get("href"):
                anchor.set("href", with_query_in(encoding, href))
    base = base_of(tree, url)
    parts = _parts(source, section, request, tree, base, page_url=url)
    dating = Dating(section.date, read_at)
    found = find_articles(source, section, tree, base, known=known, region=section.region, dating=dating)
    if not found.links or found.problems:
        given = (*_links([*written_links(document.scripts)], base, dating), *scripted_items(document.scripts, base))
        if written := own_articles(source, section, given):
            found = ListPage(links=written, refused=refused_links(source, section, given))
    if parts and found.problems and not any(is_known(link, known) for link in found.links):
        found = ListPage()  # it is an index: what is no part of the list is not taken for an article
    following = _next_page(source, section, request, tree, base) if found.links else None
    found = found.model_copy(update={"more": (*parts, *([following] if following else []))})
    return with_problems(found, _left_out(tree, base, _articles_of(source, section)) if found.links else ())


def _articles_of(source: Source, section: Section) -> Callable[[str], bool] | None:
    """Return what tells by its pattern whether an address is an article of a list; None where it has no pattern."""
    return (lambda url: source.is_article(url, section)) if section.article or source.article else None


def _parts(
    source: Source, section: HtmlSection, request: ListRequest, tree: HtmlElement, base: str, *, page_url: str
) -> tuple[ListRequest, ...]:
    """Return the requests of the list's parts; a part names no further ones."""
    if not section.parts or request.is_part:
        return ()
    here = page_url.partition("#")[0]
    found = (link.url.partition("#")[0] for link in _links([tree], base))
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
    dating: Dating = UNDATED,
) -> ListPage:
    """Return the article links of a tree, and what was wrong.

    Three steps, each only where the one before found nothing: the region by the pattern, the whole page by the
    pattern, the whole page by the shape of its links.
    """
    within: list[HtmlElement] = next((found for selector in region if (found := CSSSelector(selector)(tree))), [])
    wanted = _articles_of(source, section)
    inside = tuple(link for link in _links(within, base, dating, is_article=wanted) if not _is_part(section, link.url))
    if not (section.article or source.article):
        return ListPage(links=likely_articles(source, inside or _links([tree], base, dating.anywhere)))
    if links := own_articles(source, section, inside):
        return ListPage(links=links, refused=refused_links(source, section, inside))
    everything = tuple(
        link for link in _links([tree], base, dating.anywhere, is_article=wanted) if not _is_part(section, link.url)
    )
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
    """Return the address that the page's relative links start from: the first `base` that names one counts."""
    named = next((element.get("href") for element in tree.iter("base") if element.get("href") is not None), None)
    return absolute(url, named) or url


def _links(
    elements: Sequence[HtmlElement],
    base: str,
    dating: Dating = UNDATED,
    *,
    is_article: Callable[[str], bool] | None = None,
) -> Iterator[FoundLink]:
    """Yield the web links of elements in their order, each with its text and the date beside it.

    Of more than MAX_LINKS those are left out first that are no articles.
    """
    dated = CSSSelector(dating.selector) if dating.selector else None
    found = list(islice(_addressed(elements, base), _MOST_ANCHORS))
    if len(found) > MAX_LINKS:
        others_last = sorted(range(len(found)), key=lambda place: not (is_article and is_article(found[place].address)))
        found = [found[place] for place in sorted(others_last[:MAX_LINKS])]
    for element, entries in groupby(found, key=lambda link: link.element):
        texts = [date.text_content() for date in dated(element)[:3]] if dated else []
        for _, anchor, address in entries:
            date = (
                date_in_texts(texts, address, dating.read_at)
                if dated
                else date_of_entry(anchor, address, dating.read_at)
            )
            yield FoundLink(url=address, title=_title(anchor), listed_at=date)


class _Addressed(NamedTuple):
    element: HtmlElement
    anchor: HtmlElement
    address: str


def _addressed(elements: Sequence[HtmlElement], base: str) -> Iterator[_Addressed]:
    """Give what leads to a web address within elements, with the element and the address."""
    for element in elements:
        for anchor in _anchors(element):
            address = absolute(base, anchor.get("href")) or absolute(base, address_of(anchor))
            if address is not None:
                yield _Addressed(element, anchor, address)


def _left_out(tree: HtmlElement, base: str, is_article: Callable[[str], bool] | None) -> tuple[str, ...]:
    """Return the problem where a page has more links than are read, and not only others than to articles."""
    if next(islice(_anchors(tree), MAX_LINKS, None), None) is None:
        return ()
    found = [link.address for link in islice(_addressed([tree], base), _MOST_ANCHORS)]
    count = sum(map(is_article, found)) if is_article else len(found)
    if count <= MAX_LINKS and len(found) < _MOST_ANCHORS:
        return ()
    return (f"{CUT}of its {len(found):,} links only {MAX_LINKS:,} are read",)


def _anchors(element: HtmlElement) -> Iterator[HtmlElement]:
    """Give what leads elsewhere when it is pressed."""
    return (inner for inner in element.iter() if inner.tag == "a" or (inner.tag in _PRESSED and inner.get("onclick")))


def _title(anchor: HtmlElement) -> str:
    """Return the headline: the link's text, or its title attribute where the text is missing or cut short.

    A date that stands within the link is none of its text, nor is the arrow at its end.
    """
    text = " ".join(anchor.text_content().split())
    for inner in islice(anchor.iterdescendants(), _MOST_WITHIN):
        if isinstance(inner.tag, str) and is_date(inner):
            text = text.replace(" ".join(inner.text_content().split()), " ", 1)
    text = " ".join(text.split()).rstrip("›»> ")
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


def _chosen_next(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Give of each choice of pages (`<select>` with addresses) the one behind that which is shown."""
    for choice in tree.iter("select"):
        options = list(islice(choice.iter("option"), MAX_LINKS))
        shown = next((place for place, option in enumerate(options) if option.get("selected") is not None), None)
        if shown is not None and shown + 1 < len(options):
            following = options[shown + 1]
            if _PAGE_ADDRESS.search(following.get("value") or "") and re.search(r"\d", following.text_content()):
                yield following


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
        anchors += _chosen_next(tree)
    for anchor in anchors:
        address = absolute(base, anchor.get("href") or anchor.get("value"))
        if address and source.is_kin(address) and address.partition("#")[0] != request.url.partition("#")[0]:
            return ListRequest(url=address.partition("#")[0], page=request.page + 1, headers=section.headers)
    return None
