"""The budget of a source: so many requests an hour, counted where they are made, whatever they are for."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.downloader.context import polite_spider


class BudgetMiddleware:
    """Counts every request against the budget of its source, and refuses those beyond it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:  # noqa: ARG002 - Scrapy's signature
        """Let a request pass, or raise BackedOffError."""
        polite_spider(self._crawler).count_request()
