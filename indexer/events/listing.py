"""Listing: the events of the archive, newest or largest first."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Connection, func, select

from archive.event_tables import events
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


def list_events(
    connection: Connection,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    provinces: Collection[str] = (),
    topics: Collection[str] = (),
    order: EventOrder = EventOrder.NEWEST,
) -> Iterator[EventView]:
    """Yield the events with a report since then, carried by an outlet of one of the provinces, on one of the topics.

    Those that began at `until` or later are left out.
    """
    query = select(events).where(events.c.deleted.is_(False))
    if since is not None:
        query = query.where(events.c.last_timestamp >= int(since.timestamp()))
    if until is not None:
        query = query.where(events.c.first_timestamp < int(until.timestamp()))
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
