"""Keeping what a crawl brings: the raw page first, then what was read out of it, each in one short transaction."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from scrapy.http import Response
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from archive.article import Article, Level
from archive.articles import Change, save_article
from archive.links import Link, NewLink, add_links, find_link, mark_failed, mark_fetched
from archive.pages import Page, PageState, add_page, mark_extracted
from archive.unread_pages import defer_page, is_superseded
from archive.warc import RawPage
from crawler.crawl.context import CrawlContext
from crawler.crawl.state import Crawl
from crawler.extraction.version import extraction_version
from crawler.pages.extraction_pool import ExtractionFailedError, PageDamagedError, PoolBrokenError
from crawler.pages.task import PageRead, PageTask
from crawler.sources.model import Source

FIELDS = frozenset(
    {
        "title", "published_at", "published_precision", "published_from", "credit", "reporters", "editors", "programme",
        "image", "video", "language", "doubtful",
    }
)  # fmt: skip
"""What an Article takes over from an Extraction as it is."""

SUPERSEDED = "a newer page of this address has been read"


@dataclass(frozen=True)
class Kept:
    """What became of one kept page."""

    state: Literal["article", "rejected", "waiting", "failed", "damaged"]
    """`waiting`: it is read again later; `failed`: it was, each time in vain; `damaged`: it is fetched again."""
    reason: str
    change: Change | None = None
    is_relevant: bool = False


def raw_page(response: Response) -> RawPage:
    """Return a response as the archive keeps it."""
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    return RawPage(response.url, response.status, headers, response.body, datetime.now(UTC))


def store_page(crawl: Crawl, link: Link, raw: RawPage) -> Page:
    """Keep a page on the disk, then its row and the link's new state: a crash from here on costs only time.

    A redirect changes the article's address where it leads to another article address of the source.
    """
    source = crawl.source
    location = crawl.place.writer.append(raw)
    url = raw.url if link.fetch_url is None and source.is_article(raw.url) else link.url
    address = source.canonical_url(url)
    with crawl.place.database.write() as connection:
        page_id = add_page(
            connection, raw, location, source=source.name, section=link.section, url=url, canonical_url=address
        )
        mark_fetched(connection, link.id)
    where = (location.file, location.offset, location.length)
    return Page(page_id, source.name, link.section, url, address, raw.fetched_at, *where, link.listed_at)


async def store_article(crawl: Crawl, page: Page) -> Kept:
    """Read a kept page and save the article that it holds.

    Whatever goes wrong with this page is noted with it, and it is read again later; it never ends the crawl. What
    would go wrong with every page - no workers, no database, a full disk - stops the crawl, and the page waits.
    """
    kept = await _read_and_save(crawl, page)
    counts = crawl.counts
    counts.rejected += kept.state == "rejected"
    counts.waiting += kept.state == "waiting"
    counts.unreadable += kept.state in {"failed", "damaged"}
    counts.articles += kept.change == "new"
    counts.revised += kept.change == "revised"
    counts.relevant += kept.state == "article" and kept.is_relevant
    counts.not_relevant += kept.state == "article" and not kept.is_relevant
    return kept


async def _read_and_save(crawl: Crawl, page: Page) -> Kept:
    try:
        read = await crawl.place.pool.read(page_task(crawl.place, crawl.source, page))
        return _save(crawl, page, read)
    except PoolBrokenError as error:
        crawl.stop(str(error))
        return Kept("waiting", str(error))
    except PageDamagedError as error:
        return _fetch_again(crawl, page, str(error))
    except ExtractionFailedError as error:
        return _defer(crawl, page, str(error))
    except Exception as error:
        if concerns_all(error):
            crawl.counts.waiting += 1
            raise
        return _defer(crawl, page, f"{type(error).__name__}: {error}")


def concerns_all(error: Exception) -> bool:
    """Whether an error while saving would meet any other row as well: the database or the disk, not what is saved."""
    if isinstance(error, DBAPIError):
        return not isinstance(error, DataError | IntegrityError)
    return isinstance(error, OSError)


def _save(crawl: Crawl, page: Page, read: PageRead) -> Kept:
    extraction = read.extraction
    with crawl.place.database.write() as connection:
        if not extraction.is_article:
            mark_extracted(connection, page.id, extraction.verdict, extraction.reason)
            return Kept("rejected", f"{extraction.verdict}: {extraction.reason}")
        if is_superseded(connection, page):  # it had to wait, and its address was fetched anew meanwhile
            mark_extracted(connection, page.id, PageState.SUPERSEDED, SUPERSEDED)
            return Kept("rejected", SUPERSEDED)
        mark_extracted(connection, page.id, extraction.verdict, extraction.reason)
        saved = save_article(connection, article_of(read, crawl.source, page), page_id=page.id)
    return Kept("article", saved.change, saved.change, read.relevance.level in {Level.CORE, Level.RELATED})


def _defer(crawl: Crawl, page: Page, reason: str) -> Kept:
    """Note a page that could not be read; it is read again later, or listed as failed."""
    with crawl.place.database.write() as connection:
        next_try_at = defer_page(connection, page.id, reason, version=extraction_version())
    return Kept("failed" if next_try_at is None else "waiting", reason)


def _fetch_again(crawl: Crawl, page: Page, reason: str) -> Kept:
    """Give a page up whose record is damaged, and have its address fetched again at the pace of links that fail."""
    found = NewLink(page.url, page.canonical_url, crawl.source.fetch_url(page.url))
    with crawl.place.database.write() as connection:
        mark_extracted(connection, page.id, PageState.DAMAGED, reason)
        add_links(connection, page.source, page.section, [found])  # a redirect's address may have none of its own
        link = find_link(connection, page.canonical_url)
        assert link is not None
        mark_failed(connection, link.id, reason)
    return Kept("damaged", reason)


def page_task(place: CrawlContext, source: Source, page: Page) -> PageTask:
    """Return what a worker needs to read a kept page."""
    section = source.section(page.section)
    dates_changes = section is None or section.kind == "sitemap"
    return PageTask(place.archive.pages, page.location, page.url, source, None if dates_changes else page.listed_at)


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
