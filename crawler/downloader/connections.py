"""Connections of the downloader, closed at a crawl's end without an error of Scrapy's own."""

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.utils.asyncio import call_later
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred


class HttpDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's handler of http and https.

    Scrapy 2.19 bounds the time in which connections close by firing the very deferred that tells of their end. Where
    the process is held up for that long, both happen, and a traceback of AlreadyCalledError is logged.
    """

    async def close(self) -> None:
        """Close the connections that are kept alive; go on without those that do not close in time."""
        done: Deferred[None] = Deferred()

        def end(_result: object = None) -> None:
            if not done.called:
                done.callback(None)

        self._pool.closeCachedConnections().addBoth(end)  # type: ignore[no-untyped-call]  # Twisted has no types here
        timer = call_later(self._disconnect_timeout, end)
        await maybe_deferred_to_future(done)
        timer.cancel()
