"""Clusters: which reports make an event, given how much speaks for each two of them.

Average linkage: of all groups the two that belong together most are joined, as long as their reports do so on average.
One strange pair (a look-alike that shares a template with one report, a feature that shares a name with one) joins
nothing by itself, as it would with single linkage. The result depends on the set of links alone, so neither the order
of arrival nor what was known before matters; only reports that are connected by links need to be looked at together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.events.candidates import WINDOW

LINK = -2000
"""Least score of a link, in thousandths of the log-odds: lower ones are as good as none."""

MOST, LEAST = 4000, -4000
"""A pair's score counts no more and no less: one phrase that is shared word for word does not outvote the rest."""

FORCED = 10**9
"""Score of two reports that a correction joins, with a minus of two that it keeps apart: it outweighs all others."""

JOIN = 0
"""Average score from which on two groups are one event."""

LARGEST = 600
"""Reports that are looked at together; where links hold more together, weak links are cut until they do not."""

EventLink = tuple[int, int]
"""Numbers of two reports, the lower first."""


def thousandths(score: float) -> int:
    """Return a score as it is stored and added up: exact whole numbers, so that no order of adding matters."""
    return int(min(MOST, max(LEAST, round(score * 1000))))


def connected(
    numbers: Iterable[int], links: Mapping[EventLink, int], least: int = LINK
) -> list[tuple[list[int], dict[EventLink, int]]]:
    """Return the groups of reports that links of at least that score hold together, rising, and all links inside."""
    parents = {number: number for number in numbers}

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    for (one, other), score in links.items():
        if score >= least:
            parents[root(one)] = root(other)
    groups: defaultdict[int, tuple[list[int], dict[EventLink, int]]] = defaultdict(lambda: ([], {}))
    for number in sorted(parents):
        groups[root(number)][0].append(number)
    for (one, other), score in links.items():
        if root(one) == root(other):
            groups[root(one)][1][one, other] = score
    return list(groups.values())


def grouped(timestamps: Sequence[int], links: Mapping[EventLink, int]) -> list[list[int]]:
    """Return the events that reports make, as lists of their numbers, all rising.

    Reports are numbered in rank order; `timestamps` says when each was published, in seconds since 1970.
    """
    found = []
    for group, inside in connected(range(len(timestamps)), links):
        found += _events_of(group, timestamps, inside, LINK)
    return sorted(found)


def _events_of(
    group: list[int], timestamps: Sequence[int], links: Mapping[EventLink, int], least: int
) -> list[list[int]]:
    """Return the events of connected reports; where they are too many, links as weak as `least` are cut first."""
    if len(group) == 1:
        return [group]
    if len(group) <= LARGEST:
        return _joined(group, timestamps, links)
    found = []
    for part, inside in connected(group, links, least + 250):
        found += _events_of(part, timestamps, inside, least + 250)
    return found


def _joined(group: list[int], timestamps: Sequence[int], links: Mapping[EventLink, int]) -> list[list[int]]:
    """Return the events of a group: average linkage over the pairs within the window."""
    size = len(group)
    places = {number: place for place, number in enumerate(group)}
    seconds = np.array([timestamps[number] for number in group])
    pairs = (np.abs(seconds[:, None] - seconds[None, :]) <= WINDOW).astype(np.int64)
    totals = pairs * LEAST
    for (one, other), score in links.items():
        first, second = places[one], places[other]
        pairs[first, second] = pairs[second, first] = 1  # a correction may join what is further apart
        totals[first, second] = totals[second, first] = score
    members = [[number] for number in group]
    alive = np.ones(size, dtype=np.bool_)
    np.fill_diagonal(pairs, 0)
    average = _averages(totals, pairs)
    while True:
        best = int(np.argmax(average))
        one, other = divmod(best, size)
        if average[one, other] < JOIN:
            return [sorted(members[place]) for place in np.flatnonzero(alive)]
        members[one] += members[other]
        alive[other] = False
        for table in (totals, pairs):
            table[one] += table[other]
            table[:, one] = table[one]
            table[one, one] = 0
        average[one] = np.where(alive, _averages(totals[one], pairs[one]), -np.inf)
        average[:, one] = average[one]
        average[other] = average[:, other] = -np.inf


def _averages(totals: NDArray[np.int64], pairs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the average score of the pairs between each two groups, minus infinity where there are none."""
    return np.where(pairs > 0, totals / np.maximum(pairs, 1), -np.inf)
