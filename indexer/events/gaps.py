"""Gaps: events that outlets of other provinces carried and those of one did not, or later.

Silent is only who could have been seen: a source of which a crawl ended well, every list answered and at least one read
anew, no page left over, unread or forbidden, after the event's last report and within its window, at a time at which
source health did not find the source broken. All others are not seen. Before a source is called silent, its articles of
every level in that time are compared with the event, but for those that a correction keeps out of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, exists, select

from archive.corrections import CorrectionKind, corrections_of
from archive.health_tables import findings
from archive.runs import RunStatus
from archive.schema import articles, runs
from archive.story_tables import story_articles
from indexer.events.candidates import WINDOW
from indexer.events.clusters import JOIN, thousandths
from indexer.events.event_view import EventView
from indexer.events.evidence import score
from indexer.events.listing import list_events
from indexer.events.report import report_of

BROKEN = "broken"
"""Level of a finding of source health that makes a crawl prove nothing."""


class Coverage(StrEnum):
    """What is known of a source and an event that it did not carry."""

    SILENT = "silent"
    NOT_SEEN = "not seen"
    OTHERWISE = "not relevant"
    """It has an article about the event, which is of too low a level to be a story."""
    SIMILAR = "similar"
    """It has a story that resembles a report of the event, and is in another one."""


@dataclass(frozen=True)
class SourceGap:
    """One source of the province."""

    source: str
    verdict: Coverage
    url: str | None = None
    """The article that is of too low a level, or in another event."""


@dataclass(frozen=True)
class Gap:
    """An event that the province's outlets did not carry, or later than another's."""

    event: EventView
    lag: timedelta | None
    """How much later its first article was; None where there is none."""
    sources: tuple[SourceGap, ...]
    """Those that were counted; empty where the province carried the event."""


def find_gaps(
    connection: Connection, province: str, others: Sequence[str], *, since: datetime | None = None
) -> Iterator[Gap]:
    """Yield the gaps of a province, newest event first; events that no outlet of `others` carried are none."""
    sources = _sources_of(connection, province)
    for event, lag in late_events(connection, province, others, since=since):
        judged = sources if lag is None else ()
        yield Gap(event, lag, tuple(_verdict(connection, source, event) for source in judged))


def late_events(
    connection: Connection,
    province: str,
    others: Sequence[str],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Iterator[tuple[EventView, timedelta | None]]:
    """Yield the events of a province's gaps with how much later it was, None for not at all; its sources unjudged.

    Those that began at `until` or later are left out.
    """
    for event in list_events(connection, since=since, until=until, provinces=others):
        own = next((article for article in event.all_articles if article.province == province), None)
        if own is None:
            yield event, None
        elif own.timestamp > event.all_articles[0].timestamp:
            yield event, timedelta(seconds=own.timestamp - event.all_articles[0].timestamp)


def sources_without(connection: Connection, event: EventView, province: str) -> tuple[SourceGap, ...]:
    """Return the sources of a province that did not carry the event, each with what is known of it."""
    sources = [source for source in _sources_of(connection, province) if source not in event.sources]
    return tuple(_verdict(connection, source, event) for source in sources)


def missed_events(connection: Connection, events: Iterable[EventView]) -> Iterator[tuple[EventView, str]]:
    """Yield each event that several outlets carried with every source that was silent on it."""
    sources = _crawled_sources(connection)
    for event in events:
        if len(event.sources) > 1:
            for source in sources:
                if source not in event.sources and _verdict(connection, source, event).verdict is Coverage.SILENT:
                    yield event, source


def _crawled_sources(connection: Connection) -> Sequence[str]:
    return connection.scalars(select(runs.c.source).distinct().order_by(runs.c.source)).all()


def _sources_of(connection: Connection, province: str) -> list[str]:
    """Return the sources of a province that were ever crawled: the province is that of their newest article."""
    found = []
    for source in _crawled_sources(connection):
        query = select(articles.c.province).where(articles.c.source == source).order_by(articles.c.id.desc()).limit(1)
        if connection.scalar(query) == province:
            found.append(source)
    return found


def _verdict(connection: Connection, source: str, event: EventView) -> SourceGap:
    began, last = (datetime.fromtimestamp(at, UTC) for at in (event.row.first_timestamp, event.row.last_timestamp))
    ends = last + timedelta(seconds=WINDOW)
    kept_out = _kept_out(connection, event)
    for article in _articles(connection, source, began - timedelta(seconds=WINDOW), ends):
        timestamp = int((article.published_at or article.first_seen_at).timestamp())
        told = report_of("", timestamp, article.title, article.body, event.reports[0].report.table)
        if article.canonical_url not in kept_out and any(
            thousandths(score(told, report.report)) >= JOIN for report in event.reports
        ):
            return SourceGap(source, Coverage.SIMILAR if article.in_story else Coverage.OTHERWISE, article.url)
    sound = any(_is_sound(run) for run in connection.execute(_crawls(source, last, ends)))
    return SourceGap(source, Coverage.SILENT if sound else Coverage.NOT_SEEN)


def _crawls(source: str, since: datetime, until: datetime) -> Select[Any]:
    """Return the query for a source's crawls of a time, but for those while source health found it broken."""
    broken = exists().where(
        findings.c.source == runs.c.source,
        findings.c.level == BROKEN,
        findings.c.since <= runs.c.started_at,
        findings.c.resolved_at.is_(None) | (findings.c.resolved_at > runs.c.started_at),
    )
    return select(runs).where(runs.c.source == source, runs.c.started_at.between(since, until), ~broken)


def _kept_out(connection: Connection, event: EventView) -> set[str]:
    """Return the addresses that corrections keep apart from an article of the event."""
    ours = {article.canonical_url for article in event.all_articles}
    pairs = [{one.url, one.value} for one in corrections_of(connection, (CorrectionKind.NOT_SAME_EVENT,))]
    return {address for pair in pairs if pair & ours for address in pair - ours}


def _articles(connection: Connection, source: str, since: datetime, until: datetime) -> Sequence[Any]:
    in_story = exists().where(story_articles.c.article_id == articles.c.id)
    query = select(articles, in_story.label("in_story")).where(
        articles.c.source == source,
        articles.c.published_at.between(since, until)
        | (articles.c.published_at.is_(None) & articles.c.first_seen_at.between(since, until)),
    )
    return connection.execute(query.order_by(articles.c.id)).all()


def _is_sound(run: Any) -> bool:
    """Tell whether a crawl would have shown an article: it ended well, looked into a list, and left nothing over."""
    counts = run.counts or {}
    looked = counts.get("lists", 0) > counts.get("lists_unchanged", 0)
    return run.status == RunStatus.OK and looked and not any(counts.get(name) for name in _UNSEEN)


_UNSEEN = ("lists_failed", "pages_failed", "waiting", "unreadable", "refused", "left")
"""Figures of a crawl (`archive.runs.Counts`) that stand for what it did not see."""
