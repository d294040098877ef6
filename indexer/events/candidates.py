"""Candidates: which reports within the window share rare pairs, and so may tell of one happening.

Whether two are candidates depends on the two alone: on the pairs of each that are rare by the table of its own month.
The index is made for a batch of reports; all others of the window, earlier and later, are held against it one by one,
so that memory and time depend on the window, not on the archive.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from indexer.events.report import Report
from indexer.events.tokens import Runs

WINDOW = int(timedelta(hours=72).total_seconds())
"""How long after an event's last report another may still join it, in seconds."""

RARE = 5.5
"""Rarity of a pair from which on it is looked up, in nats: one in 250 documents has it. One such pair will do."""


@dataclass(frozen=True, slots=True)
class RarePairs:
    """What is looked up of a report."""

    number: int
    timestamp: int
    """Seconds since 1970."""
    pairs: Runs
    """Rising."""


class CandidateIndex:
    """A batch of reports, by their rare pairs."""

    def __init__(self, batch: Sequence[RarePairs]) -> None:
        self._numbers = np.array([report.number for report in batch], dtype=np.int64)
        self._moments = np.array([report.timestamp for report in batch], dtype=np.int64)
        owners = np.repeat(np.arange(len(batch)), [len(report.pairs) for report in batch])
        pairs = np.concatenate([np.zeros(0, np.uint32), *(report.pairs for report in batch)])
        order = np.argsort(pairs, kind="stable")
        self._owners: NDArray[np.intp] = owners[order]
        self._pairs, self._starts, self._counts = np.unique(pairs[order], return_index=True, return_counts=True)

    def sharing(self, report: RarePairs) -> list[int]:
        """Return the numbers of the batch's other reports that share a pair with a report of their window."""
        if not len(self._pairs):
            return []
        places = np.minimum(np.searchsorted(self._pairs, report.pairs), len(self._pairs) - 1)
        places = places[self._pairs[places] == report.pairs]
        counts = self._counts[places]
        before = np.repeat(np.cumsum(counts) - counts, counts)
        postings = np.repeat(self._starts[places], counts) + np.arange(counts.sum()) - before
        shared = np.zeros(len(self._numbers), dtype=np.bool_)
        shared[self._owners[postings]] = True
        near = np.abs(self._moments - report.timestamp) <= WINDOW
        found: list[int] = self._numbers[near & shared & (self._numbers != report.number)].tolist()
        return found


def rare_pairs(number: int, report: Report) -> RarePairs:
    """Return what is looked up of a report."""
    rare = report.first_places & (report.pair_rarity >= RARE)
    return RarePairs(number, report.timestamp, np.sort(report.runs.pairs[rare]))
