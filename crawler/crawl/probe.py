"""The probe of a crawl: once a day an article that is known is fetched again and compared with its stored text."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.pages import Page
from archive.probes import article_to_probe, record_probe
from crawler.crawl.crawl import Crawl
from crawler.crawl.page_storing import raw_page
from crawler.crawl.persistence import page_task
from crawler.downloader.context import RequestContext
from crawler.downloader.failures import MISSING_STATUSES, BackedOffError
from crawler.pages.extraction_pool import ExtractionFailedError, PageDamagedError, PoolBrokenError


class ProbeCrawl:
    """The probe of one crawl. What it finds is for source health alone: no article changes by it."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl

    def due(self) -> Iterator[Request]:
        """Give the request, where a probe is due and the crawl is asked for everything."""
        if self._crawl.options.is_narrowed:
            return
        source = self._crawl.source
        with self._crawl.context.database.read() as connection:
            found = article_to_probe(connection, source.name)
        if found is None:
            return
        page, body = found
        yield Request(
            source.fetch_url(page.url) or page.url,
            callback=self.read,
            errback=self.failed,
            cb_kwargs={"page": page, "body": body},
            meta=RequestContext().meta,
            dont_filter=True,
        )

    async def read(self, response: Response, page: Page, body: str) -> None:
        """Compare what came with what is stored; of an error of the server nothing can be said."""
        with self._crawl.storing():
            self._crawl.record_response(response.status)
            source = self._crawl.source
            if response.status in MISSING_STATUSES:
                self._record(page, 0.0, f"is gone: HTTP {response.status}")
            elif response.status == 200 and source.fetch_url(page.url) is None and not source.is_article(response.url):
                self._record(page, 0.0, f"is gone: it leads to {response.url}")
            elif response.status == 200:
                await self._compare(response, page, body)

    async def failed(self, failure: Failure) -> None:
        """Take note that a site gave no answer; of its article that says nothing."""
        if isinstance(failure.value, BackedOffError):
            self._crawl.stop(str(failure.value))
        else:
            self._crawl.reason(failure.value)

    async def _compare(self, response: Response, page: Page, body: str) -> None:
        raw = raw_page(response)
        location = self._crawl.context.writer.append(raw)
        context = self._crawl.context
        try:
            task = replace(page_task(context, self._crawl.source, page), location=location)  # it gets no row
            read = await context.pool.read(task)
        except (ExtractionFailedError, PageDamagedError, PoolBrokenError):
            return
        if read.extraction.is_article:
            self._record(page, similarity(body, read.extraction.body), None)
        else:
            self._record(page, 0.0, f"is none any more: {read.extraction.verdict}")

    def _record(self, page: Page, alike: float, reason: str | None) -> None:
        with self._crawl.context.database.write() as connection:
            record_probe(connection, page.source, page.url, similarity=alike, reason=reason)


def similarity(one: str, other: str) -> float:
    """Return the share of their pairs of neighbouring characters that two texts have in common, from 0 to 1."""
    pairs, others = Counter(pairwise(one)), Counter(pairwise(other))
    total = pairs.total() + others.total()
    return 2 * (pairs & others).total() / total if total else 1.0
