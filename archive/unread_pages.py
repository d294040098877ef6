"""Pages that could not be read: tried again at growing intervals, then listed as failed until they are requeued."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select, update

from archive.pages import Page, PageState, page_columns, storable
from archive.schema import now, pages, row_dict

RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""Waits before each further try of a page that could not be read; after the last one it counts as failed."""


def waiting_pages(connection: Connection, source: str, *, limit: int, after: int = 0) -> list[Page]:
    """Return the pages to be read now: those that a kill left over, and those whose next try is due."""
    time = now()
    due = or_(
        pages.c.next_try_at.is_(None),
        pages.c.next_try_at <= time,
        pages.c.next_try_at > time + RETRY_AFTER[-1],  # the clock was set back: no wait is as long as that
    )
    query = (
        select(*page_columns())
        .where(pages.c.source == source, pages.c.extracted_at.is_(None), due, pages.c.id > after)
        .order_by(pages.c.id)
        .limit(limit)
    )
    return [Page(**row_dict(row)) for row in connection.execute(query)]


def defer_page(connection: Connection, page_id: int, reason: str, *, version: str) -> datetime | None:
    """Record that a page could not be read; return when it is tried again, or None where it counts as failed now.

    `version` names the extraction that failed. A page that has been read before stays what it was.
    """
    tried = connection.scalar(select(pages.c.tries).where(pages.c.id == page_id))
    if tried is None:  # it was forgotten meanwhile
        return None
    tries = tried + 1
    failed = tries > len(RETRY_AFTER)
    next_try_at = None if failed else now() + RETRY_AFTER[tries - 1]
    connection.execute(
        update(pages)
        .where(pages.c.id == page_id)
        .values(
            tries=tries,
            reason=storable(reason),
            next_try_at=next_try_at,
            extracted_at=now() if failed else None,
            verdict=PageState.FAILED if failed else None,
            extraction_version=version,
        )
    )
    return next_try_at


def requeue_failed_pages(connection: Connection, source: str, *, version: str) -> None:
    """Requeue the pages of a source that another version of the extraction failed to read."""
    connection.execute(
        update(pages)
        .where(_failed_by_another(source, version))
        .values(tries=0, next_try_at=None, extracted_at=None, verdict=None)
    )


def has_failed_pages(connection: Connection, source: str, *, version: str) -> bool:
    """Whether `requeue_failed_pages` has anything to do: a crawl without need takes no write lock."""
    return (
        connection.execute(select(pages.c.id).where(_failed_by_another(source, version)).limit(1)).first() is not None
    )


def unread_pages(
    connection: Connection, *, sources: Sequence[str] = (), urls: Sequence[str] = (), limit: int, after: int = 0
) -> list[Page]:
    """Return pages that wait or have failed, in order of their ids; of these sources and addresses, where given."""
    of_sources, at_urls = set(sources), set(urls)
    rows = connection.execute(select(*page_columns()).where(_unread(), pages.c.id > after).order_by(pages.c.id))
    found = (Page(**row_dict(row)) for row in rows)
    wanted = (
        page
        for page in found
        if (not of_sources or page.source in of_sources) and (not at_urls or {page.url, page.canonical_url} & at_urls)
    )
    return list(islice(wanted, limit))


def failing_pages(connection: Connection, *, limit: int) -> list[dict[str, Any]]:
    """Return the newest pages whose reading failed, or that wait for their article's further pages.

    Each with source, url, verdict (None: it is read again), tries, reason and next_try_at.
    """
    columns = (pages.c.source, pages.c.url, pages.c.verdict, pages.c.tries, pages.c.reason, pages.c.next_try_at)
    tried = and_(pages.c.extracted_at.is_(None), or_(pages.c.tries > 0, pages.c.reason.is_not(None)))
    query = (
        select(*columns).where(or_(tried, pages.c.verdict == PageState.FAILED)).order_by(pages.c.id.desc()).limit(limit)
    )
    return [row_dict(row) for row in connection.execute(query)]


def is_superseded(connection: Connection, page: Page) -> bool:
    """Whether a newer page of the same address has been read: an older text must not take its place."""
    newer = select(func.count()).where(
        pages.c.canonical_url == page.canonical_url, pages.c.id > page.id, pages.c.verdict.in_(("article", "video"))
    )
    return bool(connection.scalar(newer))


def _unread() -> Any:
    return or_(pages.c.extracted_at.is_(None), pages.c.verdict == PageState.FAILED)


def _failed_by_another(source: str, version: str) -> Any:
    return and_(
        pages.c.source == source,
        pages.c.verdict == PageState.FAILED,
        pages.c.extraction_version.is_distinct_from(version),
    )
