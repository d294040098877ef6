"""Listing: the events of the archive, newest or largest first."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, func, select

from archive.event_tables import event_stories, events
from archive.schema import articles
from archive.story_tables import story_articles
from core.time import format_time
from indexer.events.event_view import EventView, event_views

READ_AT_ONCE = 100
"""Events that are put together at a time."""


class EventOrder(StrEnum):
    """The order of a list of events."""

    NEWEST = "newest"
    LARGEST = "largest"


def nothing_found(connection: Connection, what: str) -> str:
    """Say that a list of events is empty: what was asked for, and of when the newest report is, if there is any."""
    newest = connection.scalar(select(func.max(events.c.last_timestamp)).where(events.c.deleted.is_(False)))
    if newest is None:
        return (
            "there are no events yet: `deltanews crawl` collects articles, `deltanews index` makes stories and events"
        )
    return f"{what}; the newest report is of {format_time(datetime.fromtimestamp(newest, UTC))}"


def count_arrived(connection: Connection, since: datetime) -> int:
    """Count the events of which an article was first seen after that time."""
    query = select(func.count()).select_from(events).where(events.c.deleted.is_(False))
    return connection.scalar(query.where(_arrived_since(since))) or 0


def _arrived_since(time: datetime) -> ColumnElement[bool]:
    found = (
        select(event_stories.c.first_story)
        .join(story_articles, story_articles.c.representative_id == event_stories.c.number)
        .join(articles, articles.c.id == story_articles.c.article_id)
        .where(articles.c.first_seen_at > time)
    )
    return events.c.first_story.in_(select(found.subquery()))


def list_events(
    connection: Connection,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    provinces: Collection[str] = (),
    topics: Collection[str] = (),
    order: EventOrder = EventOrder.NEWEST,
    arrived_since: datetime | None = None,
) -> Iterator[EventView]:
    """Yield the events with a report since then, carried by an outlet of one of the provinces, on one of the topics.

    Those that began at `until` or later are left out, and those of which no article was first seen after
    `arrived_since`, whenever it was published.
    """
    query = select(events).where(events.c.deleted.is_(False))
    if since is not None:
        query = query.where(events.c.last_timestamp >= int(since.timestamp()))
    if until is not None:
        query = query.where(events.c.first_timestamp < int(until.timestamp()))
    if arrived_since is not None:
        query = query.where(_arrived_since(arrived_since))
    if order is EventOrder.LARGEST:
        query = query.order_by(events.c.story_count.desc())
    rows = connection.execute(query.order_by(events.c.last_timestamp.desc(), events.c.event_id)).all()
    for start in range(0, len(rows), READ_AT_ONCE):
        for view in event_views(connection, rows[start : start + READ_AT_ONCE]):
            if provinces and not set(provinces) & set(view.provinces):
                continue
            if topics and not set(topics) & set(view.topics):
                continue
            yield view
