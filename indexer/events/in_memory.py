"""Find events: stories to events, all in memory."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.events.candidates import RecentReports, rare_pairs
from indexer.events.clusters import LINK, Link, connected, events_among, thousandths
from indexer.events.evidence import score
from indexer.events.report import Report, report_of
from indexer.stories.in_memory import Story


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
    """Return a story as evidence: it is told by its original, and was first told by its founder."""
    return report_of(story.id, story.founder.moment, story.original.title, story.original.body)


def find_events(reports: Iterable[Report]) -> list[Event]:
    """Return the events that reports make, in the order of their founders; the order of `reports` does not matter."""
    ordered = sorted(reports, key=lambda report: report.rank)
    links = links_between(ordered)
    events = []
    for group in connected(range(len(ordered)), links):
        places = {number: place for place, number in enumerate(group)}
        inside = {(places[one], places[other]): score for (one, other), score in links.items() if one in places}
        for members in events_among([ordered[number].moment for number in group], inside):
            event = tuple(ordered[group[place]] for place in members)
            events.append(Event(event_id(event[0].key), event))
    return sorted(events, key=lambda event: event.reports[0].rank)


def links_between(ordered: Sequence[Report]) -> dict[Link, int]:
    """Return the links between reports, which are numbered in rank order."""
    recent = RecentReports()
    links = {}
    for number, report in enumerate(ordered):
        pairs = rare_pairs(report)
        for other in recent.sharing(report.moment, pairs):
            found = thousandths(score(ordered[other], report))
            if found >= LINK:
                links[other, number] = found
        recent.add(number, report.moment, pairs)
    return links
