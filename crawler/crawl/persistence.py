"""Saving what was read out of a stored page, in one short transaction; or noting why nothing was."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Connection

from archive.article import Article, DiscoveredBy, Level
from archive.articles import Change, save_article
from archive.links import NewLink, add_links, find_link, is_given_up, mark_blocked, mark_failed
from archive.pages import Page, PageState, find_location, is_newest, mark_extracted, mark_waiting
from archive.parts import (
    add_parts,
    adopt_page,
    article_of_part,
    first_page,
    has_changed,
    open_parts,
    release_parts,
    stored_parts,
)
from archive.unread_pages import defer_page, is_superseded
from core.log import get_logger
from crawler.crawl.context import CrawlContext
from crawler.crawl.crawl import Crawl, concerns_all
from crawler.crawl.item import ArticleItem
from crawler.crawl.soft_blocks import block_of_article, block_of_part
from crawler.extraction.model import Extraction, Verdict
from crawler.extraction.page_addresses import MOST_PAGES, is_page_of
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

log = get_logger(__name__)

SUPERSEDED = "a newer page of this address has been read"
FORGOTTEN = "it was forgotten (deltanews archive forget)"


class PageOutcome(StrEnum):
    """What became of a stored page."""

    ARTICLE = "article"
    PART = "part"
    """It is a further page of an article, to be joined to it."""
    REJECTED = "rejected"
    """It is no article."""
    INCOMPLETE = "incomplete"
    """It is an article whose further pages are to come; it is read again with them."""
    WAITING = "waiting"
    """It could not be read, and is read again later."""
    FAILED = "failed"
    """It could not be read, each of several times."""
    DAMAGED = "damaged"
    """Its record is damaged; its address is fetched again."""

    @property
    def is_read(self) -> bool:
        """Whether the page could be read."""
        return self in {PageOutcome.ARTICLE, PageOutcome.PART, PageOutcome.REJECTED, PageOutcome.INCOMPLETE}


@dataclass(frozen=True)
class PageResult:
    """What became of one stored page, and why."""

    state: PageOutcome
    reason: str
    change: Change | None = None
    is_relevant: bool = False
    article_url: str | None = None
    """The canonical address of the article that it is a part of, where it is one."""


async def store_article(crawl: Crawl, page: Page) -> PageResult:
    """Read a stored page and save the article that it holds; with a further page, the article that it completes.

    Whatever goes wrong with this page is noted with it, and it is read again later; it never ends the crawl. What
    would go wrong with every page - no workers, no database, a full disk - stops the crawl, and the page waits.
    """
    result = await _read_and_save(crawl, page)
    counts, state = crawl.counts, result.state
    log.info("page read", source=crawl.source.name, url=page.url, outcome=str(state), reason=result.reason)
    if state not in {PageOutcome.ARTICLE, PageOutcome.PART, PageOutcome.INCOMPLETE}:
        crawl.note_loss(page.url, result.reason)
    counts.rejected += state is PageOutcome.REJECTED
    counts.parts += state is PageOutcome.PART
    counts.waiting += state in {PageOutcome.WAITING, PageOutcome.INCOMPLETE}
    counts.unreadable += state in {PageOutcome.FAILED, PageOutcome.DAMAGED}
    counts.articles += result.change == "new"
    counts.revised += result.change == "revised"
    counts.relevant += state is PageOutcome.ARTICLE and result.is_relevant
    counts.not_relevant += state is PageOutcome.ARTICLE and not result.is_relevant
    if state is PageOutcome.INCOMPLETE:
        crawl.incomplete.add(page.id)
    if result.article_url is not None and not crawl.stopped:
        await store_completed(crawl, result.article_url)
    return result


async def store_completed(crawl: Crawl, article_url: str) -> None:
    """Read and save an article that is printed over several pages, unless it still waits for one of them."""
    with crawl.context.database.read() as connection:
        page = first_page(connection, article_url)
        if page is None or open_parts(connection, article_url):
            return
    if page.id in crawl.incomplete:
        crawl.incomplete.discard(page.id)
        crawl.counts.waiting -= 1
    else:
        crawl.counts.leftovers += 1
    await store_article(crawl, page)


async def _read_and_save(crawl: Crawl, page: Page) -> PageResult:
    with crawl.context.database.read() as connection:
        article_url = article_of_part(connection, page.canonical_url)
    try:
        read = await crawl.context.pool.read(page_task(crawl.context, crawl.source, page))
        return _save(crawl, page, read) if article_url is None else _save_part(crawl, page, read, article_url)
    except PoolBrokenError as error:
        crawl.stop(str(error))
        return PageResult(PageOutcome.WAITING, str(error))
    except PageDamagedError as error:
        with crawl.context.database.read() as connection:
            location = find_location(connection, page.id)
        if location is not None and location != page.location:  # its record was moved while a worker read it
            moved = replace(page, warc_file=location.file, warc_offset=location.offset)
            return await _read_and_save(crawl, moved)
        return _fetch_again(crawl, page, str(error))
    except ExtractionFailedError as error:
        return replace(_defer(crawl, page, str(error)), article_url=article_url)
    except Exception as error:
        if concerns_all(error):
            crawl.counts.waiting += 1
            raise
        return replace(_defer(crawl, page, f"{type(error).__name__}: {error}"), article_url=article_url)


def _save(crawl: Crawl, page: Page, read: PageRead) -> PageResult:
    extraction = read.extraction
    with crawl.context.database.write() as connection:
        if find_location(connection, page.id) is None:
            return PageResult(PageOutcome.REJECTED, FORGOTTEN)
        block = block_of_article(crawl.source, page, read)
        if block or not extraction.is_article:
            return _reject(connection, page, extraction, block)
        if is_superseded(connection, page):  # it had to wait, and its address was fetched again meanwhile
            mark_extracted(connection, page.id, PageState.SUPERSEDED, SUPERSEDED)
            return PageResult(PageOutcome.REJECTED, SUPERSEDED)
        if first := _first_page_of(connection, crawl.source, page, extraction):
            adopt_page(connection, page, crawl.source.part_url(page.url), first)
            mark_extracted(connection, page.id, PageState.PART, extraction.reason)
            return PageResult(PageOutcome.PART, extraction.reason, article_url=first.canonical_url)
        add_parts(connection, page, part_links(crawl.source, page, read.unasked), most=MOST_PAGES)
        if waits_for := open_parts(connection, page.canonical_url):
            reason = f"it waits for {len(waits_for)} further pages of the article, as {waits_for[0]}"
            mark_waiting(connection, page.id, reason)
            return PageResult(PageOutcome.INCOMPLETE, reason)
        mark_extracted(connection, page.id, extraction.verdict, extraction.reason)
        article = article_of(read, crawl.source, page)
        reread = not has_changed(connection, page.canonical_url)
        saved = save_article(connection, article, page_id=page.id, reread=reread)
    crawl.items.append(ArticleItem.of(article, saved.change))
    is_relevant = read.relevance.level in {Level.CORE, Level.RELATED}
    return PageResult(PageOutcome.ARTICLE, saved.change, saved.change, is_relevant)


def _reject(connection: Connection, page: Page, extraction: Extraction, block: str | None) -> PageResult:
    """Note a page that is no article; where it only came in its article's place (`block`), that one is asked again."""
    if block is None:
        mark_extracted(connection, page.id, extraction.verdict, extraction.reason)
        return PageResult(PageOutcome.REJECTED, f"{extraction.verdict}: {extraction.reason}")
    mark_extracted(connection, page.id, Verdict.ERROR if extraction.is_article else extraction.verdict, block)
    _try_again(connection, page, block)
    return PageResult(PageOutcome.REJECTED, block)


def _try_again(connection: Connection, page: Page, reason: str) -> None:
    """Have an address fetched again later whose page was not its article's, unless another has come since."""
    if is_newest(connection, page) and mark_blocked(connection, page.canonical_url, reason):
        release_parts(connection, page.canonical_url)


def _first_page_of(connection: Connection, source: Source, page: Page, extraction: Extraction) -> NewLink | None:
    """Return the link of the article whose further page this is, unless its first page is not to be had."""
    first = extraction.first_page
    if first is None or not source.owns(first):
        return None
    address = source.canonical_url(first)
    if address == source.part_url(page.url) or is_given_up(connection, address):
        return None
    return NewLink(first, address, source.fetch_url(first), listed_at=page.listed_at)


def _save_part(crawl: Crawl, page: Page, read: PageRead, article_url: str) -> PageResult:
    extraction = read.extraction
    with crawl.context.database.write() as connection:
        verdict = PageState.PART if extraction.is_article else extraction.verdict
        mark_extracted(connection, page.id, verdict, extraction.reason)
        link = find_link(connection, article_url)
        if block := block_of_part(extraction, link.title if link else ""):
            _try_again(connection, page, block)
        if extraction.is_article and (first := first_page(connection, article_url)):
            further = [url for url in extraction.further_pages if is_page_of(first.url, url)]
            add_parts(connection, first, part_links(crawl.source, first, further), most=MOST_PAGES - 1)
    return PageResult(PageOutcome.PART, extraction.reason, article_url=article_url)


def part_links(source: Source, page: Page, urls: Iterable[str]) -> list[NewLink]:
    """Return the links of an article's further pages, on the source's own hosts; `page` is its first one."""
    by = page.discovered_by or DiscoveredBy.LIST
    may_be = source.is_kin if by == DiscoveredBy.GUESS else source.owns
    return [
        NewLink(url, source.part_url(url), listed_at=page.listed_at, discovered_by=by) for url in urls if may_be(url)
    ]


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
        if link is None:  # add_links takes none that is forgotten
            return PageResult(PageOutcome.REJECTED, FORGOTTEN)
        mark_failed(connection, link.id, reason)
    return PageResult(PageOutcome.DAMAGED, reason)


def page_task(context: CrawlContext, source: Source, page: Page) -> PageTask:
    """Return what a worker needs to read a stored page, with its article's further pages where it has any."""
    section = source.section(page.section)
    dates_changes = section is None or section.kind == "sitemap"
    with context.database.read() as connection:
        parts = tuple(stored_parts(connection, page.canonical_url))
        location = find_location(connection, page.id) or page.location
    listed_at = None if dates_changes else page.listed_at
    on_delta_list = section is not None and section.all_delta
    return PageTask(context.archive.pages, location, page.url, source, listed_at, parts, on_delta_list)


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
        discovered_by=page.discovered_by or DiscoveredBy.LIST,
        relevance=read.relevance,
        **read.extraction.model_dump(include=set(FIELDS)),
    )
