"""Keeping what a crawl brings: the raw page first, then what was read out of it, each in one short transaction."""

from datetime import UTC, datetime

from scrapy.http import Response

from archive.article import Article, Level
from archive.articles import Saved, save_article
from archive.links import Link, mark_fetched
from archive.pages import Page, add_page, mark_extracted
from archive.warc import RawPage
from crawler.fetch.crawl import Crawl
from crawler.fetch.extraction_pool import ExtractionFailedError, PoolBrokenError
from crawler.fetch.page_task import PageRead, PageTask
from crawler.fetch.workplace import Workplace
from crawler.sources.model import Source

FIELDS = frozenset(
    {
        "title", "published_at", "published_precision", "published_from", "credit", "reporters", "editors", "programme",
        "image", "video", "language",
    }
)  # fmt: skip
"""What an Article takes over from an Extraction as it is."""


def raw_page(response: Response) -> RawPage:
    """Return a response as the archive keeps it."""
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    return RawPage(response.url, response.status, headers, response.body, datetime.now(UTC))


def keep_page(crawl: Crawl, link: Link, raw: RawPage) -> Page:
    """Keep a page on the disk, then its row and the link's new state: a crash from here on costs only time.

    A redirect changes the article's address where it leads to another article address of the source.
    """
    source = crawl.source
    place = crawl.place.writer.append(raw)
    url = raw.url if link.fetch_url is None and source.is_article(raw.url) else link.url
    address = source.canonical_url(url)
    with crawl.place.database.write() as connection:
        page_id = add_page(
            connection, raw, place, source=source.name, section=link.section, url=url, canonical_url=address
        )
        mark_fetched(connection, link.id)
    where = (place.file, place.offset, place.length)
    return Page(page_id, source.name, link.section, url, address, raw.fetched_at, *where)


async def keep_article(crawl: Crawl, page: Page) -> Saved | None:
    """Read a kept page and save the article that it holds; None where it holds none, or could not be read."""
    try:
        read = await crawl.place.pool.read(page_task(crawl.place, crawl.source, page))
    except PoolBrokenError as error:
        crawl.stop(str(error))
        return None
    except ExtractionFailedError as error:
        crawl.counts.rejected += 1
        _mark(crawl, page, "failed", str(error))
        return None
    if not read.extraction.is_article:
        crawl.counts.rejected += 1
        _mark(crawl, page, read.extraction.verdict, read.extraction.reason)
        return None
    with crawl.place.database.write() as connection:
        mark_extracted(connection, page.id, read.extraction.verdict, read.extraction.reason)
        saved = save_article(connection, article_of(read, crawl.source, page), page_id=page.id)
    _count(crawl, saved, read)
    return saved


def page_task(place: Workplace, source: Source, page: Page) -> PageTask:
    """Return what a worker needs to read a kept page."""
    return PageTask(place.archive.pages, page.place, page.url, source)


def article_of(read: PageRead, source: Source, page: Page) -> Article:
    """Return the article that a page holds, attributed to its source."""
    return Article(
        url=page.url,
        canonical_url=page.canonical_url,
        source=source.name,
        section=page.section,
        province=source.province,
        body=read.extraction.body,
        fetched_at=page.fetched_at,
        relevance=read.relevance,
        **read.extraction.model_dump(include=set(FIELDS)),
    )


def _mark(crawl: Crawl, page: Page, verdict: str, reason: str) -> None:
    with crawl.place.database.write() as connection:
        mark_extracted(connection, page.id, verdict, reason)


def _count(crawl: Crawl, saved: Saved, read: PageRead) -> None:
    crawl.counts.articles += saved.change == "new"
    crawl.counts.revised += saved.change == "revised"
    if read.relevance.level in {Level.CORE, Level.RELATED}:
        crawl.counts.relevant += 1
    else:
        crawl.counts.not_relevant += 1
