"""What goes to a process that reads pages, and what comes back; light, for a crawl itself reads none."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from archive.article import Relevance
from archive.warc import RecordLocation
from crawler.extraction.model import Extraction
from crawler.sources.model import Source


@dataclass(frozen=True)
class PageTask:
    """One kept page to read. The worker takes it from the disk itself: what is too large for it fails there, alone."""

    pages: Path
    """The archive's folder of raw pages."""
    location: RecordLocation
    url: str
    """The article's address, as readers open it."""
    source: Source
    listed_at: datetime | None = None
    """When the list says that the article was published."""


@dataclass(frozen=True)
class PageRead:
    """What was read out of a page; the relevance of a page that is no article is empty."""

    extraction: Extraction
    relevance: Relevance


@dataclass(frozen=True)
class PageUnread:
    """Why a worker could not read a page. It crosses the pipe in place of an exception, which may not survive that."""

    cause: Literal["lost", "memory", "error"]
    """`lost`: its record is damaged or gone; `memory`: it took too much; `error`: anything else."""
    reason: str
