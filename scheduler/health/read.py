"""The history that the rules look at, read from the archive: one read transaction, the last 28 days."""

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table, func, select

from archive.article import Level as Relevance
from archive.article import Precision
from archive.findings import health_memory, undelivered
from archive.health_tables import fetches, list_visits, probes
from archive.observations import FetchOutcome, VisitOutcome
from archive.rate_limits import current_rate_limits
from archive.runs import RunStatus
from archive.schema import articles, links, pages, runs
from archive.story_tables import dead_letters, outbox, search_indexes
from crawler.downloader.domains import registered_domains
from crawler.sources.loader import SourceFiles, active_sources
from indexer.stories.persistent.state import StateName, read_state
from scheduler.health.canary import differing
from scheduler.health.history import (
    ALL_LISTS,
    LOOK_BACK,
    ArticleSeen,
    CanarySeen,
    DeliverySeen,
    FetchSeen,
    History,
    IndexSeen,
    ProbeSeen,
    RunSeen,
    SourceHistory,
    VisitSeen,
)
from scheduler.health.politeness import interval_of, unwelcome_sources
from scheduler.health.texts import TEXTS, text_seen

NEWEST = 50_000
"""Rows of articles and of links beyond which none is looked at: a scan of all would cost minutes in a large archive."""

INDEX_CLEAR_AT = "index clear at"
"""Under this name a round remembers when nothing waited for the index."""


def read_history(
    connection: Connection,
    files: SourceFiles,
    now: datetime,
    *,
    index: str,
    deadline: timedelta,
    watched_since: datetime | None = None,
    heartbeat_at: datetime | None = None,
) -> History:
    """Return what was seen of the sources that are on, and of those whose file is wrong: none leaves the roll.

    `index` names the search index of the settings; `deadline` is what the service gives a crawl.
    """
    on = {source.name: source for source in active_sources(files.sources)}
    limits, unwelcome = current_rate_limits(connection), unwelcome_sources(connection)
    canaries = differing(connection)
    since = now - LOOK_BACK
    seen = _Seen(connection, since)
    provinces: defaultdict[str, list[tuple[str, datetime]]] = defaultdict(list)
    for name, source in on.items():
        provinces[source.province] += [(name, article.at) for article in seen.articles[name]]
    histories = []
    for name in sorted(on.keys() | files.broken.keys()):
        source_on = on.get(name)
        domains = registered_domains(source_on.hosts) if source_on else frozenset()
        own = timedelta(minutes=source_on.interval) if source_on else SourceHistory.interval
        others = provinces[source_on.province] if source_on else []
        histories.append(
            SourceHistory(
                name=name,
                interval=interval_of(own, is_welcome=name not in unwelcome),
                deadline=deadline,
                domains=domains,
                watched_since=watched_since,
                runs=tuple(seen.runs[name]),
                visits=tuple(_with_crawls_that_came_to_none(seen, name)),
                fetches=tuple(seen.fetches[name]),
                articles=tuple(seen.articles[name]),
                texts=tuple(_texts(connection, name)),
                found=tuple(seen.found[name]),
                neighbours=tuple(sorted(at for other, at in others if other != name)),
                probes=tuple(seen.probes[name]),
                canaries=tuple(CanarySeen(url, fields) for url, fields in canaries.get(name, ())),
                limited_until=max((limits[domain] for domain in domains if domain in limits), default=None),
                file_error=str(files.broken[name]) if name in files.broken else None,
            )
        )
    late = [
        DeliverySeen(row["shown"], row["tried_at"], row["tries"], row["reason"], row["failed_at"] is not None)
        for row in undelivered(connection)
    ]
    return History(now, tuple(histories), _index_seen(connection, index), tuple(late), heartbeat_at)


class _Seen:
    """The rows of all sources, each table read once."""

    def __init__(self, connection: Connection, since: datetime) -> None:
        self.runs: defaultdict[str, list[RunSeen]] = defaultdict(list)
        self.visits: defaultdict[str, list[VisitSeen]] = defaultdict(list)
        self.fetches: defaultdict[str, list[FetchSeen]] = defaultdict(list)
        self.articles: defaultdict[str, list[ArticleSeen]] = defaultdict(list)
        self.found: defaultdict[str, list[datetime]] = defaultdict(list)
        for row in connection.execute(select(runs).where(runs.c.started_at > since).order_by(runs.c.id)):
            worked = bool(row.counts) or row.status in {RunStatus.RUNNING, RunStatus.INTERRUPTED}
            run = RunSeen(row.started_at, row.finished_at, RunStatus(row.status), worked, row.error)
            self.runs[row.source].append(run)
        visit_query = select(list_visits).where(list_visits.c.visited_at > since).order_by(list_visits.c.visited_at)
        for row in connection.execute(visit_query):
            self.visits[row.source].append(_visit(row))
        fetch_query = (
            select(fetches, pages.c.verdict, pages.c.warc_file, pages.c.warc_offset)
            .outerjoin(pages, pages.c.id == fetches.c.page_id)
            .where(fetches.c.fetched_at > since)
            .order_by(fetches.c.fetched_at)
        )
        for row in connection.execute(fetch_query):
            self.fetches[row.source].append(_fetch(row))
        self.probes: defaultdict[str, list[ProbeSeen]] = defaultdict(list)
        for row in connection.execute(select(probes).where(probes.c.probed_at > since).order_by(probes.c.id)):
            self.probes[row.source].append(ProbeSeen(row.probed_at, row.url, row.similarity, row.reason))
        columns = ("source", "first_seen_at", "url", "published_at", "published_precision", "credit", "level")
        article_query = (
            select(*(articles.c[name] for name in columns))
            .where(articles.c.first_seen_at > since, articles.c.id > _newest_id(connection, articles) - NEWEST)
            .order_by(articles.c.first_seen_at)
        )
        for row in connection.execute(article_query):
            self.articles[row.source].append(_article(row))
        link_query = (
            select(links.c.source, links.c.found_at)
            .where(links.c.found_at > since, links.c.id > _newest_id(connection, links) - NEWEST)
            .order_by(links.c.found_at)
        )
        for name, at in connection.execute(link_query):
            self.found[name].append(at)


def _with_crawls_that_came_to_none(seen: _Seen, name: str) -> list[VisitSeen]:
    """Return a source's visits to lists, and one to all of them for each crawl that failed before it came to any."""
    visits = seen.visits[name]
    times = sorted(chain((visit.at for visit in visits), (fetch.at for fetch in seen.fetches[name])))
    missed = [
        VisitSeen(run.finished_at, "", ALL_LISTS, VisitOutcome.FAILED, status=None, problem=run.error)
        for run in seen.runs[name]
        if run.finished_at and run.worked and run.status is RunStatus.FAILED and _is_of_site(run.error)
        if not any(run.started_at <= at <= run.finished_at for at in times)
    ]
    return sorted((*visits, *missed), key=lambda visit: visit.at)


def _is_of_site(error: str | None) -> bool:
    """Tell whether a crawl failed at the site: neither at this machine's disk nor because the site asked to wait."""
    return not any(words in (error or "") for words in ("nothing can be stored", "is rate-limited until"))


def _newest_id(connection: Connection, table: Table) -> int:
    return int(connection.scalar(select(func.max(table.c.id))) or 0)


def _visit(row: Any) -> VisitSeen:
    outcome = VisitOutcome(row.outcome)
    return VisitSeen(
        row.visited_at, row.section, row.key, outcome, row.status, row.items, row.head, row.problem, bool(row.lied)
    )


def _fetch(row: Any) -> FetchSeen:
    outcome = FetchOutcome(row.outcome)
    return FetchSeen(row.fetched_at, row.url, outcome, row.status, row.reason, row.verdict, _warc(row))


def _warc(row: Any) -> str | None:
    """Return file and offset of the stored page that a row is joined with."""
    return f"{row.warc_file}@{row.warc_offset}" if row.warc_file else None


def _article(row: Any) -> ArticleSeen:
    return ArticleSeen(
        at=row.first_seen_at,
        url=row.url,
        published_at=row.published_at,
        precision=Precision(row.published_precision),
        has_credit=bool(row.credit),
        is_relevant=row.level in {Relevance.CORE, Relevance.RELATED},
    )


def _texts(connection: Connection, name: str) -> list[Any]:
    """Return the newest texts of a source in figures, the oldest of them first."""
    columns = (articles.c.first_seen_at, articles.c.url, articles.c.body, articles.c.video)
    query = (
        select(*columns, pages.c.verdict, pages.c.warc_file, pages.c.warc_offset)
        .outerjoin(pages, pages.c.id == articles.c.page_id)
        .where(articles.c.source == name)
        .order_by(articles.c.id.desc())
        .limit(TEXTS)
    )
    return [
        text_seen(
            at=row.first_seen_at,
            url=row.url,
            body=row.body,
            is_video=row.verdict == "video" or row.video is not None,
            warc=_warc(row),
        )
        for row in reversed(connection.execute(query).all())
    ]


def _index_seen(connection: Connection, index: str) -> IndexSeen:
    """Return what waits to become searchable in the index of the settings, and since when."""
    cursor = int(read_state(connection, StateName.CURSOR) or 0)
    waiting = (
        select(func.count(), func.min(func.coalesce(pages.c.extracted_at, articles.c.fetched_at)))
        .select_from(articles.outerjoin(pages, pages.c.id == articles.c.page_id))
        .where(articles.c.changed_seq > cursor)
    )
    unclustered, stored_at = connection.execute(waiting).one()
    queued = select(func.count(), func.min(outbox.c.queued_at)).where(outbox.c.index_name == index)
    unacknowledged, queued_at = connection.execute(queued).one()
    refused = select(func.count()).where(dead_letters.c.index_name == index, dead_letters.c.dropped.is_(False))
    error = connection.scalar(select(search_indexes.c.error).where(search_indexes.c.name == index))
    clear_at = health_memory(connection, INDEX_CLEAR_AT)
    # An article that was judged anew was stored long ago; it has waited since the last round that found none waiting.
    since = [at for at in (stored_at, queued_at) if at]
    if since and clear_at:
        since = [max(at, datetime.fromisoformat(clear_at)) for at in since]
    dead = int(connection.scalar(refused) or 0)
    return IndexSeen(unclustered + unacknowledged, min(since, default=None), dead, error)
