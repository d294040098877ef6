"""What the archive holds, and what in it somebody should look at."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archive.articles import count_articles, count_doubtful
from archive.database import Database
from archive.links import count_links, failing_links
from archive.lists import distrusted_lists, list_problems
from archive.pages import count_verdicts
from archive.rate_limits import current_rate_limits
from archive.runs import Run, last_runs
from archive.unread_pages import failing_pages
from archive.watched_lists import WatchedList, watched


@dataclass(frozen=True)
class SourceStatus:
    """One source in figures."""

    source: str
    last_run: Run | None
    links: dict[str, int]
    """Status to count: pending, failed (will be tried again), fetched, gone, refused."""
    articles: dict[str, int]
    """Level of relevance to count."""


@dataclass(frozen=True)
class ArchiveStatus:
    """The archive in figures, and its troubles."""

    sources: tuple[SourceStatus, ...]
    doubtful: int
    """Articles whose text may not be whole."""
    verdicts: dict[str, int]
    """What extraction made of the pages: verdict to count; `waiting` for pages not yet read."""
    list_problems: list[dict[str, Any]]
    """Source, section, key, problem and checked_at of each list page that could not be read the last time."""
    distrusted_lists: list[dict[str, Any]]
    """Source, section, key and unconditional_until of each list page whose validators lied."""
    watched_lists: list[WatchedList]
    """Lists that do not hold what their source says."""
    failing_links: list[dict[str, Any]]
    """Source, url, status, tries, error and next_try_at of the links that failed last, at most 20."""
    failing_pages: list[dict[str, Any]]
    """Source, url, verdict, tries, reason and next_try_at of pages that could not be read, the newest, at most 20."""
    rate_limits: dict[str, datetime]
    """Rate-limited domains, and until when."""


def archive_status(database: Database) -> ArchiveStatus:
    """Return the archive's status, all of one state."""
    with database.read() as connection:
        runs, links, articles = last_runs(connection), count_links(connection), count_articles(connection)
        names = sorted(runs.keys() | links.keys() | articles.keys())
        return ArchiveStatus(
            sources=tuple(
                SourceStatus(name, runs.get(name), links.get(name, {}), articles.get(name, {})) for name in names
            ),
            doubtful=count_doubtful(connection),
            verdicts=count_verdicts(connection),
            list_problems=list_problems(connection),
            distrusted_lists=distrusted_lists(connection),
            watched_lists=watched(connection),
            failing_links=failing_links(connection, limit=20),
            failing_pages=failing_pages(connection, limit=20),
            rate_limits=current_rate_limits(connection),
        )
