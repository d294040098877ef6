"""The pace of a crawl: the delay counts from the end of a domain's last answer, and Crawl-delay is respected.

Scrapy counts from the time at which it hands a request over: a connection that takes long to open brings the next
request too close to it.
"""

import asyncio
from time import monotonic
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.downloader.context import request_context


class DelayMiddleware:
    """Waits before each request, until its domain has been idle for its delay."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._answered: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for the longest of the delays that the settings, AutoThrottle and Crawl-delay ask for."""
        domain = request.meta["download_slot"]
        if domain in self._answered:
            await asyncio.sleep(self._answered[domain] + self._delay(request, domain) - monotonic())

    async def process_response(self, request: Request, response: Response) -> Response:
        """Note when the domain answered."""
        self._answered[request.meta["download_slot"]] = monotonic()
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:  # noqa: ARG002 - Scrapy's signature
        """Note when the domain failed to answer."""
        if "download_slot" in request.meta:
            self._answered[request.meta["download_slot"]] = monotonic()

    def _delay(self, request: Request, domain: str) -> float:
        assert self._crawler.engine is not None
        slot = self._crawler.engine.downloader.slots.get(domain)
        base = self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        return max(base, slot.delay if slot else base, request_context(request).crawl_delay)
