"""Re-extraction: today's extraction and relevance over the stored pages, without a single request."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

from archive.article import Article
from archive.articles import find_article, save_article
from archive.links import mark_read
from archive.pages import Page, mark_extracted, newest_pages
from archive.parts import add_parts, open_parts
from archive.warc import REMOVED
from crawler.crawl.context import CrawlContext
from crawler.crawl.crawl import concerns_all
from crawler.crawl.persistence import article_of, page_task, part_links
from crawler.crawl.soft_blocks import block_of_article
from crawler.extraction.page_addresses import MOST_PAGES
from crawler.pages.comparison import Asset, Effect, compare
from crawler.pages.extraction_pool import ExtractionFailedError
from crawler.pages.task import PageRead
from crawler.sources.model import Source

INCOMPLETE = "it waits for further pages of its article"


@dataclass(frozen=True)
class Reextracted:
    """What reading one stored page again gave."""

    url: str
    changes: tuple[str, ...] = ()
    """Names of the fields that changed; `level` for the relevance, `new` for an article that was none before."""
    effects: Mapping[Asset, Effect] = field(default_factory=dict)
    """What the article gained or lost."""
    problem: str | None = None
    """Why there is no article: its source is gone, the page is damaged or removed, no article any more. What was stored
    stays."""
    unread: bool = False
    """Whether the page could not be read at all."""


async def reextract(
    context: CrawlContext, sources: Mapping[str, Source], *, source: str | None = None, dry_run: bool = False
) -> AsyncIterator[Reextracted]:
    """Read the newest page of every address again, save what changed unless `dry_run`, and yield each result.

    An article over several pages is joined from those that are stored; further ones that it names are noted, for the
    next crawl to fetch. PoolBrokenError where there are no workers.
    """
    window = context.settings.workers * 2
    running: set[asyncio.Task[Reextracted]] = set()
    try:
        for page in newest_pages(context.database, source=source):
            running.add(asyncio.create_task(reread_page(context, sources.get(page.source), page, dry_run=dry_run)))
            if len(running) >= window:
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for result in await asyncio.gather(*done):
                    yield result
        for rest in asyncio.as_completed(running):
            yield await rest
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def reread_page(
    context: CrawlContext, source: Source | None, page: Page, *, dry_run: bool = False
) -> Reextracted:
    """Read one stored page again, with its article's further pages, and save what changed unless `dry_run`."""
    if source is None:
        return Reextracted(page.url, problem=f"there is no source {page.source!r} any more")
    task = page_task(context, source, page)
    if task.location.is_removed or any(part.problem == REMOVED for part in task.parts):
        return Reextracted(page.url, problem=REMOVED)
    try:
        read = await context.pool.read(task)
    except ExtractionFailedError as error:
        return Reextracted(page.url, problem=str(error), unread=True)
    try:
        return _save(context, source, page, read, dry_run=dry_run)
    except Exception as error:
        if concerns_all(error):
            raise
        return Reextracted(page.url, problem=f"{type(error).__name__}: {error}", unread=True)


def _save(context: CrawlContext, source: Source, page: Page, read: PageRead, *, dry_run: bool) -> Reextracted:
    with context.database.read() as connection:
        stored = find_article(connection, page.canonical_url, extracted=True)
        waits = bool(open_parts(connection, page.canonical_url))
    if not read.extraction.is_article:
        effects = {} if stored is None else {Asset.ARTICLE: Effect.LOST}
        return Reextracted(page.url, effects=effects, problem=f"{read.extraction.verdict}: {read.extraction.reason}")
    if stored is None and (block := block_of_article(source, page, read)):
        return Reextracted(page.url, problem=block)
    if waits:
        return Reextracted(page.url, problem=INCOMPLETE)
    article = article_of(read, source, page)
    comparison = compare(stored, article)
    if not dry_run:
        _store(context, source, page, read, article)
    return Reextracted(page.url, comparison.changes, comparison.effects)


def _store(context: CrawlContext, source: Source, page: Page, read: PageRead, article: Article) -> None:
    with context.database.write() as connection:
        mark_extracted(connection, page.id, read.extraction.verdict, read.extraction.reason)
        add_parts(connection, page, part_links(source, page, read.unasked), most=MOST_PAGES)
        if save_article(connection, article, page_id=page.id, reread=True).change == "new":
            mark_read(connection, page.canonical_url)
