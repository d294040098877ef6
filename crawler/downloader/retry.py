"""Trying again: with rising waits on transient faults, as long as Retry-After says, not at all where it is too long.

The wait happens inside the middleware: a crawl has one request in work at a time, so the whole domain gets a rest.
"""

import random
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError, IgnoreRequest, ResponseDataLossError
from scrapy.http import Response
from scrapy.settings import BaseSettings

from archive.rate_limits import MAX_RATE_LIMIT
from core.clock import CLOCK
from core.log import get_logger
from crawler.downloader.bodies import DATA_LOSS, is_whole
from crawler.downloader.context import PoliteSpider, change_context, polite_spider, request_context
from crawler.downloader.domains import domain_of
from crawler.downloader.failures import (
    MESSAGES,
    BackedOffError,
    Blame,
    RateLimitedError,
    blame,
    error_message,
)
from crawler.downloader.resolver import are_names_answered

TRANSIENT_STATUSES = frozenset({408, 429, 500, 502, 503, 504, 520, 522, 524})
"""Answers that may be another soon."""

log = get_logger(__name__)


class RetryMiddleware:
    """Repeats a request a few times; remembers for the rest of the crawl which domains are rate-limited."""

    def __init__(self, settings: BaseSettings, spider: PoliteSpider) -> None:
        self._tries = settings.getint("RETRY_TIMES")
        self._backoff = settings.getfloat("DELTANEWS_BACKOFF")
        self._max_retry_after = settings.getfloat("DELTANEWS_MAX_RETRY_AFTER")
        self._proxy = settings.get("DELTANEWS_PROXY")
        self._spider = spider
        self._rate_limited: dict[str, RateLimitedError] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware; the spider stores what is rate-limited."""
        return cls(crawler.settings, polite_spider(crawler))

    async def process_request(self, request: Request) -> None:
        """Let a request pass unless its domain is rate-limited: RateLimitedError."""
        limited = self._rate_limited.get(domain_of(request.url))
        if limited is not None:
            raise limited

    async def process_response(self, request: Request, response: Response) -> Response | Request:
        """Pass a response on, or wait and repeat the request. RateLimitedError where Retry-After is too long."""
        if DATA_LOSS in response.flags and not is_whole(response.body):
            reason = MESSAGES[ResponseDataLossError]
            self._spider.record_no_response(domain_of(request.url), reason, Blame.SITE)
            if again := await self._again(request, reason, None):
                return again
            raise ResponseDataLossError(reason)
        self._spider.record_response()
        if response.status not in TRANSIENT_STATUSES:
            return response
        reason = f"HTTP {response.status}"
        delay = retry_after(response.headers.get("Retry-After"))
        if delay is not None and delay > self._max_retry_after:
            domain = domain_of(request.url)
            limited = RateLimitedError(domain, CLOCK.now() + timedelta(seconds=delay), reason)
            self._rate_limited[domain] = limited
            self._spider.store_rate_limit(limited)
            raise limited
        return await self._again(request, reason, delay) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Wait and repeat a request that failed on its way; a refusal of our own is final."""
        if isinstance(exception, IgnoreRequest | DownloadCancelledError):
            return None
        reason = error_message(exception, self._proxy)
        names_are_answered = (
            not isinstance(exception, CannotResolveHostError)
            or self._proxy is not None
            or await are_names_answered(urlsplit(request.url).hostname or "")
        )
        against = blame(exception, self._proxy, names_are_answered=names_are_answered)
        self._spider.record_no_response(domain_of(request.url), reason, against)
        return await self._again(request, reason, None)

    async def _again(self, request: Request, reason: str, delay: float | None) -> Request | None:
        tried = request_context(request).tries
        self._check_stopped()
        if tried >= self._tries:
            return None
        wait = delay if delay is not None else self._backoff * 2**tried * random.uniform(1, 1.25)  # noqa: S311
        log.info("trying again", url=request.url, reason=reason, seconds=round(wait))
        await self._spider.wait(wait)
        self._check_stopped()
        again = request.replace(dont_filter=True, priority=request.priority + 1)
        change_context(again, tries=tried + 1)
        return again

    def _check_stopped(self) -> None:
        if reason := self._spider.stop_reason:
            raise BackedOffError(reason)


def retry_after(header: bytes | None) -> float | None:
    """Return the seconds that a Retry-After header asks for (seconds or an HTTP date); None where it says nothing.

    Never more than MAX_RATE_LIMIT, nor less than zero, whatever year the date is of.
    """
    if header is None:
        return None
    text = header.decode("latin-1").strip()
    longest = MAX_RATE_LIMIT.total_seconds()
    if text.isascii() and text.isdigit():
        return min(float(text), longest)
    try:
        until = parsedate_to_datetime(text)
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return min(max(0.0, (until - CLOCK.now()).total_seconds()), longest)
    except (ValueError, TypeError, IndexError, OverflowError):  # no date, or one that is beyond the calendar
        return None
