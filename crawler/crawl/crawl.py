"""Crawl: one crawl of one source while it is under way - what it is asked to do, works with, and has done."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from scrapy.exceptions import IgnoreRequest
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from archive.database import ArchiveError
from archive.runs import Counts
from core.log import get_logger
from crawler.crawl.context import CrawlContext
from crawler.crawl.item import ArticleItem
from crawler.crawl.options import CrawlOptions
from crawler.downloader.failures import error_message
from crawler.sources.model import Source

UNANSWERED_IN_A_ROW = 3
"""Requests in a row, each tried several times, after which a site counts as down: a dead site of twenty lists would
take twenty times as long to say so."""


log = get_logger(__name__)

REASONS_TOLD = 3
"""Different reasons why pages gave no article that a failed crawl names."""


def concerns_all(error: Exception) -> bool:
    """Whether an error while saving would meet any other row as well: the database or the disk, not what is saved."""
    if isinstance(error, DBAPIError):
        return not isinstance(error, DataError | IntegrityError)
    return isinstance(error, OSError | ArchiveError)


@dataclass
class Crawl:
    """Shared by the spider, its lists and its articles."""

    source: Source
    options: CrawlOptions
    context: CrawlContext
    counts: Counts = field(default_factory=Counts)
    errors: list[str] = field(default_factory=list)
    items: list[ArticleItem] = field(default_factory=list)
    """Articles that were stored and not handed to Scrapy yet."""
    pages_lost: dict[str, str] = field(default_factory=dict)
    """Why pages gave no article: the address of the first page with it, by the reason."""
    stopped: bool = False
    """Whether no further request may be made, as where the site is rate-limited; what is left stays pending."""

    resting: str | None = None
    """Why the crawl ends early though nothing is wrong, as where the budget of requests is used up."""

    incomplete: set[int] = field(default_factory=set)
    """Pages that are counted as waiting because further pages of their article are to come."""

    _unanswered: int = 0

    def record_response(self, status: int) -> None:
        """Note an HTTP answer; after a few server errors in a row the crawl backs off from the site."""
        if status >= 500:
            self._record_no_response(f"HTTP {status}")
        else:
            self._unanswered = 0

    def reason(self, error: BaseException | None) -> str:
        """Say why a request failed; after a few without any answer in a row the crawl backs off from the site."""
        if isinstance(error, IgnoreRequest):  # our own refusals speak for themselves
            return str(error)
        reason = error_message(error, self.context.settings.proxy)
        self._record_no_response(reason)
        return reason

    def _record_no_response(self, reason: str) -> None:
        self._unanswered += 1
        if self._unanswered >= UNANSWERED_IN_A_ROW:
            self.stop(f"the site does not answer: {reason}")

    def take_items(self) -> list[ArticleItem]:
        """Return the articles that were stored since the last call."""
        taken, self.items = self.items, []
        return taken

    def note_loss(self, url: str, reason: str) -> None:
        """Note why a page gave no article."""
        if len(self.pages_lost) < REASONS_TOLD:
            self.pages_lost.setdefault(reason, url)

    def stop(self, reason: str) -> None:
        """End the crawl after what is in work; what is left stays pending."""
        if not self.stopped:
            self.stopped = True
            self.errors.append(reason)

    def rest(self, reason: str) -> None:
        """End the crawl after what is in work, as `stop` does, but with nothing to complain of."""
        if not self.stopped:
            log.info("crawl rests", source=self.source.name, reason=reason)
            self.stopped = True
            self.resting = reason

    @property
    def stop_reason(self) -> str | None:
        """Why no further request may be made, or None."""
        return (self.resting or self.failure) if self.stopped else None

    def stop_storing(self, error: Exception) -> None:
        """End the crawl, in one line, for an error that would meet whatever else is stored (`concerns_all`)."""
        reason = (isinstance(error, OSError) and error.strerror) or error
        self.stop(f"nothing can be stored: {reason}")

    @contextmanager
    def storing(self) -> Iterator[None]:
        """Run a block that stores something; an error that concerns all ends the crawl, any other is raised."""
        try:
            yield
        except Exception as error:
            if not concerns_all(error):
                raise
            self.stop_storing(error)

    @property
    def failure(self) -> str | None:
        """Why the crawl counts as failed, or None. A crawl that brought nothing readable is no success."""
        if self.errors:
            return "; ".join(self.errors)
        counts = self.counts
        if counts.pages_failed and not counts.pages and not counts.articles:
            return f"none of {counts.pages_failed} articles could be fetched{self._losses}"
        without = counts.rejected + counts.waiting - len(self.incomplete) + counts.unreadable
        if without and not (counts.relevant or counts.not_relevant):
            return f"none of {without} pages could be read as an article{self._losses}"
        return None

    @property
    def _losses(self) -> str:
        told = (reason if url in reason else f"{url}: {reason}" for reason, url in self.pages_lost.items())
        return ": " + "; ".join(told) if self.pages_lost else ""
