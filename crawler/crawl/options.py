"""CrawlOptions: what one crawl of a source is asked to do; by default everything that is due."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from archive.runs import Origin
from core.time import parse_time

BACKFILL_PAGES = 1000
"""List pages that a crawl with `since` reads of each list at most, in place of the section's own `max_pages`."""


@dataclass(frozen=True)
class CrawlOptions:
    """What narrows a crawl. Links that it leaves out stay pending: the next crawl fetches them."""

    section: str | None = None
    since: datetime | None = None
    """Aware; links that their list dates earlier are left out."""
    limit: int | None = None
    """Most articles to fetch from one source."""
    urls: tuple[str, ...] = ()
    """Articles to fetch, known or not, in place of lists and due links."""
    origin: Origin = Origin.COMMAND

    @classmethod
    def parse(
        cls,
        *,
        section: str | None = None,
        since: str | None = None,
        limit: str | int | None = None,
        url: str | None = None,
        origin: str = Origin.COMMAND,
    ) -> Self:
        """Read an order from text, as it comes from a command line; ValueError says what is wrong."""
        return cls(
            section=section or None,
            since=parse_time(since) if since else None,
            limit=int(limit) if limit is not None else None,
            urls=tuple(url.split()) if url else (),
            origin=Origin(origin),
        )
