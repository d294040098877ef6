"""Reading once more, now, what could not be read: pages that wait for their next try, and pages that failed."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence

from archive.pages import Page
from archive.unread_pages import unread_pages
from crawler.crawl.context import CrawlContext
from crawler.crawl.options import CrawlOptions
from crawler.crawl.persistence import Kept, store_article
from crawler.crawl.state import Crawl
from crawler.pages.extraction_pool import PoolBrokenError
from crawler.sources.model import Source

BATCH = 50
"""Pages that are given to the workers at a time."""


async def retry_pages(
    place: CrawlContext, sources: Mapping[str, Source], *, names: Sequence[str] = (), urls: Sequence[str] = ()
) -> AsyncIterator[tuple[Page, Kept]]:
    """Read the unread pages of these sources and addresses (of all, where none is named) and yield what became of each.

    PoolBrokenError where there are no workers: what was not read waits.
    """
    crawls = {name: Crawl(source, CrawlOptions(), place) for name, source in sources.items()}
    after = 0
    while True:
        with place.database.read() as connection:
            pages = unread_pages(connection, sources=names, urls=urls, limit=BATCH, after=after)
        if not pages:
            return
        kept = await asyncio.gather(*(_retry(crawls.get(page.source), page) for page in pages))
        for result in zip(pages, kept, strict=True):
            yield result
        for crawl in crawls.values():
            if crawl.stopped:
                raise PoolBrokenError(crawl.failure)
        after = pages[-1].id


async def _retry(crawl: Crawl | None, page: Page) -> Kept:
    if crawl is None:
        return Kept("waiting", f"there is no source {page.source!r} any more")
    return await store_article(crawl, page)
