"""Re-extraction: today's extraction and relevance over the stored pages, without a single request."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from archive.article import Article
from archive.articles import find_article, save_article
from archive.pages import Page, mark_extracted, newest_pages
from crawler.crawl.context import CrawlContext
from crawler.crawl.crawl import concerns_all
from crawler.crawl.persistence import article_of, page_task
from crawler.pages.extraction_pool import ExtractionFailedError
from crawler.pages.task import PageRead
from crawler.sources.model import Source

COMPARED = ("title", "body", "published_at", "published_precision", "credit", "reporters", "editors", "programme")
"""Fields whose change is reported; a change of the relevance is reported by its level."""


@dataclass(frozen=True)
class Reextracted:
    """What reading one stored page again gave."""

    url: str
    changes: tuple[str, ...] = ()
    """Names of the fields that changed; `level` for the relevance, `new` for an article that was none before."""
    problem: str | None = None
    """Why there is no article: its source is gone, the page is damaged, no article any more. What was stored stays."""
    unread: bool = False
    """Whether the page could not be read at all."""


async def reextract(
    context: CrawlContext, sources: Mapping[str, Source], *, source: str | None = None, dry_run: bool = False
) -> AsyncIterator[Reextracted]:
    """Read the newest page of every address again, save what changed unless `dry_run`, and yield each result.

    PoolBrokenError where there are no workers.
    """
    window = context.settings.workers * 2
    running: set[asyncio.Task[Reextracted]] = set()
    try:
        for page in newest_pages(context.database, source=source):
            running.add(asyncio.create_task(_reread(context, sources.get(page.source), page, dry_run=dry_run)))
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


async def _reread(context: CrawlContext, source: Source | None, page: Page, *, dry_run: bool) -> Reextracted:
    if source is None:
        return Reextracted(page.url, problem=f"there is no source {page.source!r} any more")
    try:
        read = await context.pool.read(page_task(context, source, page))
    except ExtractionFailedError as error:
        return Reextracted(page.url, problem=str(error), unread=True)
    if not read.extraction.is_article:
        return Reextracted(page.url, problem=f"{read.extraction.verdict}: {read.extraction.reason}")
    try:
        return _save(context, article_of(read, source, page), read, page, dry_run=dry_run)
    except Exception as error:
        if concerns_all(error):
            raise
        return Reextracted(page.url, problem=f"{type(error).__name__}: {error}", unread=True)


def _save(context: CrawlContext, article: Article, read: PageRead, page: Page, *, dry_run: bool) -> Reextracted:
    with context.database.read() as connection:
        changes = _changes(find_article(connection, page.canonical_url), article)
    if not dry_run:
        with context.database.write() as connection:
            mark_extracted(connection, page.id, read.extraction.verdict, read.extraction.reason)
            save_article(connection, article, page_id=page.id)
    return Reextracted(page.url, changes)


def _changes(old: Article | None, new: Article) -> tuple[str, ...]:
    if old is None:
        return ("new",)
    changed = [name for name in COMPARED if getattr(old, name) != getattr(new, name)]
    return (*changed, *(("level",) if old.relevance.level != new.relevance.level else ()))
