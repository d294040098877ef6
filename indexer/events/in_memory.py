"""Find events: stories to events, all in memory."""

import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.events.candidates import WINDOW, CandidateIndex, rare_pairs
from indexer.events.clusters import LINK, EventLink, grouped, thousandths
from indexer.events.evidence import scores
from indexer.events.rarity import shipped_table, with_recurring
from indexer.events.report import Report, report_of
from indexer.events.tokens import Runs
from indexer.stories.in_memory import Story

BATCH = 500
"""Reports that are looked up together."""


@dataclass(frozen=True)
class Event:
    """All reports about one happening."""

    id: str
    reports: tuple[Report, ...]
    """In rank order: the first founded it."""


def event_id(founding_story: str) -> str:
    """Return the id of the event that the story of that id founded."""
    return hashlib.sha256(f"event {founding_story}".encode()).hexdigest()[:16]


def report_of_story(story: Story) -> Report:
    """Return a story as evidence: it is told by its original, and was first told by its representative."""
    return report_of(story.id, story.representative.rank.timestamp, story.original.title, story.original.body)


def find_events(reports: Iterable[Report]) -> list[Event]:
    """Return the events that reports make, in the order of their first; the order of `reports` does not matter."""
    ordered = sorted(reports, key=lambda report: report.rank)
    groups = grouped([report.timestamp for report in ordered], links_between(ordered))
    events = [tuple(ordered[number] for number in group) for group in groups]
    return [Event(event_id(event[0].key), event) for event in events]


def with_own_rarity(reports: Iterable[Report]) -> list[Report]:
    """Return the reports of a whole file, with what recurs among them all through its time counted as common."""
    ordered = list(reports)
    periods: defaultdict[int, list[Runs]] = defaultdict(list)
    for report in ordered:
        periods[report.timestamp // WINDOW] += [report.pairs.runs, report.triples.runs]
    table = with_recurring(shipped_table(), (np.unique(np.concatenate(runs)) for runs in periods.values()))
    return [replace(report, table=table) for report in ordered]


def candidates_of(ordered: Sequence[Report]) -> Iterator[tuple[int, list[int]]]:
    """Yield of each report, numbered in rank order, the later ones that it is compared with, rising."""
    known = [rare_pairs(number, report) for number, report in enumerate(ordered)]
    for start in range(0, len(ordered), BATCH):
        batch = known[start : start + BATCH]
        index = CandidateIndex(batch)
        first = bisect_left(ordered, batch[0].timestamp - WINDOW, key=lambda report: report.timestamp)
        for other in known[first : start + len(batch)]:
            yield other.number, [number for number in index.sharing(other) if number > other.number]


def links_between(ordered: Sequence[Report]) -> dict[EventLink, int]:
    """Return the links between reports, which are numbered in rank order."""
    links = {}
    for one, later in candidates_of(ordered):
        found = scores(ordered[one], [ordered[number] for number in later])
        for number, value in zip(later, map(thousandths, found), strict=True):
            if value >= LINK:
                links[one, number] = value
    return links
