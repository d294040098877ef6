"""Clustering: articles to stories, all in memory."""

import hashlib
from bisect import insort
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain

from indexer.stories.candidates import OVERSIZED, SHARED, most_promising, segment, segments_around
from indexer.stories.clusters import SimilarityLink, find_links, update_clusters
from indexer.stories.constraints import UNCONSTRAINED, Constraints
from indexer.stories.item import Item, Rank
from indexer.stories.original import elect
from indexer.stories.parallel import normalized
from indexer.stories.shingles import figure_keys
from indexer.stories.similarity import NormalizedText

RECENT = 4096
"""Texts that stay ready to be compared: a copy mostly follows soon. Of a thousand characters each takes 25 kB."""

WINDOW = timedelta(days=30)
"""How far apart two publications of one report may lie: what recurs later is an anniversary."""


@dataclass(frozen=True)
class Story:
    """The same report, wherever it ran."""

    id: str
    representative: Item
    original: Item
    reasons: tuple[str, ...]
    items: tuple[Item, ...]
    """All articles, the original included, in rank order."""


def story_id(representative_url: str) -> str:
    """Return the id of the story that the article of that canonical address founded."""
    return hashlib.sha256(representative_url.encode()).hexdigest()[:16]


def cluster(items: Sequence[Item], window: timedelta = WINDOW, constraints: Constraints = UNCONSTRAINED) -> list[Story]:
    """Group articles into stories, in the rank order of their representatives; the order of `items` does not matter.

    `constraints` name articles by their places in `items`.
    """
    graph = _MemoryGraph(items, window, constraints)
    for number, text in enumerate(normalized(items)):
        graph.add(number, text)
    members: defaultdict[int, list[Item]] = defaultdict(list)
    for number in sorted(range(len(items)), key=graph.rank):
        representative = graph.representative(number)
        assert representative is not None
        members[representative].append(graph.item(number))
    return [_story(graph.item(representative), group) for representative, group in members.items()]


def _story(representative: Item, items: Sequence[Item]) -> Story:
    election = elect(items)
    return Story(story_id(representative.url), representative, items[election.original], election.reasons, tuple(items))


class _MemoryGraph:
    """A `SimilarityGraph` of dictionaries; normalized texts are large, so only the last few thousand stay."""

    def __init__(self, items: Sequence[Item], window: timedelta, constraints: Constraints) -> None:
        self.constraints = constraints
        self._items = list(items)
        self._window = int(window.total_seconds())
        self._texts: OrderedDict[int, NormalizedText] = OrderedDict()
        self._ranks: dict[int, Rank] = {}
        self._keys: dict[int, tuple[int, ...]] = {}
        self._figure_keys: dict[int, tuple[int, ...]] = {}
        self._buckets: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        """The articles that have a key, by its segment and then by itself, in rank order."""
        self._links: defaultdict[int, dict[int, SimilarityLink]] = defaultdict(dict)
        self._representatives: dict[int, int] = {}

    def add(self, number: int, text: NormalizedText) -> None:
        """Make an article known: its links, its keys, its cluster."""
        self._remember(number, text)
        item = self._items[number] = replace(self._items[number], known_length=len(text.skeleton))
        rank = self._ranks[number] = item.rank
        self._keys[number], self._figure_keys[number] = text.keys, tuple(figure_keys(text.keys))
        find_links(self, number)
        in_segment = self._buckets[segment(item.rank.timestamp)]
        buckets = [in_segment[key] for key in text.keys]
        for bucket in buckets:
            if bucket and rank < self._ranks[bucket[-1]]:
                insort(bucket, number, key=self._ranks.__getitem__)
            else:  # files are mostly in order
                bucket.append(number)
        update_clusters(self, [number])
        for bucket in buckets:
            if len(bucket) > OVERSIZED:
                copies = (other for other in reversed(bucket) if self._representatives[other] != other)
                bucket.remove(next(copies, bucket[-1]))

    def item(self, number: int) -> Item:
        """Return an article with the length of its text known."""
        return self._items[number]

    def rank(self, number: int) -> Rank:
        return self._ranks[number]

    def normalized_text(self, number: int) -> NormalizedText:
        if number in self._texts:
            self._texts.move_to_end(number)
        else:
            self._remember(number, self._items[number].normalized_text)
        return self._texts[number]

    def _remember(self, number: int, text: NormalizedText) -> None:
        self._texts[number] = text
        if len(self._texts) > RECENT:
            self._texts.popitem(last=False)

    def candidates(self, number: int) -> list[int]:
        timestamp, keys = self._ranks[number].timestamp, self._keys[number]
        buckets = [
            in_segment[key]
            for around in segments_around(timestamp, self._window)
            if (in_segment := self._buckets.get(around))
            for key in keys
            if key in in_segment
        ]
        found = {
            other: count
            for other, count in Counter(chain.from_iterable(buckets)).items()
            if count >= SHARED and other != number and abs(self._ranks[other].timestamp - timestamp) <= self._window
        }
        figures = frozenset(self._figure_keys[number])
        return most_promising(
            found,
            lambda other: self._representatives.get(other) == other,
            lambda other: len(figures.intersection(self._figure_keys[other])),
        )

    def links(self, number: int) -> Mapping[int, SimilarityLink]:
        return self._links[number]

    def link(self, number: int, other: int, link: SimilarityLink) -> None:
        self._links[number][other] = link
        self._links[other][number] = link.reversed()

    def representative(self, number: int) -> int | None:
        return self._representatives.get(number)

    def assign(self, number: int, representative: int) -> None:
        self._representatives[number] = representative
