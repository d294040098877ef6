"""The spider of a source: works off what is known, reads the lists, fetches what they name, stores everything.

The archive is its queue. Lists only add rows; whenever nothing is in work, the next rows that are due become requests.
So a kill loses nothing, memory does not grow with the backlog, and a crawl that is cut short goes on where it stopped.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import asdict
from typing import Any, ClassVar, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from twisted.python.failure import Failure

from archive.rate_limits import limit_domain
from archive.request_counts import count_request
from archive.runs import Counts
from crawler.crawl.articles import ArticleCrawl
from crawler.crawl.context import CrawlContext
from crawler.crawl.crawl import Crawl, concerns_all
from crawler.crawl.lists import ListCrawl
from crawler.crawl.options import CrawlOptions
from crawler.crawl.probe import ProbeCrawl
from crawler.crawl.revisits import RevisitCrawl
from crawler.crawl.session import CrawlSession, SessionState
from crawler.downloader.context import PoliteSpider
from crawler.downloader.failures import BackedOffError, Blame, RateLimitedError, error_message
from crawler.sources.model import Source


class SourceSpider(PoliteSpider):
    """Crawls one source; `SourceSpiderLoader` makes a class of it for each."""

    source: ClassVar[Source]
    custom_settings = {  # noqa: RUF012 - Scrapy declares it as it is
        "HTTPERROR_ALLOW_ALL": True
    }

    def __init__(
        self, *, context: CrawlContext | None = None, options: CrawlOptions | None = None, **args: str
    ) -> None:
        """Take options, or arguments as in `scrapy crawl NAME -a since=7d`. UsageError, SettingsError, ArchiveError."""
        super().__init__()
        options = options or CrawlOptions.parse(args)
        self._opened = AsyncExitStack()
        if context is None:
            context = CrawlContext.open()
            self._opened.callback(context.close)
        self._crawl = Crawl(self.source, options, context)
        self._lists = ListCrawl(self._crawl)
        self._articles = ArticleCrawl(self._crawl)
        self._probe = ProbeCrawl(self._crawl)
        self._revisits = RevisitCrawl(self._crawl)
        self._session = CrawlSession(self._crawl)
        self._yielding: asyncio.Future[None] | None = None
        self._nothing_left = False
        self.stopped_early = False
        """Whether it was stopped from outside, by Ctrl-C or a signal."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider and connect it to Scrapy's signals."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.on_idle, signal=signals.spider_idle)
        crawler.signals.connect(spider.on_closed, signal=signals.spider_closed)
        crawler.signals.connect(spider.on_error, signal=signals.spider_error)
        return spider

    @property
    def state_text(self) -> str:
        """Where the crawl stands, for a person."""
        session = self._session
        return f"waiting: another crawl is at {session.waiting_for}" if session.waiting_for else session.state

    @property
    def ended(self) -> bool:
        """Whether the crawl came to its end; a signal at the wrong time keeps Scrapy from closing the spider."""
        return self._session.state in {SessionState.DONE, SessionState.FAILED}

    @property
    def counts(self) -> Counts:
        """What was done so far."""
        return self._crawl.counts

    @property
    def stop_reason(self) -> str | None:
        """Why no further request may be made, or None; the guard asks for it."""
        return self._crawl.stop_reason or self._crawl.context.connectivity.down_reason

    @property
    def failure(self) -> str | None:
        """Why the crawl counts as failed, or None."""
        return self._crawl.failure

    async def start(self) -> AsyncIterator[Any]:
        """Acquire the source's domains, read what a killed crawl left over, then give the first requests.

        Articles that were left over are given as items, as every other is by the callback that stores it.
        """
        try:
            await self._session.acquire()
            if self._crawl.stopped:
                return
            async for item in self._articles.read_leftovers():
                yield item
            if self._crawl.options.urls:
                for request in self._articles.named():
                    yield request
                return
            for request in self._articles.due():
                yield request
            for request in self._lists.first():
                yield request
            for request in self._probe.due():
                yield request
        except Exception as error:
            if not concerns_all(error):
                self._crawl.errors.append(error_message(error))
                raise
            self._crawl.stop_storing(error)

    def on_idle(self) -> None:
        """Enqueue the next requests: due articles, deeper lists, then known articles; without any the spider closes."""
        if self._yielding is not None:
            raise DontCloseSpider
        if not self._session.is_running or self._crawl.stopped or self._crawl.options.urls or self._nothing_left:
            return
        if self._session.is_overdue:
            self._yielding = asyncio.ensure_future(self._yield_domains())
            raise DontCloseSpider
        is_more = False
        with self._crawl.storing():
            is_more = self._enqueue_next()
        if is_more:
            raise DontCloseSpider

    def _enqueue_next(self) -> bool:
        """Hand the next requests to the engine; False where there are none."""
        requests = [*self._articles.due()]
        if not requests and not self._articles.is_full:
            requests = [*self._lists.deeper()] or [*self._revisits.due()]
        self._session.count_what_is_left()
        assert self.crawler.engine is not None
        for request in requests:
            self.crawler.engine.crawl(request)
        return bool(requests)

    def on_error(self, failure: Failure) -> None:
        """Count a defect of our own as what it is; the page that met it is stored and waits for the next crawl."""
        if not self._crawl.stopped:
            self._crawl.errors.append(error_message(failure.value))

    async def on_closed(self, reason: str) -> None:
        """Record the run's end and release the domains."""
        if self._yielding is not None:
            self._yielding.cancel()
        if reason != "finished":
            self._crawl.errors.append("stopped early; what is left is pending")
        self.stopped_early = reason == "shutdown"
        self._crawl.context.connectivity.forget(self.name)
        try:
            with self._crawl.storing():
                self._revisits.conclude()
                await self._session.close(interrupted=self.stopped_early)
            self._tell_stats()
        finally:
            await self._opened.aclose()

    def _tell_stats(self) -> None:
        """Add what this crawl did to Scrapy's stats, as `deltanews/lists_failed`, for monitors and the log."""
        stats = self.crawler.stats
        assert stats is not None
        told = asdict(self.counts) | ({"failure": self.failure} if self.failure else {})
        for name, value in told.items():
            stats.set_value(f"deltanews/{name}", value)

    def record_response(self) -> None:
        """Take note that a site has answered."""
        self._crawl.context.connectivity.record_response()

    def record_no_response(self, domain: str, reason: str, against: Blame) -> None:
        """Take note that a request to a registered domain failed without an answer, and whom that speaks against."""
        self._crawl.context.connectivity.record_no_response(domain, reason, against)

    async def wait(self, seconds: float) -> None:
        """Wait before a request is made again, unless it turns out that nothing can be reached."""
        await self._crawl.context.connectivity.wait(seconds)

    def count_request(self) -> None:
        """Count a request that is about to be made; BackedOffError where the source's budget is used up."""
        most = self.source.requests_per_hour
        if most is None:
            return
        with self._crawl.context.database.write() as connection:
            is_within = count_request(connection, self.name, most=most)
        if not is_within:
            self._crawl.rest(f"the budget of {most} requests an hour is used up; what is left waits for a later crawl")
            raise BackedOffError(self._crawl.resting)

    def store_rate_limit(self, limit: RateLimitedError) -> None:
        """Store until when a domain is rate-limited, for other processes."""
        with self._crawl.context.database.write() as connection:
            limit_domain(connection, limit.domain, limit.until, str(limit))

    async def _yield_domains(self) -> None:
        """Let others at the domains, then go on."""
        try:
            await self._session.yield_domains()
            if not self._crawl.stopped:
                # Scrapy says only every five seconds that nothing is in work. Where nothing is left, the spider closes
                # then, however long the domains have been held since.
                self._nothing_left = not self._enqueue_next()
        except Exception as error:  # noqa: BLE001 - nobody awaits this task: unreported, the crawl would stay idle
            self._crawl.stop(error_message(error))
        finally:
            self._yielding = None
