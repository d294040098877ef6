"""Clusters: which reports make an event, given how much speaks for each two of them.

Average linkage: of all groups the two that belong together most are joined, as long as their reports do so on average.
One strange pair (a look-alike that shares a template with one report, a feature that shares a name with one) joins
nothing by itself, as it would with single linkage. The result depends on the set of links alone, so neither the order
of arrival nor what was known before matters; only reports that are connected by links need to be looked at together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import numpy as np

from indexer.events.candidates import WINDOW

LINK = -2000
"""Least score of a link, in thousandths of the log-odds: lower ones are as good as none."""

MOST, LEAST = 4000, -4000
"""A pair's score counts no more and no less: one phrase that is shared word for word does not outvote the rest."""

JOIN = -250
"""Average score from which on two groups are one event."""

LARGEST = 600
"""Reports that are looked at together; where links hold more together, weak links are cut until they do not."""

Link = tuple[int, int]
"""Numbers of two reports, the lower first."""


def thousandths(score: float) -> int:
    """Return a score as it is stored and added up: exact whole numbers, so that no order of adding matters."""
    return int(min(MOST, max(LEAST, round(score * 1000))))


def connected(numbers: Iterable[int], links: Mapping[Link, int], least: int = LINK) -> list[list[int]]:
    """Return the groups of reports that links of at least that score hold together, each rising."""
    parents = {number: number for number in numbers}

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    for (one, other), score in links.items():
        if score >= least:
            parents[root(one)] = root(other)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number in sorted(parents):
        groups[root(number)].append(number)
    return list(groups.values())


def events_among(moments: Sequence[datetime], links: Mapping[Link, int]) -> list[list[int]]:
    """Return the events that connected reports make, as lists of their numbers.

    Reports are numbered in rank order; `moments` says when each was published.
    """
    if len(moments) == 1:
        return [[0]]
    least = LINK
    pending, found = [list(range(len(moments)))], []
    while pending:
        group = pending.pop()
        if len(group) <= LARGEST:
            found += _joined(group, moments, links)
            continue
        least += 250
        inside = {link: score for link, score in links.items() if link[0] in set(group) and link[1] in set(group)}
        pending += connected(group, inside, least)
    return sorted(found)


def _joined(group: list[int], moments: Sequence[datetime], links: Mapping[Link, int]) -> list[list[int]]:
    """Return the events of a group: average linkage over the pairs within the window."""
    size = len(group)
    places = {number: place for place, number in enumerate(group)}
    seconds = np.array([moments[number].timestamp() for number in group])
    pairs = (np.abs(seconds[:, None] - seconds[None, :]) <= WINDOW.total_seconds()).astype(np.int64)
    totals = pairs * LEAST
    for (one, other), score in links.items():
        if one in places and other in places:
            totals[places[one], places[other]] = totals[places[other], places[one]] = score
    members = [[number] for number in group]
    alive = np.ones(size, dtype=np.bool_)
    np.fill_diagonal(pairs, 0)
    while True:
        possible = (pairs > 0) & alive[:, None] & alive[None, :]
        average = np.where(possible, totals / np.maximum(pairs, 1), -np.inf)
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
