"""Grouping: which articles make a story; the same whatever order they arrived in, and never longer than one step.

The rule. Articles stand in one order (`Rank`: earliest first). An article that is the same report as no earlier
founder founds a story; any other joins the founder that it is most alike to and that holds most of it (so an excerpt
joins the whole report, and not a shorter excerpt). So

- the result depends on the set of articles alone: it is the greedy maximal independent set of the links in rank order,
  which has one value (Blelloch, Fineman, Shun 2012), and here its upkeep under insertion, removal and correction;
- every copy was verified against its story's founder: A~B~C with A≁C never makes one chain, C founds a story of its own
  (or joins one) however many steps lie between;
- a roundup, whose parts stand in two founders and make up neither, founds a story of its own and joins none together.

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
class Link:
    """Two articles that are the same report, seen from the first."""

    jaccard: float
    ours: float
    """Share of this article that stands in the other."""
    theirs: float
    """Share of the other that stands in this."""

    def turned(self) -> "Link":
        """Return the link as the other article sees it."""
        return Link(self.jaccard, self.theirs, self.ours)


class Web(Protocol):
    """Articles, the links between them and the founder of each, by number; where they are kept is not told."""

    def rank(self, number: int) -> Rank:
        """Return an article's rank."""

    def wording(self, number: int) -> NormalizedText:
        """Return an article's text, ready to be compared."""

    def candidates(self, number: int) -> list[int]:
        """Return the articles within the window that may be the same report, the most promising first."""

    def links(self, number: int) -> Mapping[int, Link]:
        """Return the articles that are the same report, each with the link to it."""

    def link(self, number: int, other: int, link: Link) -> None:
        """Keep a link, for both."""

    def founder(self, number: int) -> int | None:
        """Return the founder of an article's story (perhaps itself); None where it has not been placed yet."""

    def place(self, number: int, founder: int) -> None:
        """Put an article into the story of that founder."""


def find_links(web: Web, number: int) -> None:
    """Verify an article's candidates on their real shingles and keep a link to each that is the same report."""
    known = web.links(number)
    wording = web.wording(number)
    misses = 0
    for other in web.candidates(number):
        if other in known:
            continue
        comparison = compare(wording, web.wording(other))
        misses = 0 if comparison.same else misses + 1
        if comparison.same:
            web.link(number, other, Link(comparison.jaccard, comparison.ours, comparison.theirs))
        elif misses == MISSES:
            return


def settle(web: Web, changed: Iterable[int]) -> set[int]:
    """Give every changed article, and every one that this affects, its founder; return those whose founder changed.

    `changed` are new articles (with their links) and the neighbours of corrected or removed founders.
    """
    queue = [(web.rank(number), number) for number in set(changed)]
    heapq.heapify(queue)
    moved: set[int] = set()
    while queue:
        rank, number = heapq.heappop(queue)
        before = web.founder(number)
        after = _representative_for(web, number)
        if after == number and before not in {None, number}:
            find_links(web, number)  # it lost its founder: the new one may be known to it only by a crowded key
            after = _representative_for(web, number)
        if after == before:
            continue
        web.place(number, after)
        moved.add(number)
        if number in {before, after}:
            for other in web.links(number):
                if web.rank(other) > rank:
                    heapq.heappush(queue, (web.rank(other), other))
    return moved


def _representative_for(web: Web, number: int) -> int:
    rank = web.rank(number)
    founders = [
        (link, other)
        for other, link in web.links(number).items()
        if web.founder(other) == other and web.rank(other) < rank
    ]
    if not founders or _is_roundup([link for link, _ in founders]):
        return number
    return min(founders, key=lambda found: (-found[0].ours - found[0].jaccard, web.rank(found[1])))[1]


def _is_roundup(links: list[Link]) -> bool:
    """Tell whether an article with these links to founders holds two of them whole, and is mostly neither."""
    held = sorted((link.ours for link in links if link.theirs >= WHOLE), reverse=True)
    return len(held) >= 2 and max(link.ours for link in links) < WHOLE
