"""Pages that are empty without JavaScript: fetched like any other, then given to a browser that runs their scripts."""

import asyncio
from typing import TYPE_CHECKING, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from core.log import get_logger
from crawler.downloader.context import Purpose, RequestContext, polite_spider, request_context

if TYPE_CHECKING:
    from playwright.async_api import Request as Asked

SHELL_VALIDATORS = ("ETag", "Last-Modified")
"""Left out of a rendered page: that an application's shell is unchanged says nothing of what it shows."""

PASSED_ON = ("accept", "content-type", "origin")
"""Headers that a page's own request retains; no cookie, no referrer."""

log = get_logger(__name__)


class RenderingMiddleware:
    """Renders the pages of a source that needs it. What they ask for is fetched by the crawl's politeness policy."""

    def __init__(self, crawler: Crawler) -> None:
        from crawler.downloader.browser import Renderer  # noqa: PLC0415 - the extra js, for sources that need it alone

        self._crawler = crawler
        self._asking = asyncio.Lock()
        self._renderer = Renderer(self._fetch)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware; NotConfigured for a source whose pages need no browser."""
        source = polite_spider(crawler).source
        if source is None or source.render != "browser":
            raise NotConfigured
        middleware = cls(crawler)
        crawler.signals.connect(middleware.close, signal=signals.spider_closed)
        return middleware

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return a page as it is once its scripts have run; anything else as it came. RenderError, NoBrowserError."""
        kind = (response.headers.get("Content-Type") or b"").lower()
        if (
            response.status != 200
            or not kind.startswith(b"text/html")
            or request_context(request).purpose is Purpose.BROWSER
        ):
            return response
        html = await self._renderer.render(response)
        headers = response.headers.copy()
        for name in SHELL_VALIDATORS:
            headers.pop(name, None)
        headers["Content-Type"] = "text/html; charset=utf-8"
        return response.replace(body=html.encode("utf-8", "replace"), headers=headers, encoding="utf-8")

    async def close(self) -> None:
        """End the browser."""
        await self._renderer.close()

    async def _fetch(self, asked: "Asked") -> Response | None:
        """Fetch what a page asks for; None where it is refused or cannot be had: the page goes without."""
        request = Request(
            asked.url.partition("#")[0],
            method=asked.method,
            headers={name: value for name, value in asked.headers.items() if name in PASSED_ON},
            body=asked.post_data_buffer or b"",
            callback=NO_CALLBACK,
            dont_filter=True,
            meta=RequestContext(Purpose.BROWSER).meta,
        )
        assert self._crawler.engine is not None
        async with self._asking:  # one at a time, so that each waits for the pace
            try:
                return await self._crawler.engine.download_async(request)
            except Exception as error:  # noqa: BLE001 - whatever the cause
                log.info("not given to the browser", url=asked.url, reason=str(error))
                return None
