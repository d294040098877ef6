"""What a person sees while a crawl runs: a live table on a terminal, a line when a source begins and ends elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import RenderableType
from rich.live import Live
from rich.table import Table

from core.console import print_line, stderr_console
from crawler.crawl.spider import SourceSpider


class CrawlProgress:
    """Watches spiders and writes on stderr, so that stdout holds the result alone."""

    def __init__(self, *, live: bool) -> None:
        self._live = live
        self._spiders: list[SourceSpider] = []
        self._failures: set[str] = set()

    def opened(self, spider: SourceSpider) -> None:
        """Take note of a source that begins."""
        self._spiders.append(spider)
        if not self._live:
            self._say(f"{spider.name}: begins")

    def closed(self, spider: SourceSpider) -> None:
        """Take note of a source that ended."""
        if self._live:
            return
        counts, failure = spider.counts, spider.failure
        if failure is None:
            figures = f"lists {counts.lists}, pages {counts.pages}, new articles {counts.articles}"
            self._say(f"{spider.name}: {figures}")
        else:  # a reason that many share is said once
            self._say(f"{spider.name}: FAILED: {'as before' if failure in self._failures else failure}")
            self._failures.add(failure)

    def __rich__(self) -> RenderableType:
        table = Table("source", "state", "lists", "found", "pages", "new", "relevant", "failed", "left", box=None)
        for spider in self._spiders:
            counts = spider.counts
            numbers = (
                counts.lists, counts.links_found, counts.pages, counts.articles, counts.relevant,
                counts.pages_failed + counts.lists_failed, counts.left,
            )  # fmt: skip
            table.add_row(spider.name, spider.state_text, *map(str, numbers))
        return table

    @staticmethod
    def _say(line: str) -> None:
        print_line(line, stderr=True)


@contextmanager
def crawl_progress() -> Iterator[CrawlProgress]:
    """Show a crawl's progress while the block runs."""
    console = stderr_console()
    progress = CrawlProgress(live=console.is_terminal)
    if not console.is_terminal:
        yield progress
        return
    with Live(progress, console=console, refresh_per_second=4, transient=True):
        yield progress
