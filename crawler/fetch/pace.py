"""The pace of a crawl: a floor under a domain's delay where its robots.txt names one; AutoThrottle may raise it."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler


class PaceMiddleware:
    """Takes Crawl-delay over into the domain's download slot."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise the slot's delay before the request enters it: AutoThrottle may have lowered it since the last one."""
        floor = request.meta.get("crawl_delay")
        if floor is None:
            return
        assert self._crawler.engine is not None
        downloader = self._crawler.engine.downloader
        key = request.meta["download_slot"]
        downloader.per_slot_settings[key] = {"delay": max(floor, self._crawler.settings.getfloat("DOWNLOAD_DELAY"))}
        if key in downloader.slots:
            downloader.slots[key].delay = max(downloader.slots[key].delay, floor)
