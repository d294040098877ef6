"""A site that refuses us (H17) is crawled half as often until it has not for a day; it never leaves the roll."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from archive.findings import open_findings
from archive.runs import last_runs
from scheduler.health.finding import Level

LONGEST = timedelta(days=1)
"""No source is crawled less often for it."""


def unwelcome_sources(connection: Connection) -> frozenset[str]:
    """Return the sources whose sites refused us three times running, and within the last day."""
    rows = open_findings(connection)
    return frozenset(row["source"] for row in rows if row["rule"] == "H17" and row["level"] == Level.BROKEN)


def interval_of(interval: timedelta, *, is_welcome: bool) -> timedelta:
    """Return how often a source is crawled: doubled where it is not welcome, up to a day."""
    return interval if is_welcome else max(interval, min(2 * interval, LONGEST))


def is_held_back(connection: Connection, name: str, interval: timedelta, now: datetime) -> bool:
    """Tell whether a crawl that is due is left out, since the site refuses us and the last one is too recent."""
    if name not in unwelcome_sources(connection):
        return False
    last = last_runs(connection).get(name)
    wait = interval_of(interval, is_welcome=False)
    # Half an interval of tolerance: a job comes at its interval, give or take the time that it waited for its turn.
    return last is not None and timedelta(0) <= now - last.started_at < wait - interval / 2
