"""The proxy of the settings, for every request; the environment's http_proxy is nobody's promise and is not read."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware
from scrapy.http import Response


class ProxyMiddleware(HttpProxyMiddleware):
    """Sends every request through the proxy that the settings name; a log-in in its URL becomes a header."""

    def __init__(self, proxy: str | None) -> None:
        super().__init__()
        self._proxy = proxy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware."""
        return cls(crawler.settings.get("DELTANEWS_PROXY"))

    def process_request(self, request: Request) -> Request | Response | None:  # type: ignore[override]  # its spider argument is deprecated
        """Name the proxy, or none, to the download handler."""
        request.meta["proxy"] = self._proxy
        return super().process_request(request)
