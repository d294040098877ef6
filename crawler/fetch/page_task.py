"""What goes to a process that reads pages, and what comes back; light, for a crawl itself reads none."""

from dataclasses import dataclass
from datetime import datetime

from archive.article import Relevance
from crawler.extraction.model import Extraction, Hints


@dataclass(frozen=True)
class PageTask:
    """One page to read."""

    body: bytes
    url: str
    hints: Hints
    content_type: str | None
    fetched_at: datetime


@dataclass(frozen=True)
class PageRead:
    """What was read out of a page; the relevance of a page that is no article is empty."""

    extraction: Extraction
    relevance: Relevance
