"""Links of sitemaps, news sitemaps and indexes of sitemaps (https://www.sitemaps.org/protocol.html)."""

import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

from lxml import etree

from core.sanitize import clean_references
from crawler.discovery.bounds import CUT, bounded, with_problems
from crawler.discovery.dates import parse_date
from crawler.discovery.link_shapes import likely_articles
from crawler.discovery.model import FoundLink, ListPage
from crawler.discovery.own_links import absolute, own_articles, pattern_problem
from crawler.sources.model import ListRequest, SitemapSection, Source

MAX_BYTES = 50_000_000
"""The protocol's own limit of a sitemap, unpacked; a gzip bomb ends here."""
MAX_ENTRIES = 50_000
"""The protocol's own limit of entries."""
MAX_TAGS = 1_000_000
"""Tags that are read of one sitemap: twenty for each entry."""

_Entry = tuple[str, str, datetime | None]
"""Address, title and date."""

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def read_sitemap(source: Source, section: SitemapSection, request: ListRequest, url: str, body: bytes) -> ListPage:
    """Return the articles of a sitemap, newest first; of an index its newest sitemaps, `max_pages` at most.

    What lies beyond MAX_BYTES, MAX_TAGS or MAX_ENTRIES is not read, and a problem says so.
    """
    try:
        xml, problems = bounded(_unpacked(body), most_bytes=MAX_BYTES, most_tags=MAX_TAGS)
        is_index, entries = _entries(clean_references(xml), is_cut=bool(problems))
    except (zlib.error, etree.LxmlError, ValueError) as error:
        return ListPage(problems=(f"not a sitemap: {error}",))
    if len(entries) == MAX_ENTRIES:
        problems += (f"{CUT}only its first {MAX_ENTRIES:,} entries are read",)
    return with_problems(_page(source, section, request, url, entries, is_index=is_index), problems)


def _page(
    source: Source,
    section: SitemapSection,
    request: ListRequest,
    url: str,
    entries: Sequence[_Entry],
    *,
    is_index: bool,
) -> ListPage:
    found = [
        FoundLink(url=address, title=title, listed_at=date)
        for href, title, date in entries
        if (address := absolute(url, href)) is not None
    ]
    found.sort(key=lambda link: link.listed_at or _NEVER, reverse=True)
    if not is_index:
        if articles := own_articles(source, section, found):
            return ListPage(links=articles)
        likely = likely_articles(source, found)
        return ListPage(links=likely, problems=pattern_problem(likely, "chosen by their shape") if likely else ())
    if request.page > 1:
        return ListPage(problems=("an index of sitemaps inside an index: not followed",))
    own = [link.url for link in found if source.owns(link.url)]
    more = tuple(ListRequest(url=address, page=2) for address in dict.fromkeys(own))[: section.max_pages]
    return ListPage(more=more, problems=() if more else ("an index that names no sitemap on the source's hosts",))


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body[:MAX_BYTES]
    unpacking = zlib.decompressobj(wbits=31)
    xml = unpacking.decompress(body, MAX_BYTES)
    if unpacking.unconsumed_tail:
        raise ValueError(f"it unpacks to more than {MAX_BYTES:,} bytes")
    return xml


def _entries(xml: bytes, *, is_cut: bool) -> tuple[bool, list[_Entry]]:
    """Return whether it is an index, and (address, title, date) of its entries; entities are not resolved."""
    entries: list[_Entry] = []
    is_index = False
    reader = etree.iterparse(
        BytesIO(xml.lstrip()),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        resolve_entities=False,
        no_network=True,
        recover=is_cut,  # what is missing at its end is our doing
    )
    for _, element in reader:
        is_index = is_index or etree.QName(element).localname == "sitemap"
        text = {
            etree.QName(child).localname: (child.text or "").strip()
            for child in element.iter()
            if isinstance(child.tag, str) and child.text
        }
        date = parse_date(text.get("publication_date")) or parse_date(text.get("lastmod"))
        entries.append((text.get("loc", ""), " ".join(text.get("title", "").split())[:300], date))
        element.clear()
        if len(entries) >= MAX_ENTRIES:
            break
    return is_index, entries
