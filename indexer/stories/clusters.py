"""Clusters: which articles make a story; the same whatever order they arrived in, and never longer than one step.

The rule. Articles stand in one order (`Rank`: earliest first). An article that is the same report as no earlier
representative starts a cluster; any other joins the representative that it is most alike to and that holds most of it
(so an excerpt joins the whole report, and not a shorter excerpt). So

- the result depends on the set of articles alone: it is the greedy maximal independent set of the links in rank order,
  which has one value (Blelloch, Fineman, Shun 2012), and here its upkeep under insertion, removal and correction;
- every copy was verified against its cluster's representative: A~B~C with A≁C never makes one chain, C starts a
  cluster of its own (or joins one) however many steps lie between;
- a roundup, whose parts stand in two representatives and make up neither, starts a cluster of its own and joins none.

A change is worked off in rank order and touches only articles whose earlier neighbours changed.
"""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from indexer.stories.candidates import MISSES
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
    queue = [(graph.rank(number), number) for number in set(changed)]
    heapq.heapify(queue)
    moved: set[int] = set()
    while queue:
        rank, number = heapq.heappop(queue)
        before = graph.representative(number)
        after = _representative_for(graph, number)
        if after == number and before not in {None, number}:
            find_links(
                graph, number
            )  # it lost its representative: the new one may be known to it only by an oversized bucket
            after = _representative_for(graph, number)
        if after == before:
            continue
        graph.assign(number, after)
        moved.add(number)
        if number in {before, after}:
            for other in graph.links(number):
                if graph.rank(other) > rank:
                    heapq.heappush(queue, (graph.rank(other), other))
    return moved


def _representative_for(graph: SimilarityGraph, number: int) -> int:
    rank = graph.rank(number)
    representatives = [
        (link, other)
        for other, link in graph.links(number).items()
        if graph.representative(other) == other and graph.rank(other) < rank
    ]
    if not representatives or _is_roundup([link for link, _ in representatives]):
        return number
    return min(representatives, key=lambda found: (-found[0].ours - found[0].jaccard, graph.rank(found[1])))[1]


def _is_roundup(links: list[SimilarityLink]) -> bool:
    """Tell whether an article with these links to representatives holds two of them whole, and is mostly neither."""
    held = sorted((link.ours for link in links if link.theirs >= WHOLE), reverse=True)
    return len(held) >= 2 and max(link.ours for link in links) < WHOLE
