"""CrawlOptions: what one crawl of a source is asked to do; by default everything that is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from archive.runs import Origin
from core.errors import UsageError
from core.time import parse_time

BACKFILL_PAGES = 1000
"""List pages that a crawl with `since` reads of each list at most, in place of the section's own `max_pages`."""

CATCH_UP_PAGES = 20
"""The same of a list that was read before: after an outage more than `max_pages` may hold nothing but news."""

ARGUMENTS = {
    "section": "a section of the source",
    "since": "7d, 24h, 2026-11-01",
    "limit": "a number of articles",
    "url": "addresses of articles, with spaces between them",
}
"""What options are called as text (`scrapy crawl NAME -a since=7d`), each with what it takes."""


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
    job_id: str | None = None
    """The job that it is part of, for its log."""

    @property
    def is_narrowed(self) -> bool:
        """Whether it is asked to do less than everything that is due."""
        return bool(self.section or self.since or self.limit or self.urls)

    @classmethod
    def parse(cls, arguments: Mapping[str, str]) -> Self:
        """Parse options given as text, an empty one as none. UsageError names the argument and what it takes."""
        for name in arguments:
            if name not in ARGUMENTS and not name.startswith("_"):  # scrapyd hands its own over so, as _job
                known = "; ".join(f"{argument} ({takes})" for argument, takes in ARGUMENTS.items())
                raise UsageError(f"there is no argument {name!r}; known: {known}")
        since, limit = arguments.get("since"), arguments.get("limit")
        try:
            parsed_since = parse_time(since) if since else None
        except ValueError as error:
            raise UsageError(f"since={since}: {error}") from error
        if limit and not (limit.isascii() and limit.isdigit() and int(limit) > 0):
            raise UsageError(f"limit={limit}: it takes a number of articles, from 1")
        return cls(
            section=arguments.get("section") or None,
            since=parsed_since,
            limit=int(limit) if limit else None,
            urls=tuple(arguments.get("url", "").split()),
        )
