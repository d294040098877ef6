"""What the downloader middlewares know: of the crawl that they work for, and of each request."""

import asyncio
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.crawler import Crawler

from crawler.downloader.failures import Blame, RateLimitedError
from crawler.sources.model import Source

_KEY = "deltanews"
"""The one key of `request.meta` that is ours."""


class PoliteSpider(Spider):
    """A spider as the middlewares see it; what it does not say is that of a visitor without source and archive."""

    source: ClassVar[Source | None] = None
    """Whose hosts alone are visited; without it, any public host."""

    @property
    def stop_reason(self) -> str | None:
        """Why no further request may be made, or None."""
        return None

    def record_response(self) -> None:
        """Take note that a site has answered."""

    def record_no_response(self, domain: str, reason: str, against: Blame) -> None:
        """Take note that a request to a registered domain failed without an answer, and whom that speaks against."""

    async def wait(self, seconds: float) -> None:
        """Wait before a request is made again; it may be shorter where that request will not be made."""
        await asyncio.sleep(seconds)

    def count_request(self) -> None:
        """Count a request that is about to be made; BackedOffError where it may not be made for now."""

    def store_rate_limit(self, limit: RateLimitedError) -> None:
        """Store until when a domain is rate-limited, for other processes."""


def polite_spider(crawler: Crawler) -> PoliteSpider:
    """Return the crawler's spider; for one of Scrapy's own, as `scrapy shell` has it, one without source."""
    return crawler.spider if isinstance(crawler.spider, PoliteSpider) else PoliteSpider("visitor")


class Purpose(StrEnum):
    """What a request is made for."""

    PAGE = "page"
    ROBOTS = "robots"
    BROWSER = "browser"
    """A rendered page asks for it."""


@dataclass(frozen=True)
class RequestContext:
    """One request, as it passes through the middlewares."""

    purpose: Purpose = Purpose.PAGE
    tries: int = 0
    """How often it was made before."""
    crawl_delay: float = 0.0
    """Seconds that robots.txt asks for between two requests."""
    kin: bool = False
    """Whether it may lead to other public hosts of the source's registered domains: a list, and what one that has
    changed names."""

    @property
    def meta(self) -> dict[str, Any]:
        """The `meta` of a new request with this context."""
        return {_KEY: self}


def request_context(request: Request) -> RequestContext:
    """Return a request's context."""
    found = request.meta.get(_KEY)
    return found if isinstance(found, RequestContext) else RequestContext()


def change_context(request: Request, **changes: float) -> None:
    """Change fields of a request's context."""
    request.meta[_KEY] = replace(request_context(request), **changes)  # type: ignore[arg-type]  # by field, all numbers
