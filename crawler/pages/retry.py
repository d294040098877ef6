"""Reads again, now, what could not be read: pages that wait for their next try, and pages that failed."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence

from archive.pages import Page
from archive.unread_pages import unread_pages
from crawler.crawl.context import CrawlContext
from crawler.crawl.crawl import Crawl
from crawler.crawl.options import CrawlOptions
from crawler.crawl.persistence import PageOutcome, PageResult, store_article
from crawler.pages.extraction_pool import PoolBrokenError
from crawler.sources.model import Source

BATCH = 50
"""Pages that are given to the workers at a time."""


async def retry_pages(
    context: CrawlContext, sources: Mapping[str, Source], *, names: Sequence[str] = (), urls: Sequence[str] = ()
) -> AsyncIterator[tuple[Page, PageResult]]:
    """Read the unread pages of these sources and addresses (of all, where none is named) and yield what became of each.

    PoolBrokenError where there are no workers: what was not read waits.
    """
    crawls = {name: Crawl(source, CrawlOptions(), context) for name, source in sources.items()}
    after = 0
    while True:
        with context.database.read() as connection:
            pages = unread_pages(connection, sources=names, urls=urls, limit=BATCH, after=after)
        if not pages:
            return
        results = await asyncio.gather(*(_retry(crawls.get(page.source), page) for page in pages))
        for page, result in zip(pages, results, strict=True):
            yield page, result
        for crawl in crawls.values():
            if crawl.stopped:
                raise PoolBrokenError(crawl.failure)
        after = pages[-1].id


async def _retry(crawl: Crawl | None, page: Page) -> PageResult:
    if crawl is None:
        return PageResult(PageOutcome.WAITING, f"there is no source {page.source!r} any more")
    return await store_article(crawl, page)
