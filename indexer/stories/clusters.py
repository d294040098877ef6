"""Clusters: which articles make a story; the same whatever order they arrived in, and never longer than one step.

The rule. Articles stand in one order (`Rank`: earliest first). An article that is the same report as no earlier
representative starts a cluster; any other joins the representative that it is most alike to and that holds most of it
(so an excerpt joins the whole report, and not a shorter excerpt). So

- the result depends on the set of articles alone: it is the greedy maximal independent set of the links in rank order,
  which has one value (Blelloch, Fineman, Shun 2012), and here its upkeep under insertion, removal and correction;
- every copy was verified against its cluster's representative: A~B~C with A≁C never makes one chain, C starts a
  cluster of its own (or joins one) however many steps lie between;
- a roundup, whose parts stand in two representatives and make up neither, starts a cluster of its own and joins none.

- what corrections say outweighs the texts: articles that are one report by them stand together, as if they were one
  article of all their texts at the place of the earliest; one that is kept apart from an earlier one does not join the
  representative that has it.

A change is worked off in rank order and touches only articles whose earlier neighbours changed.
"""

import heapq
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from indexer.stories.candidates import MISSES
from indexer.stories.constraints import Constraints
from indexer.stories.item import Rank
from indexer.stories.similarity import NormalizedText, compare

WHOLE = 0.7
"""Share of an article from which on it stands in a roundup, or a roundup stands in it, as a whole."""


@dataclass(frozen=True, slots=True)
class SimilarityLink:
    """Two articles that are the same report, seen from the first."""

    jaccard: float
    ours: float
    """Share of this article that stands in the other."""
    theirs: float
    """Share of the other that stands in this."""

    def reversed(self) -> "SimilarityLink":
        """Return the link as the other article sees it."""
        return SimilarityLink(self.jaccard, self.theirs, self.ours)


class SimilarityGraph(Protocol):
    """Articles, the links between them and the representative of each, by number; where they are stored is not said."""

    constraints: Constraints
    """What corrections say of its articles."""

    def rank(self, number: int) -> Rank:
        """Return an article's rank."""

    def normalized_text(self, number: int) -> NormalizedText:
        """Return an article's text, ready to be compared."""

    def candidates(self, number: int) -> list[int]:
        """Return the articles within the window that may be the same report, the most promising first."""

    def links(self, number: int) -> Mapping[int, SimilarityLink]:
        """Return the articles that are the same report, each with the link to it."""

    def link(self, number: int, other: int, link: SimilarityLink) -> None:
        """Store a link, for both."""

    def representative(self, number: int) -> int | None:
        """Return the representative of an article's cluster (perhaps itself); None where it is in none yet."""

    def assign(self, number: int, representative: int) -> None:
        """Put an article into the cluster of that representative."""


def find_links(graph: SimilarityGraph, number: int) -> None:
    """Verify an article's candidates on their real shingles and store a link to each that is the same report."""
    known = graph.links(number)
    text = graph.normalized_text(number)
    misses = 0
    for other in graph.candidates(number):
        if other in known:
            continue
        comparison = compare(text, graph.normalized_text(other))
        misses = 0 if comparison.same else misses + 1
        if comparison.same:
            graph.link(number, other, SimilarityLink(comparison.jaccard, comparison.ours, comparison.theirs))
        elif misses == MISSES:
            return


def update_clusters(graph: SimilarityGraph, changed: Iterable[int]) -> set[int]:
    """Give every changed article, and every one that this affects, its cluster; return those whose cluster changed.

    `changed` are new articles (with their links) and the neighbours of corrected or removed representatives.
    """
    changed = set(changed)
    units = _Units(graph, changed)
    queue = [(graph.rank(first), first) for first in {units.of(number)[0] for number in changed}]
    heapq.heapify(queue)
    moved: set[int] = set()
    while queue:
        _, first = heapq.heappop(queue)
        unit = units.of(first)
        before = {graph.representative(number) for number in unit}
        after = _representative_for(graph, units, unit)
        if after == first and before - {None, first}:
            for number in unit:  # it lost its representative: the new one may be known only by an oversized bucket
                find_links(graph, number)
            after = _representative_for(graph, units, unit)
        if before == {after}:
            continue
        for number in unit:
            graph.assign(number, after)
        moved.update(unit)
        affected = set(graph.constraints.kept_apart(first))
        is_corrected = len(graph.constraints.one_report(first)) > 1  # its representative may have been one that is gone
        if after == first or is_corrected or not before.isdisjoint(unit):
            affected.update(other for number in unit for other in graph.links(number))
        for later in units.after(unit, affected):
            heapq.heappush(queue, (graph.rank(later), later))
    return moved


class _Units:
    """What stands together in the graph: an article, or those that corrections make one report, the earliest first."""

    def __init__(self, graph: SimilarityGraph, joining: Collection[int]) -> None:
        self._graph = graph
        self._joining = joining
        self._known: dict[int, list[int]] = {}

    def of(self, number: int) -> list[int]:
        """Return the unit of an article that is in the graph; those that are still to come are in none."""
        together = self._graph.constraints.one_report(number)
        if len(together) == 1:
            return [number]
        if number not in self._known:
            there = sorted((other for other in together if self._is_there(other)), key=self._graph.rank)
            self._known.update(dict.fromkeys(there, there))
        return self._known[number]

    def after(self, unit: list[int], numbers: Iterable[int]) -> set[int]:
        """Return the first articles of the units of these numbers that come after a unit."""
        rank = self._graph.rank
        firsts = {self.of(number)[0] for number in numbers if self._is_there(number)}
        return {first for first in firsts if rank(first) > rank(unit[0])}

    def before(self, unit: list[int], numbers: Iterable[int]) -> set[int]:
        """Return the representatives of those of these numbers whose units come before a unit."""
        rank = self._graph.rank
        earlier = [one for one in numbers if self._is_there(one) and rank(self.of(one)[0]) < rank(unit[0])]
        return {found for one in earlier if (found := self._graph.representative(one)) is not None}

    def _is_there(self, number: int) -> bool:
        return number in self._joining or self._graph.representative(number) is not None


def _representative_for(graph: SimilarityGraph, units: _Units, unit: list[int]) -> int:
    """Return the representative that a unit joins, or the first article of it where that starts a cluster."""
    first = unit[0]
    rank = graph.rank(first)
    found: dict[int, SimilarityLink] = {}
    for number in unit:
        for other, link in graph.links(number).items():
            representative = units.of(other)[0]
            if graph.representative(representative) != representative or graph.rank(representative) >= rank:
                continue
            if representative not in found or _closeness(link) > _closeness(found[representative]):
                found[representative] = link
    if not found or _is_roundup(list(found.values())):
        return first
    apart = units.before(unit, graph.constraints.kept_apart(first))
    allowed = found.keys() - apart
    return min(allowed, key=lambda other: (-_closeness(found[other]), graph.rank(other)), default=first)


def _closeness(link: SimilarityLink) -> float:
    return link.ours + link.jaccard


def _is_roundup(links: list[SimilarityLink]) -> bool:
    """Tell whether an article with these links to representatives holds two of them whole, and is mostly neither."""
    held = sorted((link.ours for link in links if link.theirs >= WHOLE), reverse=True)
    return len(held) >= 2 and max(link.ours for link in links) < WHOLE
