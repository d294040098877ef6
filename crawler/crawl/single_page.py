"""Single pages on demand, by a crawl's politeness policy: for `extract URL`, `sources check` and `sources add`."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from archive.settings import ArchiveSettings
from archive.warc import RawPage
from core.errors import DeltaNewsError, UsageError
from crawler.crawl.domain_lock import domain_locks
from crawler.crawl.page_storing import raw_page
from crawler.downloader.connectivity import Connectivity
from crawler.downloader.context import PoliteSpider
from crawler.downloader.domains import domain_of
from crawler.downloader.failures import BackedOffError, Blame, error_message
from crawler.downloader.project import project_settings
from crawler.downloader.resolver import TRUSTED_HOSTS
from crawler.settings import CrawlerSettings
from crawler.sources.model import ListRequest, Source
from crawler.sources.rendering import HOW_TO_RENDER, can_render

Result = TypeVar("Result")


class FetchError(DeltaNewsError):
    """A page could not be fetched, or may not be; the message says why."""


class SiteError(FetchError):
    """The site does not answer, or is rate-limited: another address of it would fare no better."""


class UnreachableError(DeltaNewsError):
    """Nothing could be reached: it is the network or the proxy, and says nothing of the site."""


Fetch = Callable[[str | ListRequest], Awaitable[RawPage]]
"""Fetches one page: any status is an answer, FetchError is none."""


def run_with_fetch(task: Callable[[Fetch], Awaitable[Result]], start_url: str, source: Source | None = None) -> Result:
    """Run a task that fetches pages, and return what it returns. It runs the reactor, so only once in a process.

    The lock of `start_url`'s domain is held meanwhile, as by a crawl. With a source, its hosts alone are visited;
    without one, any public host. An exception of the task is raised here; FetchError where the source's pages need a
    browser that is not there, UnreachableError where it is not the site that does not answer, UsageError where
    `start_url` is no address.
    """
    _check_address(start_url)
    if source is not None and source.render == "browser" and not can_render():
        raise FetchError(f"{source.name}: {HOW_TO_RENDER}")
    settings = project_settings()
    settings.set("SPIDER_LOADER_CLASS", "scrapy.spiderloader.SpiderLoader", priority="cmdline")
    if source is not None and source.private:
        trusted = {*settings.getlist(TRUSTED_HOSTS), *source.hosts}
        settings.set(TRUSTED_HOSTS, sorted(trusted), priority="cmdline")
    results: list[Result] = []
    errors: list[Exception] = []
    process = AsyncCrawlerProcess(settings)
    process.crawl(_TaskSpider, task=task, start_url=start_url, of=source, results=results, errors=errors)
    process.start()
    if errors:
        raise errors[0]
    if not results:
        raise FetchError("it was stopped")
    return results[0]


def _check_address(url: str) -> None:
    try:
        _ = urlsplit(url).port
    except ValueError as error:
        raise UsageError(f"{url}: it is no web address: {error}") from error


def fetch_page(url: str, source: Source | None = None) -> RawPage:
    """Fetch one page. FetchError where it cannot be had or does not answer 200."""

    async def one(fetch: Fetch) -> RawPage:
        page = await fetch(url)
        if page.status != 200:
            raise FetchError(f"{url}: HTTP {page.status}")
        return page

    return run_with_fetch(one, url, source)


class _TaskSpider(PoliteSpider):
    """Runs one task that fetches pages."""

    name = "task"
    custom_settings = {"HTTPERROR_ALLOW_ALL": True}  # noqa: RUF012 - Scrapy declares it as it is

    def __init__(
        self,
        *,
        task: Callable[[Fetch], Awaitable[Any]],
        start_url: str,
        of: Source | None,
        results: list[Any],
        errors: list[Exception],
    ) -> None:
        super().__init__()
        self.source = of  # type: ignore[misc]  # one class, and another source each time
        self._task, self._start_url, self._results, self._errors = task, start_url, results, errors
        self._proxy = CrawlerSettings.load().proxy
        self._connectivity = Connectivity(self._proxy)
        self._connectivity.expect(self.name, [domain_of(start_url)])

    @property
    def stop_reason(self) -> str | None:
        """Why no further request may be made: nothing can be reached."""
        return self._connectivity.down_reason

    def record_response(self) -> None:
        """Take note that a site has answered."""
        self._connectivity.record_response()

    def record_no_response(self, domain: str, reason: str, against: Blame) -> None:
        """Take note that a request to a registered domain failed without an answer, and whom that speaks against."""
        self._connectivity.record_no_response(domain, reason, against)

    async def wait(self, seconds: float) -> None:
        """Wait before a request is made again, unless it turns out that nothing can be reached."""
        await self._connectivity.wait(seconds)

    async def start(self) -> AsyncIterator[Any]:
        """Hold the domain and run the task."""
        try:
            locks = ArchiveSettings.load().locks
            delay = self.crawler.settings.getfloat("DOWNLOAD_DELAY")
            async with domain_locks(locks, [domain_of(self._start_url)], delay=delay, on_wait=self._on_wait):
                self._results.append(await self._task(self._fetch))
        except Exception as error:  # noqa: BLE001 - raised again by `run_with_fetch`, outside the reactor
            self._errors.append(error)
        return
        yield  # makes this the asynchronous generator that Scrapy expects

    async def _fetch(self, what: str | ListRequest) -> RawPage:
        wanted = ListRequest(url=what) if isinstance(what, str) else what
        headers: dict[str, str] = {**wanted.headers}
        headers |= {"Content-Type": wanted.content_type} if wanted.content_type else {}
        request = Request(
            wanted.url, method=wanted.method, body=wanted.body, headers=headers, callback=NO_CALLBACK, dont_filter=True
        )
        assert self.crawler.engine is not None
        try:
            response: Response = await self.crawler.engine.download_async(request)
        except BackedOffError as error:
            if reason := self.stop_reason:
                raise UnreachableError(reason) from error
            raise SiteError(str(error)) from error
        except IgnoreRequest as error:
            raise FetchError(str(error)) from error
        except CannotResolveHostError as error:
            raise FetchError(f"{wanted.url}: {error_message(error, self._proxy)}") from error
        except Exception as error:
            raise SiteError(f"{wanted.url}: {error_message(error, self._proxy)}") from error
        return raw_page(response)

    def _on_wait(self, domain: str) -> None:
        self.logger.warning("another crawl is at %s; waiting for it", domain)
