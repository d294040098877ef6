"""Crawl: one crawl of one source while it is under way - what it is asked to do, works with, and has done."""

from dataclasses import dataclass, field

from archive.runs import Counts
from crawler.fetch.order import CrawlOrder
from crawler.fetch.workplace import Workplace
from crawler.sources.model import Source


@dataclass
class Crawl:
    """Shared by the spider, its lists and its articles."""

    source: Source
    order: CrawlOrder
    place: Workplace
    counts: Counts = field(default_factory=Counts)
    errors: list[str] = field(default_factory=list)
    stopped: bool = False
    """No further request may leave: the site asked to be left alone."""

    def stop(self, reason: str) -> None:
        """End the crawl after what is in work; what is left stays pending."""
        if not self.stopped:
            self.stopped = True
            self.errors.append(reason)

    @property
    def failure(self) -> str | None:
        """Why the crawl counts as failed, or None. A crawl that brought nothing readable is no success."""
        if self.errors:
            return "; ".join(self.errors)
        counts = self.counts
        if counts.pages_failed and not counts.pages:
            return f"none of {counts.pages_failed} articles could be fetched"
        if counts.rejected and not (counts.relevant or counts.not_relevant):
            return f"none of {counts.rejected} pages could be read as an article"
        return None
