"""Revisits: articles looked at again after they were stored, and what each visit found."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from archive.article import Level
from archive.health_tables import fetches
from archive.pages import Page, PageState, page_columns, storable
from archive.schema import articles, now, pages, parts, revisits, row_dict, runs


class RevisitOutcome(StrEnum):
    """What a visit to a page that is known found."""

    UNCHANGED = "unchanged"
    """The page that is stored: the site says so, or it sent the same bytes."""
    READ = "read"
    """Another page of the same article; whether its text changed stands in the revisions."""
    MISSING = "missing"
    """404 or 410."""
    FAULT = "fault"
    """404 or 410, with so many others that something is wrong with the source; it counts for nothing."""
    DOUBTFUL = "doubtful"
    """A page that shares neither headline nor text with the article; nothing is changed, and it is looked at again."""
    UNKNOWN = "unknown"
    """No answer, an error, or a page that is no article."""


@dataclass(frozen=True)
class VisitedArticle:
    """An article with what is known of its visits."""

    id: int
    canonical_url: str
    level: Level
    first_seen_at: datetime
    withdrawn_at: datetime | None = None
    page_count: int = 1
    """Its pages: the first one and the parts."""
    visited_at: datetime | None = None
    """When its first page was last visited after it was stored."""
    missing_since: datetime | None = None
    """When it was first seen missing since it answered last."""
    doubtful_since: datetime | None = None
    """When another page was first met in its place since it answered last."""
    doubt: str | None = None
    """What was met there at the last such visit, in words that are the same for the same page."""


@dataclass(frozen=True)
class Visit:
    """One request for a page of an article that was stored before."""

    article_id: int
    url: str
    """The canonical address of the page: the article's own, or a part's."""
    visited_at: datetime
    outcome: RevisitOutcome
    status: int | None = None
    """None where there was no answer."""
    reason: str | None = None


def visited_articles(connection: Connection, source: str, *, since: datetime) -> list[VisitedArticle]:
    """Return the articles of a source whose page is stored and that were first seen or visited since then.

    Visits that lie ahead do not count.
    """
    known: dict[int, dict[str, Any]] = {}
    visits = (
        select(revisits.c.article_id, revisits.c.visited_at, revisits.c.outcome, revisits.c.reason)
        .join(articles, articles.c.id == revisits.c.article_id)
        .where(revisits.c.source == source, revisits.c.visited_at > since, revisits.c.visited_at <= now())
        .where(revisits.c.url == articles.c.canonical_url)
        .order_by(revisits.c.visited_at, revisits.c.id)
    )
    for article_id, visited_at, outcome, reason in connection.execute(visits):
        seen = known.setdefault(article_id, {})
        if outcome in {RevisitOutcome.UNCHANGED, RevisitOutcome.READ}:
            seen.clear()
        elif outcome == RevisitOutcome.MISSING:
            seen.setdefault("missing_since", visited_at)
        elif outcome == RevisitOutcome.DOUBTFUL:
            seen.setdefault("doubtful_since", visited_at)
            seen["doubt"] = reason
        seen["visited_at"] = visited_at
    further = (
        select(func.count())
        .where(parts.c.article_url == articles.c.canonical_url)
        .correlate(articles)
        .scalar_subquery()
    )
    columns = ("id", "canonical_url", "level", "first_seen_at", "withdrawn_at")
    visited = select(revisits.c.article_id).where(revisits.c.source == source, revisits.c.visited_at > since).subquery()
    query = (
        select(*(articles.c[name] for name in columns), (further + 1).label("page_count"))
        .join(pages, and_(pages.c.id == articles.c.page_id, pages.c.canonical_url == articles.c.canonical_url))
        .where(articles.c.source == source, _is_readable())
        .where(or_(articles.c.first_seen_at > since, articles.c.id.in_(select(visited))))
    )
    return [
        VisitedArticle(**row_dict(row) | {"level": Level(row.level)} | known.get(row.id, {}))
        for row in connection.execute(query)
    ]


def pages_of_article(connection: Connection, canonical_url: str) -> list[Page]:
    """Return the newest page of an article and of each of its parts that could be read, the first page first."""
    of_the_parts = select(parts.c.canonical_url).where(parts.c.article_url == canonical_url).subquery()
    newest = (
        select(func.max(pages.c.id))
        .where(or_(pages.c.canonical_url == canonical_url, pages.c.canonical_url.in_(select(of_the_parts))))
        .where(_is_readable())
        .group_by(pages.c.canonical_url)
        .subquery()
    )
    query = select(*page_columns()).where(pages.c.id.in_(select(newest)))
    found = [Page(**row_dict(row)) for row in connection.execute(query)]
    return sorted(found, key=lambda page: (page.canonical_url != canonical_url, page.id))


def _is_readable() -> ColumnElement[bool]:
    """Return the condition that a text was read out of a page."""
    return pages.c.verdict.in_(("article", "video", PageState.PART))


def record_visits(connection: Connection, source: str, visits: list[Visit]) -> None:
    """Store visits to articles of a source."""
    rows = [
        vars(visit) | {"source": source, "outcome": visit.outcome.value, "reason": storable(visit.reason or "") or None}
        for visit in visits
    ]
    if rows:
        connection.execute(revisits.insert(), rows)


def is_doubt_of_others(connection: Connection, source: str, article_id: int, doubt: str) -> bool:
    """Tell whether the same page was met in the place of another article of the source: it is a notice of the site."""
    same = (revisits.c.source == source, revisits.c.reason == storable(doubt), revisits.c.article_id != article_id)
    return connection.execute(select(revisits.c.id).where(*same).limit(1)).first() is not None


def last_answer_at(connection: Connection, source: str) -> datetime | None:
    """Return when an article of a source that was visited again last answered."""
    answered = revisits.c.outcome.in_((RevisitOutcome.UNCHANGED, RevisitOutcome.READ))
    query = select(func.max(revisits.c.visited_at)).where(revisits.c.source == source, answered)
    answered_at: datetime | None = connection.scalar(query.where(revisits.c.visited_at <= now()))
    return answered_at


def visits_to(connection: Connection, article_id: int) -> list[Visit]:
    """Return the visits to an article and its parts, the earliest first."""
    columns = (revisits.c[name] for name in Visit.__dataclass_fields__)
    query = select(*columns).where(revisits.c.article_id == article_id).order_by(revisits.c.visited_at, revisits.c.id)
    return [Visit(**row_dict(row) | {"outcome": RevisitOutcome(row.outcome)}) for row in connection.execute(query)]


def count_visits(connection: Connection, source: str, span: timedelta) -> int:
    """Return how many visits to known articles of a source were made within a span until now."""
    within = (revisits.c.source == source, revisits.c.visited_at > now() - span)
    return int(connection.scalar(select(func.count()).where(*within)) or 0)


def count_other_requests(connection: Connection, source: str, span: timedelta) -> int:
    """Return how many requests for lists and new articles of a source the crawls of a span until now made."""
    since = now() - span
    new = select(func.count()).where(fetches.c.source == source, fetches.c.fetched_at > since)
    counts = connection.scalars(select(runs.c.counts).where(runs.c.source == source, runs.c.started_at > since))
    lists = sum(int(figures.get("lists", 0)) for figures in counts)
    return int(connection.scalar(new) or 0) + lists
