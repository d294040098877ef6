"""The facts of `deltanews status`: what is stored, what is still to be done, and what somebody should look at."""

import socket
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from archive.article import Level
from archive.database import Database
from archive.disk_forecast import disk_forecast
from archive.event_tables import events
from archive.findings import open_findings, undelivered
from archive.freshness import freshness
from archive.links import LinkStatus
from archive.pages import PageState
from archive.paused_sources import paused_since
from archive.runs import Run, RunStatus
from archive.settings import ArchiveSettings
from archive.status import ArchiveStatus, SourceStatus, archive_status
from archive.story_tables import stories
from core.clock import CLOCK
from core.errors import SettingsError, system_reason
from core.time import format_time
from crawler.crawl.domain_lock import is_any_locked
from crawler.downloader.domains import registered_domains
from crawler.sources.configured import configured_source_files
from crawler.sources.loader import active_sources
from crawler.sources.model import Source
from indexer.events.persistent.batches import waiting_stories
from indexer.outbox.comparison import IndexComparison, compare_with_archive
from indexer.outbox.dead_letters import all_dead_letters
from indexer.outbox.drain import index_states
from indexer.settings import IndexerSettings
from indexer.stories.persistent.batches import waiting_articles
from scheduler.health.heartbeat import Heartbeat
from scheduler.next_runs import next_runs
from scheduler.settings import SchedulerSettings
from scheduler.timetable import Timetable
from web.settings import WebSettings

ANSWER_SECONDS = 5
"""How long the page may take to accept a connection."""

REASONS = 20
"""Reasons of dead letters that are listed, the newest; `deltanews deadletters list` has every letter."""

Fact = dict[str, Any]
"""One line of the status: its `kind` (service, source, freshness, total, disk or trouble) and what belongs to it;
times are aware."""


class Size(int):
    """Bytes; a person is shown megabytes."""

    def __str__(self) -> str:
        """Return it in megabytes of a million bytes."""
        return f"{self / 1e6:,.1f} MB"


def gather_facts(settings: ArchiveSettings, heartbeat: Heartbeat | None) -> list[Fact]:
    """Return all facts, in the order in which they are shown; nothing is created or changed."""
    database = Database.open_to_read(settings)
    due = next_runs(settings)
    sources = configured_source_files().sources
    try:
        compared = compare_with_archive(database, IndexerSettings.load())
        archive = archive_status(database)
        with database.read() as connection:
            paused = paused_since(connection)
            return [
                {"kind": "service", "state": "not running" if due is None else "running"},
                *_sources(_with_those_on(archive, sources), settings.locks, sources, due or {}, paused),
                *_freshness(connection),
                *_totals(archive),
                *_story_totals(connection),
                *_searchable(compared),
                *_disk(connection, settings),
                *_troubles(archive),
                *_index_troubles(connection, compared),
                *([] if due is None else _page_troubles()),
                *_health_troubles(connection, heartbeat),
            ]
    finally:
        database.close()


def _with_those_on(archive: ArchiveStatus, sources: Mapping[str, Source]) -> list[SourceStatus]:
    """Return the status of the sources that the archive knows, and of those that are on and were never crawled."""
    known = {source.source: source for source in archive.sources}
    uncrawled = {source.name: SourceStatus(source.name, None, {}, {}) for source in active_sources(sources)}
    return [status for _, status in sorted((uncrawled | known).items())]


def _run_status(run: Run | None, locks: Path, source: Source | None) -> str:
    """Return how a source's last crawl ended; one that nobody is at any more was interrupted."""
    if run is None:
        return "never crawled"
    if run.status is RunStatus.RUNNING and source and not is_any_locked(locks, registered_domains(source.hosts)):
        return RunStatus.INTERRUPTED
    return run.status


def _sources(
    statuses: Iterable[SourceStatus],
    locks: Path,
    sources: Mapping[str, Source],
    due: Mapping[str, datetime],
    paused: Mapping[str, datetime],
) -> Iterator[Fact]:
    for source in statuses:
        run = source.last_run
        yield {
            "kind": "source",
            "source": source.source,
            "last_run": run and run.started_at,
            "status": _run_status(run, locks, sources.get(source.source)),
            "articles": sum(source.articles.values()),
            "pending": source.links.get(LinkStatus.PENDING, 0),
            "failed": source.links.get(LinkStatus.FAILED, 0),
            "gone": source.links.get(LinkStatus.GONE, 0),
            "error": run and run.error,
            "next_run": _next_crawl(due.get(f"crawl {source.source}"), sources.get(source.source)),
            "paused_since": paused.get(source.source),
        }


def _freshness(connection: Connection) -> Iterator[Fact]:
    for source in freshness(connection):
        yield {
            "kind": "freshness",
            "source": source.source,
            "published_to_listed": source.listed,
            "listed_to_fetched": source.fetched,
            "fetched_to_searchable": source.searchable,
            "published_to_searchable": source.whole,
        }


def _next_crawl(due: datetime | None, source: Source | None) -> datetime | None:
    """Return when the service crawls a source next: at its due time or at a fixed time of its file."""
    if due is None or source is None:
        return due
    return min(due, Timetable.of(source).next_fixed(CLOCK.now()) or due)


def _totals(archive: ArchiveStatus) -> Iterator[Fact]:
    levels = _sum(archive.sources, "articles")
    links = _sum(archive.sources, "links")
    counts = {
        "articles": levels.total(),
        **{f"articles: {level}": levels[level] for level in Level},
        "articles: doubtful": archive.doubtful,
        "links": links.total(),
        **{f"links: {state}": links[state] for state in LinkStatus},
        "pages": sum(archive.verdicts.values()),
        **{f"pages: {verdict}": archive.verdicts.get(verdict, 0) for verdict in _verdicts(archive)},
    }
    yield from (_total(name, count) for name, count in counts.items())


def _verdicts(archive: ArchiveStatus) -> list[str]:
    """Return the verdicts to list: what waits and what failed always, then all that there are."""
    first = (PageState.WAITING, PageState.FAILED)
    return [*first, *sorted(archive.verdicts.keys() - set(first))]


def _story_totals(connection: Connection) -> Iterator[Fact]:
    yield _total("articles: not grouped yet", waiting_articles(connection))
    living = select(func.count(), func.sum(stories.c.article_count)).where(stories.c.deleted.is_(False))
    count, articles = connection.execute(living).one()
    yield _total("stories", count)
    yield _total("stories: copies", int(articles or 0) - count)
    yield _total("stories: in no event yet", waiting_stories(connection))
    living_events = select(func.count()).select_from(events).where(events.c.deleted.is_(False))
    yield _total("events", int(connection.scalar(living_events) or 0))
    for index in index_states(connection):
        yield _total(f"outbox: {index['name']}", index["waiting"])
        yield _total(f"dead letters: {index['name']}", index["dead"])


def _searchable(compared: IndexComparison | None) -> Iterator[Fact]:
    if compared is not None:
        yield _total(f"acknowledged: {compared.index}", compared.acknowledged)
        if compared.searchable is not None:
            yield _total(f"searchable: {compared.index}", compared.searchable)


def _total(name: str, count: int) -> Fact:
    return {"kind": "total", "name": name, "count": count}


def _disk(connection: Connection, settings: ArchiveSettings) -> Iterator[Fact]:
    forecast = disk_forecast(connection, settings)
    if forecast is not None:
        days = forecast.days_until_full
        yield {
            "kind": "disk",
            "used_bytes": Size(forecast.used),
            "free_bytes": Size(forecast.free),
            "growth_bytes_per_day": Size(forecast.growth_per_day),
            "full_in_days": None if days is None else round(days),
        }


def _troubles(archive: ArchiveStatus) -> Iterator[Fact]:
    for found in archive.list_problems:
        yield _trouble("list", found["source"], found["key"], found["problem"])
    for row in archive.watched_lists:
        yield _trouble("on watch", row.source, f"section {row.section}: {row.list}", row.standing)
    for link in archive.failing_links:
        yield _trouble(f"link {link['status']}", link["source"], link["url"], link["error"], link["next_try_at"])
    for page in archive.failing_pages:
        state = page["verdict"] or "waiting"
        yield _trouble(f"page {state}", page["source"], page["url"], page["reason"], page["next_try_at"])
    for distrusted in archive.distrusted_lists:
        why = "it was said to be unchanged and had changed; it is asked without conditions until then"
        yield _trouble("validator", distrusted["source"], distrusted["key"], why, distrusted["unconditional_until"])
    for domain, until in archive.rate_limits.items():
        yield _trouble("rate limit", None, domain, "rate-limited by the site", until)


def _index_troubles(connection: Connection, compared: IndexComparison | None) -> Iterator[Fact]:
    if compared is not None and compared.problem is not None:
        yield _trouble("index", None, compared.index, compared.problem)
    for index in index_states(connection):
        if index["error"]:
            yield _trouble("index", None, index["name"], index["error"], index["next_try_at"])
    yield from _dead_letters(connection)


def _page_troubles() -> Iterator[Fact]:
    """Yield that the page of a running service cannot be reached, where the settings have it serve one."""
    if not SchedulerSettings.load().web:
        return
    try:
        settings = WebSettings.load()
    except SettingsError as error:
        yield _trouble("page", None, "[web]", str(error))
        return
    if settings.port == 0:  # a free one, which the service alone knows
        return
    where = f"{settings.host}, port {settings.port}"
    try:
        socket.create_connection((settings.host, settings.port), timeout=ANSWER_SECONDS).close()
    except OSError as error:
        why = f"the reader's page does not answer: {system_reason(error)}; the service's log says why"
        yield _trouble("page", None, where, why)


def _health_troubles(connection: Connection, heartbeat: Heartbeat | None) -> Iterator[Fact]:
    """Yield what the service's rounds of health found, and that there were none of late."""
    for row in open_findings(connection):
        what = f"health {row['rule']}"
        yield _trouble(
            what, row["source"] or None, row["page_url"] or row["command"], f"{row['level']}: {row['summary']}"
        )
    for message in undelivered(connection):
        why = f"message not delivered after {message['tries']} tries: {message['reason']}"
        yield _trouble("message", None, message["shown"], why, None if message["failed_at"] else message["due_at"])
    if heartbeat is not None and heartbeat.is_silent:
        yield _trouble(
            "health H20", None, "service", f"nobody has judged the sources since {format_time(heartbeat.at)}"
        )


def _dead_letters(connection: Connection) -> Iterator[Fact]:
    """Yield one trouble for each reason, with how many stories it refuses and the newest of them."""
    by_reason: dict[str, list[str]] = {}
    for letter in all_dead_letters(connection):
        by_reason.setdefault(letter["reason"], []).append(letter["url"] or letter["story_id"])
    for reason, stories_refused in list(by_reason.items())[:REASONS]:
        count = len(stories_refused)
        where = stories_refused[0] if count == 1 else f"{count:,} stories, the newest {stories_refused[0]}"
        yield _trouble("dead letter", None, where, reason)


def _trouble(what: str, source: str | None, where: str, why: str, following: datetime | None = None) -> Fact:
    return {
        "kind": "trouble",
        "what": what,
        "source": source,
        "where": where,
        "why": why,
        "next": following,
    }


def _sum(sources: tuple[SourceStatus, ...], field: str) -> Counter[str]:
    return sum((Counter(getattr(source, field)) for source in sources), Counter[str]())
