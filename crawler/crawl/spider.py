"""The spider of a source: works off what is known, reads the lists, fetches what they name, keeps everything.

The archive is its queue. Lists only add rows; whenever nothing is in work, the next rows that are due become requests.
So a kill loses nothing, memory does not grow with the backlog, and a crawl that is cut short goes on where it stopped.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from time import monotonic
from typing import Any, ClassVar, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from twisted.python.failure import Failure

from archive.links import count_due_links
from archive.lists import count_pending_lists
from archive.pauses import pause_domain, paused_until, shorten_pauses
from archive.runs import Counts, finish_run, start_run
from archive.source_titles import store_source_titles
from crawler.crawl.articles import ArticleCrawl
from crawler.crawl.context import CrawlContext
from crawler.crawl.domain_lock import YIELD_SECONDS, turn
from crawler.crawl.lists import ListCrawl
from crawler.crawl.options import CrawlOptions
from crawler.crawl.state import Crawl
from crawler.downloader.domains import registered_domains
from crawler.downloader.failures import error_message
from crawler.downloader.retry import RateLimitedError
from crawler.sources.model import Source


class SourceSpider(Spider):
    """Crawls one source; `SourceSpiderLoader` makes a class of it for each."""

    source: ClassVar[Source]
    custom_settings = {  # noqa: RUF012 - Scrapy declares it as it is
        "HTTPERROR_ALLOW_ALL": True
    }

    def __init__(
        self, *, workplace: CrawlContext | None = None, order: CrawlOptions | None = None, **options: str
    ) -> None:
        """Take an order, or one in text as `scrapy crawl NAME -a since=7d` gives it."""
        super().__init__()
        self._held = AsyncExitStack()
        if workplace is None:
            workplace = CrawlContext.open()
            self._held.callback(workplace.close)
        self._crawl = Crawl(self.source, order or CrawlOptions.parse(**options), workplace)
        self._lists = ListCrawl(self._crawl)
        self._articles = ArticleCrawl(self._crawl)
        self._run_id: int | None = None
        self._turn = AsyncExitStack()
        self._turn_began = 0.0
        self._before_turn = Counts()
        self._yielding: asyncio.Future[None] | None = None
        self.stopped_early = False
        """Whether somebody stopped it, by Ctrl-C or a signal."""
        self.state = "waiting"
        """For whoever watches: `waiting` (for whom), `crawling`, `done` or `failed`."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider and listen for the moments when nothing is in work."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.on_idle, signal=signals.spider_idle)
        crawler.signals.connect(spider.on_closed, signal=signals.spider_closed)
        crawler.signals.connect(spider.on_error, signal=signals.spider_error)
        return spider

    @property
    def ended(self) -> bool:
        """Whether the crawl came to its end; a signal at the wrong moment keeps Scrapy from closing the spider."""
        return self.state in {"done", "failed"}

    @property
    def counts(self) -> Counts:
        """What was done so far."""
        return self._crawl.counts

    @property
    def stopped(self) -> str | None:
        """Why no further request may leave, or None; the guard asks it."""
        return self._crawl.failure if self._crawl.stopped else None

    @property
    def failure(self) -> str | None:
        """Why the crawl counts as failed, or None."""
        return self._crawl.failure

    async def start(self) -> AsyncIterator[Any]:
        """Wait for the source's turn, read what a killed crawl left over, then give the first requests."""
        try:
            await self._acquire_domains()
            if self._crawl.stopped:
                return
            await self._articles.read_leftovers()
            if self._crawl.order.urls:
                for request in self._articles.named():
                    yield request
                return
            for request in self._articles.due():
                yield request
            for request in self._lists.first():
                yield request
        except Exception as error:
            self._crawl.errors.append(error_message(error))
            raise

    def on_idle(self) -> None:
        """Give the next requests: articles that are due, then deeper lists; without any the spider closes."""
        if self._yielding is not None:
            raise DontCloseSpider
        if self._run_id is None or self._crawl.stopped or self._crawl.order.urls:
            return
        if monotonic() - self._turn_began > self._crawl.place.settings.yield_after:
            self._yielding = asyncio.ensure_future(self._yield_domains())
            raise DontCloseSpider
        if self._give_next():
            raise DontCloseSpider

    def _give_next(self) -> bool:
        """Give the engine the next requests; False where there are none."""
        requests = [*self._articles.due()]
        if not requests and not self._articles.is_full:
            requests = [*self._lists.deeper()]
        self._count_what_is_left()
        assert self.crawler.engine is not None
        for request in requests:
            self.crawler.engine.crawl(request)
        return bool(requests)

    def on_error(self, failure: Failure) -> None:
        """Count a defect of our own as what it is; the page that met it is kept and waits for the next crawl."""
        self._crawl.errors.append(error_message(failure.value))

    async def on_closed(self, reason: str) -> None:
        """Write the run's end and give the turn back."""
        if self._yielding is not None:
            self._yielding.cancel()
        if reason != "finished":
            self._crawl.errors.append("stopped early; what is left is pending")
        self.stopped_early = reason == "shutdown"
        await self._release_domains()
        self.state = "failed" if self.failure else "done"
        await self._held.aclose()

    def store_pause(self, pause: RateLimitedError) -> None:
        """Remember across processes that a domain asked to be left alone."""
        with self._crawl.place.database.write() as connection:
            pause_domain(connection, pause.domain, pause.until, str(pause))

    async def _acquire_domains(self) -> None:
        """Wait until no other crawl is at the source's domains, and note that a run begins."""
        place = self._crawl.place
        domains = registered_domains(self.source.hosts)
        await self._turn.enter_async_context(
            turn(place.archive.locks, domains, delay=place.settings.delay, waiting=self._wait_for)
        )
        self._turn_began, self._before_turn = monotonic(), replace(self.counts)
        self.state = "crawling"
        with place.database.write() as connection:
            self._run_id = start_run(connection, self.source.name, origin=self._crawl.order.origin)
            store_source_titles(connection, {self.source.name: self.source.title})
            shorten_pauses(connection)
            for domain in sorted(domains):
                if until := paused_until(connection, domain):
                    self._crawl.stop(str(RateLimitedError(domain, until, "said in an earlier crawl")))

    async def _release_domains(self) -> None:
        """Note how the run ended, and let others at the domains."""
        if self._run_id is not None:
            self._count_what_is_left()
            done = self.counts.less(self._before_turn)
            with self._crawl.place.database.write() as connection:
                finish_run(connection, self._run_id, done, error=self.failure, interrupted=self.stopped_early)
        self._run_id = None
        await self._turn.aclose()

    async def _yield_domains(self) -> None:
        """Leave the domains to whoever waits for them, then go on: a turn is a run of its own."""
        try:
            await self._release_domains()
            self.state = "stepping back"
            await asyncio.sleep(YIELD_SECONDS)
            self._turn = AsyncExitStack()
            await self._acquire_domains()
            if not self._crawl.stopped:
                self._give_next()  # Scrapy says only every five seconds that nothing is in work
        except Exception as error:  # noqa: BLE001 - nobody awaits this task: unsaid, it would leave the crawl idle for ever
            self._crawl.stop(error_message(error))
        finally:
            self._yielding = None

    def _count_what_is_left(self) -> None:
        with self._crawl.place.database.read() as connection:
            name = self.source.name
            self.counts.left = count_due_links(connection, name) + count_pending_lists(connection, name)

    def _wait_for(self, domain: str) -> None:
        self.state = f"waiting: another crawl is at {domain}"
