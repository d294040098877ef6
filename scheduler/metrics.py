"""Metrics: what Prometheus is told of the archive and the service; the table here is the one that the docs print."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Connection

from archive.database import Database
from archive.findings import open_findings, undelivered
from archive.freshness import freshness
from archive.held_articles import count_held
from archive.paused_sources import paused_since
from archive.runs import RunStatus
from archive.settings import ArchiveSettings
from archive.status import SourceStatus, archive_status
from indexer.outbox.drain import index_states
from indexer.stories.persistent.batches import waiting_articles
from scheduler.health.heartbeat import read_heartbeat
from scheduler.next_runs import next_runs


@dataclass(frozen=True)
class MetricEntry:
    """One metric: all are gauges, read when Prometheus asks, so that a restart loses none."""

    name: str
    labels: tuple[str, ...]
    meaning: str


METRICS = (
    MetricEntry("deltanews_articles", ("source", "level"), "Articles in the archive, by level of relevance."),
    MetricEntry("deltanews_links", ("source", "status"), "Links by state: pending, fetched, failed, gone, refused."),
    MetricEntry("deltanews_pages", ("verdict",), "Stored pages by what the extraction made of them."),
    MetricEntry("deltanews_last_crawl_started_seconds", ("source",), "When the newest crawl began, in Unix time."),
    MetricEntry("deltanews_last_crawl_failed", ("source",), "1 where the newest crawl failed or was stopped, else 0."),
    MetricEntry("deltanews_next_crawl_seconds", ("source",), "When the service crawls the source next, in Unix time."),
    MetricEntry("deltanews_source_paused", ("source",), "1 for each source that is paused."),
    MetricEntry("deltanews_rate_limited_until_seconds", ("domain",), "Until when a site asked to wait, in Unix time."),
    MetricEntry("deltanews_list_problems", (), "List pages that could not be read the last time."),
    MetricEntry("deltanews_articles_waiting", (), "Articles that wait to be grouped into stories."),
    MetricEntry("deltanews_outbox_stories", ("index",), "Stories that wait to be written to a search index."),
    MetricEntry("deltanews_dead_letters", ("index",), "Stories that a search index refuses."),
    MetricEntry("deltanews_index_acknowledged_seconds", ("index",), "When the index last took a story, in Unix time."),
    MetricEntry("deltanews_index_failing", ("index",), "1 where the index did not answer the last time, else 0."),
    MetricEntry(
        "deltanews_freshness_seconds",
        ("source", "step", "quantile"),
        "Median and 90th percentile over seven days: listed, fetched, searchable, whole (docs/service.md).",
    ),
    MetricEntry(
        "deltanews_health_finding",
        ("source", "rule", "level"),
        "1 for each open finding (docs/health.md); no source: all.",
    ),
    MetricEntry("deltanews_health_judged_seconds", (), "When the service last judged the sources, in Unix time."),
    MetricEntry("deltanews_messages_undelivered", (), "Messages about source health that were tried in vain."),
    MetricEntry("deltanews_articles_held", ("source", "rule"), "Articles that source health holds back."),
    MetricEntry("deltanews_jobs_running", (), "Jobs of the service that are at work."),
)
"""Every metric, in the order of the docs."""

Sample = tuple[str, tuple[str, ...], float]
"""A metric's name, the values of its labels, and its value."""


class ArchiveCollector(Collector):
    """Reads all metrics anew whenever it is asked."""

    def __init__(self, database: Database, archive: ArchiveSettings, *, jobs_running: Callable[[], int]) -> None:
        self._database, self._archive, self._jobs_running = database, archive, jobs_running

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Return every metric with its samples."""
        families = {each.name: GaugeMetricFamily(each.name, each.meaning, labels=each.labels) for each in METRICS}
        for name, labels, value in self._samples():
            families[name].add_metric(labels, value)
        return families.values()

    def _samples(self) -> Iterator[Sample]:
        status = archive_status(self._database)
        for source in status.sources:
            yield from _of_source(source)
        for verdict, count in status.verdicts.items():
            yield "deltanews_pages", (verdict,), count
        for domain, until in status.rate_limits.items():
            yield "deltanews_rate_limited_until_seconds", (domain,), until.timestamp()
        yield "deltanews_list_problems", (), len(status.list_problems)
        with self._database.read() as connection:
            yield "deltanews_articles_waiting", (), waiting_articles(connection)
            for source_name in paused_since(connection):
                yield "deltanews_source_paused", (source_name,), 1
            for index in index_states(connection):
                yield "deltanews_outbox_stories", (index["name"],), index["waiting"]
                yield "deltanews_dead_letters", (index["name"],), index["dead"]
                yield "deltanews_index_failing", (index["name"],), float(index["error"] is not None)
                if index["acknowledged_at"]:
                    yield "deltanews_index_acknowledged_seconds", (index["name"],), index["acknowledged_at"].timestamp()
            for fresh in freshness(connection):
                for step in ("listed", "fetched", "searchable", "whole"):
                    figures = getattr(fresh, step)
                    for quantile, value in (("0.5", figures.median), ("0.9", figures.p90)):
                        if value is not None:
                            yield "deltanews_freshness_seconds", (fresh.source, step, quantile), value
            yield from _of_health(connection)
        if heartbeat := read_heartbeat(self._archive):
            yield "deltanews_health_judged_seconds", (), heartbeat.at.timestamp()
        yield from _due(next_runs(self._archive) or {})
        yield "deltanews_jobs_running", (), self._jobs_running()


def _of_source(source: SourceStatus) -> Iterator[Sample]:
    for level, count in source.articles.items():
        yield "deltanews_articles", (source.source, level), count
    for state, count in source.links.items():
        yield "deltanews_links", (source.source, state), count
    if run := source.last_run:
        failed = run.status in {RunStatus.FAILED, RunStatus.INTERRUPTED}
        yield "deltanews_last_crawl_started_seconds", (source.source,), run.started_at.timestamp()
        yield "deltanews_last_crawl_failed", (source.source,), float(failed)


def _of_health(connection: Connection) -> Iterator[Sample]:
    for finding in open_findings(connection):
        yield "deltanews_health_finding", (finding["source"], finding["rule"], finding["level"]), 1
    yield "deltanews_messages_undelivered", (), len(undelivered(connection))
    for held, count in count_held(connection).items():
        yield "deltanews_articles_held", held, count


def _due(runs: dict[str, datetime]) -> Iterator[Sample]:
    for job, due in runs.items():
        task, _, name = job.partition(" ")
        if task == "crawl":
            yield "deltanews_next_crawl_seconds", (name,), due.timestamp()
