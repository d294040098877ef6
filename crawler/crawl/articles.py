"""The article pages of a crawl: fetched once, stored raw, read in a worker; each failure is noted on its link."""

from collections.abc import AsyncIterator, Iterator

from scrapy import Request
from scrapy.http import Response
from sqlalchemy import Connection
from twisted.python.failure import Failure

from archive.article import DiscoveredBy
from archive.forgotten import forgotten_among
from archive.links import Link, NewLink, add_links, due_links, find_link, mark_failed, mark_refused
from archive.observations import FetchOutcome, record_fetch
from archive.pages import storable
from archive.parts import article_of_part, due_links_of, release_parts
from archive.unread_pages import has_failed_pages, requeue_failed_pages, waiting_pages
from core.log import get_logger
from crawler.crawl.crawl import Crawl, concerns_all
from crawler.crawl.guessing import record_guessed
from crawler.crawl.item import ArticleItem
from crawler.crawl.page_storing import raw_page, store_page
from crawler.crawl.persistence import FORGOTTEN, PageOutcome, store_article, store_completed
from crawler.downloader.context import RequestContext
from crawler.downloader.failures import MISSING_STATUSES, BackedOffError, ForbiddenError, RefusedError
from crawler.extraction.version import extraction_version

BATCH = 50
"""Links that become requests at a time."""

log = get_logger(__name__)


class ArticleCrawl:
    """The article pages of one crawl."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._taken: set[int] = set()
        self._asked = 0

    @property
    def is_full(self) -> bool:
        """Whether the options' limit is reached."""
        limit = self._crawl.options.limit
        return limit is not None and self._asked >= limit

    def due(self) -> Iterator[Request]:
        """Give requests for the links that are due, a batch at a time, newest first."""
        options = self._crawl.options
        room = BATCH if options.limit is None else min(BATCH, options.limit - self._asked)
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
                named = NewLink(url, address, source.fetch_url(url), discovered_by=DiscoveredBy.NAME)
                add_links(connection, source.name, section, [named])
                link = find_link(connection, address)
            if link is None:
                self._crawl.note_loss(url, FORGOTTEN)
            else:
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
                await store_article(crawl, page)
                for item in crawl.take_items():
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

    async def read(self, response: Response, link: Link) -> AsyncIterator[ArticleItem | Request]:
        """Store a page, then what it holds; give what was stored, and requests for further pages of its article."""
        article_url: str | None = None
        with self._crawl.storing():
            article_url = await self._read(response, link)
        for item in self._crawl.take_items():
            yield item
        if article_url is None or self._crawl.stopped:
            return
        with self._crawl.context.database.read() as connection:
            due = due_links_of(connection, article_url)
        for further in due:
            is_other = further.id == link.id and further.url != link.url  # a list gave a later page under this address
            if is_other or further.id not in self._taken:
                yield self._request(further, counts=False)

    async def _read(self, response: Response, link: Link) -> str | None:
        """Return the address of the article to which the page belongs, None where nothing was stored."""
        counts = self._crawl.counts
        self._crawl.record_response(response.status)
        if response.status != 200:
            counts.pages_failed += 1
            reason = f"HTTP {response.status}"
            missing = response.status in MISSING_STATUSES
            await self._mark_failed(link, reason, FetchOutcome.HTTP_ERROR, status=response.status, missing=missing)
            return None
        is_elsewhere, is_forgotten = self._where_it_leads(response, link)
        if is_elsewhere:
            counts.pages_failed += 1
            reason = f"it leads to {response.url}"
            await self._mark_failed(link, reason, FetchOutcome.ELSEWHERE, status=response.status, missing=True)
            return None
        if is_forgotten:
            counts.pages_failed += 1
            self._crawl.note_loss(link.url, FORGOTTEN)
            with self._crawl.context.database.write() as connection:
                mark_refused(connection, link.id, FORGOTTEN)
            return None
        try:
            page = store_page(self._crawl, link, raw_page(response))
        except Exception as error:
            if concerns_all(error):
                raise
            counts.pages_failed += 1  # this answer cannot be stored; the next may be another
            reason = storable(f"{type(error).__name__}: {error}")
            await self._mark_failed(link, reason, FetchOutcome.HTTP_ERROR, status=response.status)
            return None
        counts.pages += 1
        result = await store_article(self._crawl, page)
        if link.is_guessed and result.state.is_read:
            self._record_guessed(link, is_article=result.state is not PageOutcome.REJECTED)
        return result.article_url or page.canonical_url

    def _where_it_leads(self, response: Response, link: Link) -> tuple[bool, bool]:
        """Tell whether a page is not what was asked for, and whether its address was forgotten.

        A further page of an article was redirected to another address, as to the home page; an address was forgotten
        meanwhile, or the page stands under another one that was.
        """
        source = self._crawl.source
        with self._crawl.context.database.read() as connection:
            is_part = article_of_part(connection, link.canonical_url) is not None
            known = forgotten_among(connection, {link.canonical_url, source.canonical_url(response.url)})
        return is_part and source.part_url(response.url) != link.canonical_url, bool(known)

    async def _mark_failed(
        self,
        link: Link,
        reason: str,
        outcome: FetchOutcome,
        *,
        status: int | None = None,
        missing: bool = False,
        refused: bool = False,
    ) -> None:
        """Note a failed try, and what follows from it for an article over several pages."""
        self._crawl.note_loss(link.url, reason)
        log.info("page failed", source=link.source, url=link.url, reason=reason)
        with self._crawl.context.database.write() as connection:
            self._record_fetch(connection, link, reason, outcome, status)
            if mark_failed(connection, link.id, reason, missing=missing, refused=refused):
                release_parts(connection, link.canonical_url)
        if missing and link.is_guessed:
            self._record_guessed(link, is_article=False)
        await self._go_on_without(link)

    def _record_guessed(self, link: Link, *, is_article: bool) -> None:
        """Note what a guessed link's page is; one that is tried several times speaks against the guess once."""
        if is_article or link.tries == 0:
            record_guessed(self._crawl, link, is_article=is_article)

    def _record_fetch(
        self, connection: Connection, link: Link, reason: str, outcome: FetchOutcome, status: int | None = None
    ) -> None:
        source = self._crawl.source.name
        record_fetch(
            connection,
            source=source,
            section=link.section,
            url=link.url,
            outcome=outcome,
            status=status,
            reason=reason,
        )

    async def _go_on_without(self, link: Link) -> None:
        """Store the article that waited for a page which is not to be had."""
        with self._crawl.context.database.read() as connection:
            article_url = article_of_part(connection, link.canonical_url)
        if article_url is not None:
            await store_completed(self._crawl, article_url)

    async def failed(self, failure: Failure) -> AsyncIterator[ArticleItem]:
        """Note a link that could not be fetched, or may not be; give the article that had waited for it."""
        error = failure.value
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        link: Link = request.cb_kwargs["link"]
        if isinstance(error, BackedOffError):
            self._crawl.stop(str(error))
            return
        reason = self._crawl.reason(error)
        with self._crawl.storing():
            if isinstance(error, RefusedError):
                self._crawl.counts.refused += 1
                await self._mark_failed(link, reason, FetchOutcome.ELSEWHERE, refused=True)
            else:
                # robots.txt is asked again later: a site that forbids by mistake for a day costs no article.
                is_forbidden = isinstance(error, ForbiddenError)
                self._crawl.counts.refused += is_forbidden
                self._crawl.counts.pages_failed += not is_forbidden
                await self._mark_failed(
                    link, reason, FetchOutcome.FORBIDDEN if is_forbidden else FetchOutcome.NO_ANSWER
                )
        for item in self._crawl.take_items():
            yield item

    def _request(self, link: Link, *, counts: bool = True) -> Request:
        """Return the request for a link; a further page of an article does not count beside it."""
        self._taken.add(link.id)
        self._asked += counts
        return Request(
            link.fetch_url or link.url,
            callback=self.read,
            errback=self.failed,
            cb_kwargs={"link": link},
            meta=RequestContext(kin=link.is_guessed).meta,
            dont_filter=True,
        )
