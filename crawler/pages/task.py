"""What goes to an extraction worker, and what comes back; light, for a crawl itself reads no page."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from archive.article import Relevance
from archive.warc import RecordLocation, StoredPart
from crawler.extraction.model import Extraction
from crawler.sources.model import Source


@dataclass(frozen=True)
class PageTask:
    """One stored page to read. The worker loads it from the disk: what is too large for it fails there, alone."""

    pages: Path
    """The archive's folder of raw pages."""
    location: RecordLocation
    url: str
    """The article's address, as readers open it."""
    source: Source
    listed_at: datetime | None = None
    """When the list says that the article was published."""
    parts: tuple[StoredPart, ...] = ()
    """Its further pages, where it has any; to be joined to it."""
    on_delta_list: bool = False
    """Whether that list is all about the delta."""


@dataclass(frozen=True)
class PageRead:
    """What was read out of a page; the relevance of a page that is no article is empty."""

    extraction: Extraction
    relevance: Relevance
    unasked: tuple[str, ...] = ()
    """Addresses of further pages of the article that were not among those given."""
    came_from: str = ""
    """Where the page came from, after redirects."""


class UnreadCause(StrEnum):
    """Why a page could not be read."""

    LOST = "lost"
    """Its record is damaged or gone."""
    MEMORY = "memory"
    """It took too much."""
    ERROR = "error"
    """Anything else."""


@dataclass(frozen=True)
class PageUnread:
    """Why a worker could not read a page. It crosses the pipe in place of an exception, which may not survive that."""

    cause: UnreadCause
    reason: str
