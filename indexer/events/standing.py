"""Standing: an outlet's week: its originals, who ran them, how far it led, what it was first with."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any

from core.time import in_shanghai
from indexer.events.event_view import EventView
from indexer.stories.credit import names


@dataclass
class Standing:
    """One outlet in one week; every figure is a list of addresses, so that each can be looked at."""

    week: date
    """Its Monday, in Shanghai."""
    source: str
    originals: list[str] = field(default_factory=list)
    """Its articles that a story is told by."""
    republished: dict[str, list[str]] = field(default_factory=dict)
    """The copies of those, by the outlet that ran them."""
    leads: list[int] = field(default_factory=list)
    """Minutes from each of its originals to the first copy of another outlet."""
    first: list[str] = field(default_factory=list)
    """Its articles that were the first of an event which others carried too."""
    missed: list[str] = field(default_factory=list)
    """The first articles of events that several outlets carried and this one, though crawled well, did not."""
    credits_dropped: list[str] = field(default_factory=list)
    """Copies of its originals by others that do not name it."""

    @property
    def lead(self) -> int | None:
        """The median lead in minutes; None where nobody ran a report of it."""
        return round(median(self.leads)) if self.leads else None


def standings(
    events: Iterable[EventView], titles: dict[str, str], missed: Iterable[tuple[EventView, str]] = ()
) -> list[Standing]:
    """Return the standing of every outlet in every week that these events lie in, newest week first.

    `missed` pairs events with the outlets that were silent on them (`indexer.events.gaps.missed_events`).
    """
    found: dict[tuple[date, str], Standing] = {}

    def of(article: Any, source: str) -> Standing:
        week = _week(article)
        return found.setdefault((week, source), Standing(week, source))

    for event in events:
        first = event.all_articles[0]
        if len(event.sources) > 1:
            of(first, first.source).first.append(first.url)
        for report in event.reports:
            original = report.original
            _count_report(of(original, original.source), original, report.copies, titles)
    for event, source in missed:
        first = event.all_articles[0]
        of(first, source).missed.append(first.url)
    return sorted(found.values(), key=lambda one: (-one.week.toordinal(), -len(one.originals), one.source))


def _count_report(standing: Standing, original: Any, copies: Iterable[Any], titles: dict[str, str]) -> None:
    standing.originals.append(original.url)
    others = [copy for copy in copies if copy.source != original.source]
    by_outlet: defaultdict[str, list[str]] = defaultdict(list, standing.republished)
    for copy in others:
        by_outlet[copy.source].append(copy.url)
        if not names(copy.credit, original.source, titles.get(original.source, original.source)):
            standing.credits_dropped.append(copy.url)
    standing.republished = dict(by_outlet)
    if others:
        standing.leads.append((min(copy.timestamp for copy in others) - original.timestamp) // 60)


def _week(article: Any) -> date:
    day = in_shanghai(article.published_at or article.first_seen_at).date()
    return day - timedelta(days=day.weekday())
