"""Freshness: how long it takes from an article's publication until it can be searched, measured step by step."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import Connection, func, select

from archive.article import Precision
from archive.schema import articles, links, now, runs
from archive.story_tables import searchable_articles

SPAN = timedelta(days=7)
"""Articles first fetched within this time count."""


@dataclass(frozen=True)
class Step:
    """One step of the articles of a source, in seconds; both are None where no article tells."""

    count: int
    median: float | None
    p90: float | None

    @classmethod
    def of(cls, spans: Sequence[float]) -> "Step":
        """Sum up how long a step took each time; the figures are nearest ranks, so each was really measured."""
        ordered = sorted(spans)
        return cls(len(ordered), _rank(ordered, 0.5), _rank(ordered, 0.9))


@dataclass(frozen=True)
class Freshness:
    """The steps of one source's articles."""

    source: str
    listed: Step
    """From publication, where a page tells the minute, until a list that we read named the article. An article that was
    published before the source was crawled first does not count."""
    fetched: Step
    """From there until its page was fetched."""
    searchable: Step
    """From there until a search index had acknowledged it."""
    whole: Step
    """From publication until it could be searched."""


def freshness(connection: Connection) -> list[Freshness]:
    """Return the freshness of every source of which articles came within SPAN, by name."""
    first = select(runs.c.source, func.min(runs.c.started_at).label("at")).group_by(runs.c.source).subquery()
    query = (
        select(
            articles.c.source,
            articles.c.published_at,
            articles.c.published_precision,
            links.c.found_at,
            articles.c.first_seen_at,
            searchable_articles.c.searchable_at,
            first.c.at.label("first_run_at"),
        )
        .outerjoin(links, links.c.canonical_url == articles.c.canonical_url)
        .outerjoin(searchable_articles, searchable_articles.c.article_id == articles.c.id)
        .outerjoin(first, first.c.source == articles.c.source)
        .where(articles.c.first_seen_at > now() - SPAN)
    )
    steps: dict[str, tuple[list[float], ...]] = defaultdict(lambda: ([], [], [], []))
    for row in connection.execute(query):
        published = row.published_at if row.published_precision == Precision.MINUTE else None
        if published and (row.first_run_at is None or published < row.first_run_at):
            published = None
        spans = (
            (published, row.found_at),
            (row.found_at, row.first_seen_at),
            (row.first_seen_at, row.searchable_at),
            (published, row.searchable_at),
        )
        for step, (start, end) in zip(steps[row.source], spans, strict=True):
            _add(step, start, end)
    return [Freshness(source, *map(Step.of, lists)) for source, lists in sorted(steps.items())]


def _add(spans: list[float], start: datetime | None, end: datetime | None) -> None:
    """Add a span; one that ends before it began, by a clock or a page that is wrong, took no time."""
    if start is not None and end is not None:
        spans.append(max(0.0, (end - start).total_seconds()))


def _rank(ordered: Sequence[float], share: float) -> float | None:
    return ordered[ceil(share * len(ordered)) - 1] if ordered else None
