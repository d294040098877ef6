"""robots.txt: obeyed, and where it cannot be read the crawl backs off from the site (RFC 9309, section 2.3.1)."""

import codecs
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from core.log import get_logger
from crawler.downloader.context import Purpose, RequestContext, change_context, request_context
from crawler.downloader.failures import (
    BackedOffError,
    ForbiddenError,
    RefusedError,
    RobotsUnreachableError,
    error_message,
)

ROBOTS_AGENT = "DeltaNews"
"""The name that a robots.txt calls us by."""

ROBOTS_MAX_BYTES = 500 * 1024
"""What RFC 9309 asks a crawler to read at least; more is not read."""

MAX_CRAWL_DELAY = 60.0
"""Longest Crawl-delay, in seconds, that is respected."""

MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
"""Byte order marks, which editors put before the first line; taken for a part of it, they would hide its rules."""


def robots_text(body: bytes) -> str:
    """Return the text of a robots.txt: UTF-8, or what its byte order mark says; bytes that are none are replaced."""
    body = body[:ROBOTS_MAX_BYTES]
    mark = next((mark for mark in MARKS if body.startswith(mark)), b"")
    return body.removeprefix(mark).decode(MARKS.get(mark, "utf-8"), "replace").lstrip("\ufeff")


log = get_logger(__name__)


class RobotsMiddleware:
    """Asks each host's robots.txt once a crawl, obeys it, and takes over its Crawl-delay."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, Protego | str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass; ForbiddenError or RobotsUnreachableError otherwise."""
        context = request_context(request)
        if context.purpose is Purpose.ROBOTS:
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = await self._read(f"{origin}/robots.txt", kin=context.kin)
        rules = self._rules[origin]
        if isinstance(rules, str):
            raise RobotsUnreachableError(f"{origin}/robots.txt: {rules}; nothing is fetched there until it can be read")
        self._slow_down(rules, request)
        if not rules.can_fetch(request.url, ROBOTS_AGENT):
            raise ForbiddenError(f"{request.url}: forbidden by robots.txt")

    async def _read(self, url: str, *, kin: bool) -> Protego | str:
        """Return the rules, or a message why they could not be read.

        Where more than five redirects are met, or one off the source's hosts, there is none (RFC 9309, 2.3.1.2): it is
        unavailable, and everything is allowed.
        """
        meta = RequestContext(Purpose.ROBOTS, kin=kin).meta
        request = Request(url, priority=1000, dont_filter=True, callback=NO_CALLBACK, meta=meta)
        try:
            assert self._crawler.engine is not None
            response: Response = await self._crawler.engine.download_async(request)
        except BackedOffError:  # the crawl has stopped: it is no matter of this host
            raise
        except IgnoreRequest as error:
            # Scrapy's own one says that there were too many redirects; the guard let this host pass already.
            if type(error) is IgnoreRequest or isinstance(error, RefusedError):
                log.warning("robots.txt leads astray", url=url, reason=str(error), taken_for="unavailable")
                return Protego.parse("")
            return str(error)
        except Exception as error:  # noqa: BLE001 - whatever the cause, the answer is to stay away
            return error_message(error, self._crawler.settings.get("DELTANEWS_PROXY"))
        if response.status >= 500 or response.status == 429:
            return f"HTTP {response.status}"
        return Protego.parse(robots_text(response.body) if response.status < 300 else "")

    def _slow_down(self, rules: Protego, request: Request) -> None:
        """Respect Crawl-delay: a floor for the domain's delay that AutoThrottle may raise, not lower."""
        wish = rules.crawl_delay(ROBOTS_AGENT)
        if wish is not None:
            change_context(request, crawl_delay=min(float(wish), MAX_CRAWL_DELAY))
