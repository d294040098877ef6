"""Observations: what a crawl saw of each list and each page, kept for as long as source health looks back."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import Connection, delete

from archive.health_tables import fetches, list_visits, probes
from archive.lists import ListTarget
from archive.schema import now

KEPT = timedelta(days=36)
"""For how long they are kept: what health looks back, and a week for whoever asks late."""

HEAD = 5
"""How many of a list's first addresses tell whether it is still the same list."""


class VisitOutcome(StrEnum):
    """How a visit to the first page of a list ended."""

    READ = "read"
    UNCHANGED = "unchanged"
    """Its validator says so; nobody looked."""
    FAILED = "failed"
    """No answer, an error, or nothing in it that is an article."""
    HTML = "html"
    """A page for people came in place of a feed, of JSON or of a sitemap."""


class FetchOutcome(StrEnum):
    """How a request for an article's page ended."""

    STORED = "stored"
    HTTP_ERROR = "http error"
    ELSEWHERE = "elsewhere"
    """It was redirected to the home page, to another host, or to what is no article."""
    NO_ANSWER = "no answer"
    FORBIDDEN = "forbidden"
    """By robots.txt."""


def record_visit(
    connection: Connection,
    target: ListTarget,
    outcome: VisitOutcome,
    *,
    status: int | None = None,
    addresses: Sequence[str] | None = None,
    problem: str | None = None,
    lied: bool = False,
) -> None:
    """Record a visit to a list; `addresses` of the articles that it names, None where none could be read.

    Of deeper pages nothing is recorded: they are read once, and end where a list ends.
    """
    if target.depth > 0:
        return
    connection.execute(
        list_visits.insert().values(
            source=target.source,
            section=target.section,
            key=target.key,
            visited_at=now(),
            outcome=outcome,
            status=status,
            items=None if addresses is None else len(addresses),
            head=None if addresses is None else _hash(addresses[:HEAD]),
            problem=problem[:500] if problem else None,
            lied=lied,
        )
    )


def record_fetch(
    connection: Connection,
    *,
    source: str,
    section: str,
    url: str,
    outcome: FetchOutcome,
    status: int | None = None,
    reason: str | None = None,
    page_id: int | None = None,
) -> None:
    """Record a request for an article's page; what was read out of a stored one is known by its row."""
    values = {"source": source, "section": section, "url": url, "outcome": outcome, "status": status}
    cut = reason[:500] if reason else None
    connection.execute(fetches.insert().values(values | {"fetched_at": now(), "reason": cut, "page_id": page_id}))


def forget_old_observations(connection: Connection) -> None:
    """Delete what is older than anything that health looks at."""
    before = now() - KEPT
    connection.execute(delete(list_visits).where(list_visits.c.visited_at < before))
    connection.execute(delete(fetches).where(fetches.c.fetched_at < before))
    connection.execute(delete(probes).where(probes.c.probed_at < before))


def _hash(addresses: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(addresses).encode()).hexdigest()[:16]
