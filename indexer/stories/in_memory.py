"""Fold: articles to stories, all in memory."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from indexer.stories.candidates import CROWD, most_promising, segment, segments_around
from indexer.stories.clusters import Link, find_links, settle
from indexer.stories.item import Item, Rank
from indexer.stories.original import elect
from indexer.stories.similarity import NormalizedText

RECENT = 512
"""Texts that are kept ready to be compared: a copy mostly follows soon."""

WINDOW = timedelta(days=30)
"""How far apart two publications of one report may lie: what recurs later is an anniversary."""


@dataclass(frozen=True)
class Story:
    """The same report, wherever it ran."""

    id: str
    founder: Item
    original: Item
    reasons: tuple[str, ...]
    items: tuple[Item, ...]
    """All articles, the original included, in rank order."""


def story_id(representative_url: str) -> str:
    """Return the id of the story that the article of that canonical address founded."""
    return hashlib.sha256(representative_url.encode()).hexdigest()[:16]


def fold(items: Sequence[Item], window: timedelta = WINDOW) -> list[Story]:
    """Fold articles into stories, in the rank order of their founders; the order of `items` does not matter."""
    web = _MemoryGraph(items, window)
    for number in range(len(items)):
        web.add(number)
    members: defaultdict[int, list[Item]] = defaultdict(list)
    for number in sorted(range(len(items)), key=web.rank):
        founder = web.founder(number)
        assert founder is not None
        members[founder].append(items[number])
    return [_story(items[founder], group) for founder, group in members.items()]


def _story(founder: Item, items: Sequence[Item]) -> Story:
    election = elect(items)
    return Story(story_id(founder.url), founder, items[election.original], election.reasons, tuple(items))


class _MemoryGraph:
    """A `Web` of dictionaries; made-ready texts are large, so only the last few hundred stay."""

    def __init__(self, items: Sequence[Item], window: timedelta) -> None:
        self._items = items
        self._window = int(window.total_seconds())
        self._wordings = lru_cache(RECENT)(lambda number: items[number].wording)
        self._kept: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        self._links: defaultdict[int, dict[int, Link]] = defaultdict(dict)
        self._founders: dict[int, int] = {}

    def add(self, number: int) -> None:
        """Make an article known: its links, its keys, its place."""
        find_links(self, number)
        place = segment(self.rank(number).moment)
        for key in self.wording(number).keys:
            kept = self._kept[place, key]
            kept.append(number)
            if len(kept) > CROWD:
                kept.remove(max(kept, key=self.rank))
        settle(self, [number])

    def rank(self, number: int) -> Rank:
        return self._items[number].rank

    def wording(self, number: int) -> NormalizedText:
        return self._wordings(number)

    def candidates(self, number: int) -> list[int]:
        moment = self.rank(number).moment
        keys = self.wording(number).keys
        found = Counter(
            other
            for place in segments_around(moment, self._window)
            for key in keys
            for other in self._kept.get((place, key), ())
            if other != number and abs(self.rank(other).moment - moment) <= self._window
        )
        return most_promising(found, lambda other: self.founder(other) == other)

    def links(self, number: int) -> Mapping[int, Link]:
        return self._links[number]

    def link(self, number: int, other: int, link: Link) -> None:
        self._links[number][other] = link
        self._links[other][number] = link.turned()

    def founder(self, number: int) -> int | None:
        return self._founders.get(number)

    def place(self, number: int, founder: int) -> None:
        self._founders[number] = founder
