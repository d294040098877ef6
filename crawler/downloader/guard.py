"""Where a crawl may go: the source's own hosts, by name and by address, checked on every request and redirect."""

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.addresses import is_public_host
from crawler.downloader.context import polite_spider, request_context
from crawler.downloader.domains import registered_domain
from crawler.downloader.failures import BackedOffError, RefusedError
from crawler.sources.model import Source

DEFAULT_PORTS = {"http": 80, "https": 443}


def refusal(url: str, source: Source | None, *, kin: bool = False) -> str | None:
    """Say why a URL may not be fetched for a source, or return None. Without a source any public host will do.

    `kin`: every public host of the source's registered domains will do, to which its site may have moved.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "it is no URL"
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"}:
        return f"{parts.scheme}: is not fetched"
    if parts.username is not None:
        return "it carries a log-in"
    if source is not None and not (source.allows(host) or (kin and source.is_kin(url))):
        return f"{host} is not among the hosts of {source.name}"
    if source is None or not source.private:
        return _not_public(host, port)
    port = port or DEFAULT_PORTS[parts.scheme]
    return None if source.uses_port(host, port) else f"port {port} of {host} is in no address of {source.name}'s file"


class GuardMiddleware:
    """Refuses what `refusal` says, robots.txt and redirect targets included; gives each domain one download slot."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or raise RefusedError; BackedOffError once the crawl was stopped."""
        spider = polite_spider(self._crawler)
        if reason := spider.stop_reason:
            raise BackedOffError(reason)
        if reason := refusal(request.url, spider.source, kin=request_context(request).kin):
            raise RefusedError(f"{request.url}: {reason}")
        request.meta["download_slot"] = registered_domain(urlsplit(request.url).hostname or "")


def _not_public(host: str, port: int | None) -> str | None:
    if port not in {None, *DEFAULT_PORTS.values()}:
        return f"port {port} is not a web site's"
    return None if is_public_host(host) else f"{host} is no public address"
