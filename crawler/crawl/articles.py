"""The article pages of a crawl: fetched once, stored raw, read in a worker; each failure is noted on its link."""

from collections.abc import AsyncIterator, Iterator

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.links import Link, NewLink, add_links, due_links, find_link, mark_failed, mark_refused
from archive.pages import storable
from archive.unread_pages import has_failed_pages, requeue_failed_pages, waiting_pages
from crawler.crawl.crawl import Crawl, concerns_all
from crawler.crawl.item import ArticleItem
from crawler.crawl.persistence import raw_page, store_article, store_page
from crawler.downloader.failures import BackedOffError, ForbiddenError, RefusedError
from crawler.extraction.version import extraction_version

BATCH = 50
"""Links that become requests at a time."""

MISSING_STATUSES = frozenset({404, 410})


class ArticleCrawl:
    """The article pages of one crawl."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._taken: set[int] = set()

    @property
    def is_full(self) -> bool:
        """Whether the options' limit is reached."""
        limit = self._crawl.options.limit
        return limit is not None and len(self._taken) >= limit

    def due(self) -> Iterator[Request]:
        """Give requests for the links that are due, a batch at a time, newest first."""
        options = self._crawl.options
        room = BATCH if options.limit is None else min(BATCH, options.limit - len(self._taken))
        if room <= 0:
            return
        with self._crawl.context.database.read() as connection:
            links = due_links(
                connection, self._crawl.source.name, limit=room, section=options.section, since=options.since
            )
        for link in links:
            if link.id not in self._taken:  # one that could not be marked must not be requested for ever
                yield self._request(link)

    def named(self) -> Iterator[Request]:
        """Give requests for the articles that the options name, fetched before or not."""
        source = self._crawl.source
        for url in filter(source.owns, self._crawl.options.urls):
            address = source.canonical_url(url)
            section = source.sections[0].name
            with self._crawl.context.database.write() as connection:
                add_links(connection, source.name, section, [NewLink(url, address, source.fetch_url(url))])
                link = find_link(connection, address)
            assert link is not None
            yield self._request(link)

    async def read_leftovers(self) -> AsyncIterator[ArticleItem]:
        """Read the pages that an earlier crawl stored and did not come to read, or could not; give their articles."""
        crawl = self._crawl
        self._free_failed()
        after = 0
        while not crawl.stopped:
            with crawl.context.database.read() as connection:
                pages = waiting_pages(connection, crawl.source.name, limit=BATCH, after=after)
            if not pages:
                return
            for page in pages:
                if crawl.stopped:
                    return
                crawl.counts.leftovers += 1
                if item := (await store_article(crawl, page)).item:
                    yield item
            after = pages[-1].id

    def _free_failed(self) -> None:
        """Let pages wait again that another version of the extraction gave up."""
        database, source, version = self._crawl.context.database, self._crawl.source.name, extraction_version()
        with database.read() as connection:
            freed = has_failed_pages(connection, source, version=version)
        if freed:
            with database.write() as connection:
                requeue_failed_pages(connection, source, version=version)

    async def read(self, response: Response, link: Link) -> AsyncIterator[ArticleItem]:
        """Store a page, then what it holds; give the article once it is stored."""
        item = None
        with self._crawl.storing():
            item = await self._read(response, link)
        if item is not None:
            yield item

    async def _read(self, response: Response, link: Link) -> ArticleItem | None:
        counts = self._crawl.counts
        self._crawl.record_response(response.status)
        if response.status != 200:
            counts.pages_failed += 1
            self._crawl.note_loss(link.url, f"HTTP {response.status}")
            with self._crawl.context.database.write() as connection:
                missing = response.status in MISSING_STATUSES
                mark_failed(connection, link.id, f"HTTP {response.status}", missing=missing)
            return None
        try:
            page = store_page(self._crawl, link, raw_page(response))
        except Exception as error:
            if concerns_all(error):
                raise
            counts.pages_failed += 1  # this answer cannot be stored; the next may be another
            self._crawl.note_loss(link.url, storable(f"{type(error).__name__}: {error}"))
            with self._crawl.context.database.write() as connection:
                mark_failed(connection, link.id, storable(f"{type(error).__name__}: {error}"))
            return None
        counts.pages += 1
        return (await store_article(self._crawl, page)).item

    def failed(self, failure: Failure) -> None:
        """Note a link that could not be fetched, or may not be."""
        error = failure.value
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        link: Link = request.cb_kwargs["link"]
        if isinstance(error, BackedOffError):
            self._crawl.stop(str(error))
            return
        reason = self._crawl.reason(error)
        self._crawl.note_loss(link.url, reason)
        with self._crawl.storing(), self._crawl.context.database.write() as connection:
            if isinstance(error, RefusedError):
                self._crawl.counts.refused += 1
                mark_refused(connection, link.id, reason)
            else:
                # robots.txt is asked again later: a site that forbids by mistake for a day costs no article.
                self._crawl.counts.refused += isinstance(error, ForbiddenError)
                self._crawl.counts.pages_failed += not isinstance(error, ForbiddenError)
                mark_failed(connection, link.id, reason)

    def _request(self, link: Link) -> Request:
        self._taken.add(link.id)
        return Request(
            link.fetch_url or link.url,
            callback=self.read,
            errback=self.failed,
            cb_kwargs={"link": link},
            dont_filter=True,
        )
