"""Storing what a crawl brings: the raw page first, then what was read out of it, each in one short transaction."""

from dataclasses import dataclass
from enum import StrEnum

from scrapy.http import Response

from archive.article import Article, Level
from archive.articles import Change, save_article
from archive.links import Link, NewLink, add_links, find_link, mark_failed, mark_fetched
from archive.pages import Page, PageState, add_page, mark_extracted
from archive.unread_pages import defer_page, is_superseded
from archive.warc import RawPage
from core.clock import CLOCK
from crawler.crawl.context import CrawlContext
from crawler.crawl.crawl import Crawl, concerns_all
from crawler.crawl.item import ArticleItem
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


class PageOutcome(StrEnum):
    """What became of a stored page."""

    ARTICLE = "article"
    REJECTED = "rejected"
    """It is no article."""
    WAITING = "waiting"
    """It could not be read, and is read again later."""
    FAILED = "failed"
    """It could not be read, each of several times."""
    DAMAGED = "damaged"
    """Its record is damaged; its address is fetched again."""

    @property
    def is_read(self) -> bool:
        """Whether the page could be read."""
        return self in {PageOutcome.ARTICLE, PageOutcome.REJECTED}


@dataclass(frozen=True)
class PageResult:
    """What became of one stored page, and why."""

    state: PageOutcome
    reason: str
    change: Change | None = None
    is_relevant: bool = False
    item: ArticleItem | None = None
    """The article, where it holds one, as it is stored now."""


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

    A redirect changes the article's address where it leads to another article address of the source.
    """
    source = crawl.source
    location = crawl.context.writer.append(raw)
    url = raw.url if link.fetch_url is None and source.is_article(raw.url) else link.url
    address = source.canonical_url(url)
    with crawl.context.database.write() as connection:
        page_id = add_page(
            connection, raw, location, source=source.name, section=link.section, url=url, canonical_url=address
        )
        mark_fetched(connection, link.id)
    record = (location.file, location.offset, location.length)
    return Page(page_id, source.name, link.section, url, address, raw.fetched_at, *record, link.listed_at)


async def store_article(crawl: Crawl, page: Page) -> PageResult:
    """Read a stored page and save the article that it holds.

    Whatever goes wrong with this page is noted with it, and it is read again later; it never ends the crawl. What
    would go wrong with every page - no workers, no database, a full disk - stops the crawl, and the page waits.
    """
    result = await _read_and_save(crawl, page)
    counts, state = crawl.counts, result.state
    if state is not PageOutcome.ARTICLE:
        crawl.note_loss(page.url, result.reason)
    counts.rejected += state is PageOutcome.REJECTED
    counts.waiting += state is PageOutcome.WAITING
    counts.unreadable += state in {PageOutcome.FAILED, PageOutcome.DAMAGED}
    counts.articles += result.change == "new"
    counts.revised += result.change == "revised"
    counts.relevant += state is PageOutcome.ARTICLE and result.is_relevant
    counts.not_relevant += state is PageOutcome.ARTICLE and not result.is_relevant
    return result


async def _read_and_save(crawl: Crawl, page: Page) -> PageResult:
    try:
        read = await crawl.context.pool.read(page_task(crawl.context, crawl.source, page))
        return _save(crawl, page, read)
    except PoolBrokenError as error:
        crawl.stop(str(error))
        return PageResult(PageOutcome.WAITING, str(error))
    except PageDamagedError as error:
        return _fetch_again(crawl, page, str(error))
    except ExtractionFailedError as error:
        return _defer(crawl, page, str(error))
    except Exception as error:
        if concerns_all(error):
            crawl.counts.waiting += 1
            raise
        return _defer(crawl, page, f"{type(error).__name__}: {error}")


def _save(crawl: Crawl, page: Page, read: PageRead) -> PageResult:
    extraction = read.extraction
    with crawl.context.database.write() as connection:
        if not extraction.is_article:
            mark_extracted(connection, page.id, extraction.verdict, extraction.reason)
            return PageResult(PageOutcome.REJECTED, f"{extraction.verdict}: {extraction.reason}")
        if is_superseded(connection, page):  # it had to wait, and its address was fetched again meanwhile
            mark_extracted(connection, page.id, PageState.SUPERSEDED, SUPERSEDED)
            return PageResult(PageOutcome.REJECTED, SUPERSEDED)
        mark_extracted(connection, page.id, extraction.verdict, extraction.reason)
        article = article_of(read, crawl.source, page)
        saved = save_article(connection, article, page_id=page.id)
    is_relevant = read.relevance.level in {Level.CORE, Level.RELATED}
    item = ArticleItem.of(article, saved.change)
    return PageResult(PageOutcome.ARTICLE, saved.change, saved.change, is_relevant=is_relevant, item=item)


def _defer(crawl: Crawl, page: Page, reason: str) -> PageResult:
    """Note a page that could not be read; it is read again later, or listed as failed."""
    with crawl.context.database.write() as connection:
        next_try_at = defer_page(connection, page.id, reason, version=extraction_version())
    return PageResult(PageOutcome.FAILED if next_try_at is None else PageOutcome.WAITING, reason)


def _fetch_again(crawl: Crawl, page: Page, reason: str) -> PageResult:
    """Give a page up whose record is damaged, and have its address fetched again at the pace of links that fail."""
    found = NewLink(page.url, page.canonical_url, crawl.source.fetch_url(page.url))
    with crawl.context.database.write() as connection:
        mark_extracted(connection, page.id, PageState.DAMAGED, reason)
        add_links(connection, page.source, page.section, [found])  # a redirect's address may have none of its own
        link = find_link(connection, page.canonical_url)
        assert link is not None
        mark_failed(connection, link.id, reason)
    return PageResult(PageOutcome.DAMAGED, reason)


def page_task(context: CrawlContext, source: Source, page: Page) -> PageTask:
    """Return what a worker needs to read a stored page."""
    section = source.section(page.section)
    dates_changes = section is None or section.kind == "sitemap"
    return PageTask(
        context.archive.pages,
        page.location,
        page.url,
        source,
        None if dates_changes else page.listed_at,
        on_delta_list=section is not None and section.all_delta,
    )


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
