"""Storing the raw pages that a crawl brings, before anything is read out of them."""

from scrapy.http import Response

from archive.links import Link, mark_fetched
from archive.observations import FetchOutcome, record_fetch
from archive.pages import Page, add_page
from archive.parts import article_of_part, first_page, requeue_parts
from archive.warc import RawPage
from core.clock import CLOCK
from crawler.crawl.crawl import Crawl
from crawler.crawl.soft_blocks import leads_away


def raw_page(response: Response) -> RawPage:
    """Return a response as the archive stores it."""
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    return RawPage(response.url, response.status, headers, response.body, CLOCK.now())


def store_page(crawl: Crawl, link: Link, raw: RawPage) -> Page:
    """Store a page on the disk, then its row and the link's new state: a crash from here on costs only time.

    A redirect changes the article's address where it leads to another article address of the source. Where an article
    is fetched anew, its further pages are to be as well.
    """
    source = crawl.source
    location = crawl.context.writer.append(raw)
    with crawl.context.database.write() as connection:
        url, address = link.url, link.canonical_url
        if article_of_part(connection, address) is None:
            url = raw.url if link.fetch_url is None and source.is_article(raw.url) else link.url
            address = source.canonical_url(url)
            if first_page(connection, address) is not None:
                requeue_parts(connection, address)
        page_id = add_page(
            connection, raw, location, source=source.name, section=link.section, url=url, canonical_url=address
        )
        mark_fetched(connection, link.id, leads_to=None if address == link.canonical_url else address)
        is_elsewhere = leads_away(source, raw.url, link.url)
        record_fetch(
            connection,
            source=source.name,
            section=link.section,
            url=link.url,
            outcome=FetchOutcome.ELSEWHERE if is_elsewhere else FetchOutcome.STORED,
            status=raw.status,
            reason=f"it leads to {raw.url}" if is_elsewhere else None,
            page_id=page_id,
        )
    record = (location.file, location.offset, location.length)
    found = (link.listed_at, link.discovered_by, link.title)
    return Page(page_id, source.name, link.section, url, address, raw.fetched_at, *record, *found)
