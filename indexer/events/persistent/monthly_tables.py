"""Monthly tables: how rare a run of tokens was in the archive's news before the month in which a story was published.

A table is frozen: it is counted once, before the first story of its month is grouped, stored, and kept by every rebuild
of the events. It counts the stories published in months before, by their first article that was also *seen* before the
month began. So what arrives late, is corrected or read anew changes no table that links were made with, and grouping
piece by piece, in any order, and a rebuild give the same events; and the table is that which anybody would have counted
when its month began, so that it does not matter when in the month it is. What was published before the archive began to
collect is told by the shipped table alone. Another version of the evidence has all tables counted anew.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Connection, insert, select

from archive.database import Database
from archive.event_tables import event_frequencies
from archive.schema import articles
from archive.story_tables import story_articles
from archive.where_in import fetch_where_in
from core.clock import CLOCK
from core.time import SHANGHAI, in_shanghai
from indexer.events.frequencies import Frequencies
from indexer.events.rarity import RarityTable
from indexer.events.report import Report, report_of

MOST = 5000
"""Stories of a month that are counted, chosen by the hash of their address: more say the same, and take more memory."""

CACHED = 3
"""Tables that stay in memory; each takes a few megabytes."""

AHEAD = timedelta(minutes=10)
"""How far ahead of the clock a story may be dated: extraction refuses what is further."""

_READ_AT_ONCE = 500


class MonthlyTables:
    """The tables of an archive, read when a story of their month needs one."""

    def __init__(self) -> None:
        self._tables: OrderedDict[date, RarityTable] = OrderedDict()

    def of(self, connection: Connection, timestamp: int) -> RarityTable:
        """Return the table for a story of that time, in seconds since 1970."""
        month = _month(timestamp)
        if month not in self._tables:
            self._tables[month] = _stored(connection, month).table
        self._tables.move_to_end(month)
        while len(self._tables) > CACHED:
            self._tables.popitem(last=False)
        return self._tables[month]


def freeze_tables(database: Database, newest: int) -> None:
    """Count and store the tables of all months up to that of a story of that time, as far as they are not there.

    `newest` is in seconds since 1970; the future has no tables. Each month is read in one transaction and written in
    another. The articles of the archive are stories already.
    """
    last = _month(min(newest, int((CLOCK.now() + AHEAD).timestamp())))
    while True:
        with database.read() as connection:
            month = _first_missing(connection)
            if month is None or month > last:
                return
            before = _following(month, -1)
            found = _stored(connection, before).followed_by(_reports(connection, before))
        row = {
            "month": _key(month),
            "documents": found.documents,
            "runs": found.runs.astype("<u4").tobytes(),
            "counts": found.counts.astype("<f4").tobytes(),
        }
        with database.write() as connection:
            connection.execute(insert(event_frequencies).values(row))


def _first_missing(connection: Connection) -> date | None:
    """Return the month after the newest table's, or after that in which the archive began; None where it is empty."""
    newest = connection.scalar(select(event_frequencies.c.month).order_by(event_frequencies.c.month.desc()).limit(1))
    if newest is not None:
        return _following(date.fromisoformat(f"{newest}-01"))
    began = connection.scalar(select(articles.c.first_seen_at).order_by(articles.c.id).limit(1))
    return None if began is None else _following(in_shanghai(began).date().replace(day=1))


def _stored(connection: Connection, month: date) -> Frequencies:
    row = connection.execute(select(event_frequencies).where(event_frequencies.c.month == _key(month))).one_or_none()
    if row is None:
        return Frequencies()
    return Frequencies(row.documents, np.frombuffer(row.runs, "<u4"), np.frombuffer(row.counts, "<f4"))


def _reports(connection: Connection, month: date) -> Iterator[Report]:
    """Yield the stories that were published and seen in time, each by its first such article."""
    begins, ends = (datetime.combine(day, time(), SHANGHAI).astimezone(UTC) for day in (month, _following(month)))
    query = (
        select(articles.c.id, articles.c.canonical_url, story_articles.c.representative_id)
        .join(story_articles, story_articles.c.article_id == articles.c.id)
        .where(articles.c.published_at >= begins, articles.c.published_at < ends, articles.c.first_seen_at < ends)
        .order_by(story_articles.c.timestamp, articles.c.canonical_url)
    )
    first: dict[int, Any] = {}
    for one in connection.execute(query):
        first.setdefault(one.representative_id, one)
    chosen = sorted(first.values(), key=lambda row: hashlib.sha256(row.canonical_url.encode()).digest())[:MOST]
    for start in range(0, len(chosen), _READ_AT_ONCE):
        texts = select(articles.c.title, articles.c.body)
        ids = [row.id for row in chosen[start : start + _READ_AT_ONCE]]
        for row in fetch_where_in(connection, texts, articles.c.id, ids):
            yield report_of("", 0, row.title, row.body)


def _month(timestamp: int) -> date:
    return in_shanghai(datetime.fromtimestamp(timestamp, UTC)).date().replace(day=1)


def _following(month: date, step: int = 1) -> date:
    return (month + timedelta(days=15 + 31 * step)).replace(day=1)


def _key(month: date) -> str:
    return f"{month:%Y-%m}"
