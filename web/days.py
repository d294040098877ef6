"""Days and weeks of Shanghai that a page is about: the one that its address names, or the newest with reports."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, func, select

from archive.event_tables import events
from core.time import SHANGHAI, in_shanghai

WEEK = timedelta(days=7)
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
"""Days that a page is about: pages name weeks before and after them, which the calendar must have."""


def asked_day(text: str) -> date | None:
    """Return the day that an address names; None where it names none, or one that no report can be of."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _FIRST_DAY <= day <= _LAST_DAY else None


def newest_day(connection: Connection) -> date | None:
    """Return the newest day that an event has a report of."""
    newest = connection.scalar(select(func.max(events.c.last_timestamp)).where(events.c.deleted.is_(False)))
    return in_shanghai(datetime.fromtimestamp(newest, UTC)).date() if newest else None


def start_of(day: date) -> datetime:
    """Return the first moment of a day."""
    return datetime.combine(day, time(), SHANGHAI)


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
