"""One crawl of several sources in this process: each its own spider, all at once, one at a time per domain."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from archive.runs import Counts, record_failed_start
from crawler.crawl.context import CrawlContext
from crawler.crawl.options import CrawlOptions
from crawler.crawl.spider import SourceSpider
from crawler.downloader.domains import registered_domains
from crawler.downloader.project import project_settings
from crawler.downloader.spider_loader import SourceSpiderLoader


@dataclass(frozen=True)
class SourceOutcome:
    """How the crawl of one source ended."""

    source: str
    counts: Counts
    failure: str | None
    stopped: bool = False
    """Whether it was stopped from outside, by Ctrl-C or a signal; it counts as failed, too, for something is left."""
    unreachable: bool = False
    """Whether its failure is that of the whole crawl: nothing could be reached."""


class _CrawlProcess(AsyncCrawlerProcess):
    """Scrapy's process, whose pages in work do not hold it up for long when it is stopped."""

    def __init__(self, settings: Settings, context: CrawlContext) -> None:
        super().__init__(settings)
        self._context = context

    async def stop(self) -> None:
        """End the crawls after what is in work; Scrapy calls it for a signal."""
        self._context.pool.begin_shutdown()
        await super().stop()


def crawl_sources(
    names: Sequence[str],
    options: CrawlOptions,
    *,
    on_opened: Callable[[SourceSpider], None] = lambda _spider: None,
    on_closed: Callable[[SourceSpider], None] = lambda _spider: None,
) -> list[SourceOutcome]:
    """Crawl the named sources and return how each ended. It runs the reactor, so only once in a process.

    A source whose file is wrong has failed, and the others are crawled.

    `on_opened` is given each spider as it begins, whose `counts` and `state_text` may be watched from another thread.
    SIGINT and SIGTERM end it after what is in work; a second one at once. SettingsError, SourceError, ArchiveError.
    """
    settings = project_settings()
    spiders: list[SourceSpider] = []

    def opened(spider: SourceSpider) -> None:
        spiders.append(spider)
        on_opened(spider)

    def closed(spider: SourceSpider) -> None:  # Scrapy passes the spider by this very name
        on_closed(spider)

    with CrawlContext.open() as context:
        loader = SourceSpiderLoader.from_settings(settings)
        broken = {name: str(loader.broken[name]) for name in names if name in loader.broken}
        for name, reason in broken.items():
            with context.database.write() as connection:
                record_failed_start(connection, name, origin=options.origin, error=reason, job=options.job_id)
        process = _CrawlProcess(settings, context)
        whole = [name for name in names if name not in broken]
        for name in whole:
            context.connectivity.expect(name, registered_domains(loader.sources[name].hosts))
        for name in whole:
            crawler = process.create_crawler(loader.load(name))
            crawler.signals.connect(opened, signal=signals.spider_opened, weak=False)
            crawler.signals.connect(closed, signal=signals.spider_closed, weak=False)
            process.crawl(crawler, context=context, options=options)
        process.start()
    ended = {
        spider.name: SourceOutcome(
            spider.name,
            spider.counts,
            spider.failure,
            stopped=spider.stopped_early,
            unreachable=spider.failure is not None and spider.failure == context.connectivity.down_reason,
        )
        for spider in spiders
        if spider.ended
    }
    ended |= {name: SourceOutcome(name, Counts(), reason) for name, reason in broken.items()}
    unstarted = "it was stopped before it began"
    return [ended.get(name, SourceOutcome(name, Counts(), unstarted, stopped=True)) for name in names]
