"""Canaries are read: the newest stored pages of every source, by today's extraction, in a worker process."""

import asyncio
import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from archive.findings import remember
from archive.pages import Page, page_columns
from archive.schema import articles, pages, row_dict
from crawler.crawl.context import CrawlContext
from crawler.crawl.persistence import article_of, page_task
from crawler.extraction.version import extraction_version
from crawler.pages.extraction_pool import ExtractionFailedError, PageDamagedError
from crawler.sources.configured import configured_source_files
from crawler.sources.loader import active_sources
from crawler.sources.model import Source
from scheduler.health.canary import READ, VERSION, fields_of, known_version

CANARIES = 3
"""Pages of each source."""


def read_canaries() -> None:
    """Read every source's canaries and remember what they say; the first time there is nothing to compare with."""
    with CrawlContext.open() as context:
        with context.database.read() as connection:
            is_first = known_version(connection) is None
        sources = () if is_first else active_sources(configured_source_files().sources)
        read = asyncio.run(_read_all(context, sources))
        with context.database.write() as connection:
            remember(connection, VERSION, extraction_version())
            remember(connection, READ, json.dumps(read, ensure_ascii=False))


async def _read_all(context: CrawlContext, sources: Iterable[Source]) -> list[dict[str, Any]]:
    read = []
    for source in sources:
        with context.database.read() as connection:
            canaries = _newest_pages(connection, source.name)
        for page in canaries:
            fields = await _read(context, source, page)
            read.append({"source": source.name, "canonical_url": page.canonical_url, "fields": fields})
    return read


async def _read(context: CrawlContext, source: Source, page: Page) -> dict[str, Any] | None:
    """Return what a page says now, None where it is no article any more, or cannot be read."""
    try:
        result = await context.pool.read(page_task(context, source, page))
    except (ExtractionFailedError, PageDamagedError):
        return None
    return fields_of(article_of(result, source, page)) if result.extraction.is_article else None


def _newest_pages(connection: Connection, source: str) -> list[Page]:
    query = (
        select(*page_columns())
        .join(articles, articles.c.page_id == pages.c.id)
        .where(articles.c.source == source)
        .order_by(articles.c.id.desc())
        .limit(CANARIES)
    )
    return [Page(**row_dict(row)) for row in connection.execute(query)]
