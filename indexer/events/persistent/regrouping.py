"""Regrouping: what a batch of changed stories changes of the events, read from one state of the archive.

New are the links of the changed stories; grouped anew is every set of connected stories that they, or the neighbours
that they had, belong to. Events depend on links alone, so the result is that of grouping everything.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from archive.event_tables import event_stories
from archive.where_in import fetch_where_in
from indexer.events.candidates import WINDOW, CandidateIndex, RarePairs, rare_pairs
from indexer.events.clusters import LINK, EventLink, grouped, thousandths
from indexer.events.evidence import scores
from indexer.events.persistent.corrected import corrected_links
from indexer.events.persistent.event_rows import StoryPlace, write_events
from indexer.events.persistent.stored_links import StoredLinks
from indexer.events.persistent.story_reports import StoredStory, StoryReports, told_at
from indexer.events.report import Report
from indexer.stories.persistent.driver_rows import insertion, write_rows
from indexer.stories.shingles import digest

READ_AT_ONCE = 2000
"""Rows of the window that are in memory at one time."""


class Regrouping:
    """The changes that a batch of stories, by their ids, makes."""

    def __init__(self, connection: Connection, reports: StoryReports, ids: Collection[str]) -> None:
        self._connection = connection
        self._reports = reports
        self._corrected = corrected_links(connection)
        self._links = StoredLinks(connection)
        self._places: dict[int, StoryPlace] = {}
        self._arrivals: dict[int, RarePairs] = {}
        self._removed: set[int] = set()
        self._groups: list[list[StoryPlace]] = []
        self._told_at: dict[int, int] = {}
        self._read_changes(ids)
        neighbours = self._links.forget(self._arrivals.keys() | self._removed)
        self._link_arrivals()
        self._group(self._links.connected_to(neighbours | self._arrivals.keys()))

    # --- what is new ------------------------------------------------------------------------------------------------

    def _read_changes(self, ids: Collection[str]) -> None:
        """Say which stories are new or read otherwise than before, and which are gone."""
        living = {story.number: story for story in self._reports.by_id(self._connection, ids)}
        known = self._read_places(event_stories.c.story_id, ids)
        self._removed = known.keys() - living.keys()
        for number, story in living.items():
            text, before = self._digest(story), known.get(number)
            if before is None or before.digest != text:
                report = story.report
                self._places[number] = StoryPlace(
                    number, report.key, report.timestamp, text, before.first_story if before else None
                )
                self._arrivals[number] = rare_pairs(number, report)

    def _digest(self, story: StoredStory) -> str:
        """Return the hash of all that the links and the event of a story depend on, but for the other stories."""
        corrected = sorted((link, forced) for link, forced in self._corrected.items() if story.number in link)
        times = f"{story.report.timestamp} {story.told_at}"
        return digest(f"{times}\n{story.report.title}\n{story.report.body}\n{corrected or ''}")

    def _link_arrivals(self) -> None:
        """Compare the arrivals with every story of their windows that shares enough with them."""
        batch = list(self._arrivals.values())
        index = CandidateIndex(batch)
        found = {
            (min(number, other.number), max(number, other.number))
            for stories in (batch, self._window(batch))
            for other in stories
            for number in index.sharing(other)
        }
        reports = self._reports.by_number(self._connection, {number for link in found for number in link})
        there = [link for link in found if link[0] in reports and link[1] in reports]  # the queue will tell of others
        links = {
            (min(pair), max(pair)): value for pair, value in _scored(there, reports).items() if value >= LINK
        } | self._forced()
        self._links.read({number for link in links for number in link})
        for (one, other), value in links.items():
            self._links.link(one, other, value)

    def _forced(self) -> dict[EventLink, int]:
        """Return the corrections of arrivals; one whose other story is still to come is made when that one comes."""
        ours = self._arrivals.keys()
        found = {link: forced for link, forced in self._corrected.items() if not ours.isdisjoint(link)}
        self._read_places(event_stories.c.number, {number for link in found for number in link} - self._places.keys())
        there = self._places.keys() - self._removed
        return {link: forced for link, forced in found.items() if there.issuperset(link)}

    def _window(self, batch: Sequence[RarePairs]) -> Iterator[RarePairs]:
        """Yield the stored stories, none of the batch, that lie within the window of one of the batch."""
        for first, last in _ranges(report.timestamp for report in batch):
            query = (
                select(event_stories.c.number, event_stories.c.timestamp, event_stories.c.pairs)
                .where(event_stories.c.timestamp.between(first, last))
                .execution_options(yield_per=READ_AT_ONCE)
            )
            for number, timestamp, pairs in self._connection.execute(query):
                if number not in self._arrivals and number not in self._removed:
                    yield RarePairs(number, timestamp, np.frombuffer(pairs, "<u4"))

    # --- what it changes --------------------------------------------------------------------------------------------

    def _group(self, numbers: set[int]) -> None:
        self._read_places(event_stories.c.number, numbers - self._places.keys())
        ordered = sorted((self._places[number] for number in numbers), key=lambda place: place.rank)
        positions = {place.number: position for position, place in enumerate(ordered)}
        links = {
            (position, positions[other]): value
            for number, position in positions.items()
            for other, value in self._links.of(number).items()
            if other in positions and position < positions[other]
        }
        groups = grouped([place.timestamp for place in ordered], links)
        self._groups = [[ordered[position] for position in group] for group in groups]
        self._told_at = told_at(self._connection, numbers)

    def _read_places(self, column: Any, values: Collection[object]) -> dict[int, StoryPlace]:
        rows = fetch_where_in(self._connection, select(*_PLACE), column, values)
        found = {row.number: StoryPlace(**row._mapping) for row in rows}
        self._places.update(found)
        return found

    def write(self, connection: Connection) -> int:
        """Write all changes; return how many events are new or other than before.

        A story whose event, or its size, is another is enqueued for the search indexes.
        """
        self._links.write(connection)
        write_rows(connection, _DELETE, [(number,) for number in self._removed | self._arrivals.keys()])
        added, moved = [], []
        for group in self._groups:
            first_story = group[0].number
            for place in group:
                if place.number in self._arrivals:
                    pairs = self._arrivals[place.number].pairs.astype("<u4").tobytes()
                    added.append((place.number, place.story_id, place.timestamp, place.digest, pairs, first_story))
                elif place.first_story != first_story:
                    moved.append((first_story, place.number))
        write_rows(connection, insertion(event_stories), added)
        write_rows(connection, _MOVE, moved)
        removed = [self._places[number] for number in self._removed]
        return write_events(connection, self._groups, removed, self._told_at)


_PLACE = (
    event_stories.c.number,
    event_stories.c.story_id,
    event_stories.c.timestamp,
    event_stories.c.digest,
    event_stories.c.first_story,
)
_DELETE = "DELETE FROM event_stories WHERE number = {mark}"
_MOVE = "UPDATE event_stories SET first_story = {mark} WHERE number = {mark}"


def _scored(pairs: Iterable[EventLink], reports: Mapping[int, Report]) -> dict[tuple[int, int], int]:
    """Return the score of each two reports, by their numbers in the order of their rank."""
    later: defaultdict[int, list[int]] = defaultdict(list)
    for pair in pairs:
        first, second = sorted(pair, key=lambda number: reports[number].rank)
        later[first].append(second)
    return {
        (first, second): thousandths(value)
        for first, seconds in later.items()
        for second, value in zip(seconds, scores(reports[first], [reports[number] for number in seconds]), strict=True)
    }


def _ranges(timestamps: Iterable[int]) -> list[tuple[int, int]]:
    """Return the spans of time that the windows around these timestamps cover, none overlapping another."""
    ranges: list[tuple[int, int]] = []
    for timestamp in sorted(timestamps):
        if ranges and timestamp - WINDOW <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], timestamp + WINDOW)
        else:
            ranges.append((timestamp - WINDOW, timestamp + WINDOW))
    return ranges
