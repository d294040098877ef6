"""Frequencies: in how many stories of the archive's past a run of tokens stands, months that lie back counting less.

A month's table is counted from the stories of the months before it: the month before counts whole, each one before that
half as much as the one after it, so that a table is that of the month before, halved, and one month's stories.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Self

import numpy as np
from numpy.typing import NDArray

from indexer.events.rarity import RarityTable, shipped_table
from indexer.events.report import Report
from indexer.events.tokens import Runs

LEAST = 3
"""Stories of one month that a run must stand in: the reports of one happening do not make its words common."""

FADED = 1.0
"""Count below which a run is dropped, so that tables stay as large as two or three months."""

ENOUGH = 1000
"""Stories, older ones halved, that an archive needs for tables of its own; before, the shipped one stands alone."""

_AT_ONCE = 250
"""Documents that are counted together: their runs take a few megabytes."""


@dataclass(frozen=True)
class Frequencies:
    """In how many of so many documents each run stands."""

    documents: float = 0.0
    runs: Runs = field(default_factory=lambda: np.zeros(0, dtype=np.uint32))
    """Rising."""
    counts: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    def plus(self, other: Self) -> "Frequencies":
        """Return those of the documents of both."""
        runs, places = np.unique(np.concatenate([self.runs, other.runs]), return_inverse=True)
        counts = np.bincount(places, np.concatenate([self.counts, other.counts]), minlength=len(runs))
        return Frequencies(self.documents + other.documents, runs, counts.astype(np.float32))

    def at_least(self, count: float) -> "Frequencies":
        """Return them without the runs of fewer documents."""
        kept = self.counts >= count
        return Frequencies(self.documents, self.runs[kept], self.counts[kept])

    def followed_by(self, reports: Iterable[Report]) -> "Frequencies":
        """Return the table of the next month, given the stories of this one."""
        halved = Frequencies(self.documents / 2, self.runs, self.counts / np.float32(2))
        return halved.plus(counted(reports).at_least(LEAST)).at_least(FADED)

    @property
    def table(self) -> RarityTable:
        """The rarities, on the scale of the shipped table, which the evidence was fitted on, and beside it."""
        shipped = shipped_table()
        if self.documents < ENOUGH:
            return shipped
        counts = (self.counts * (shipped.documents / self.documents)).astype(np.float32)
        return RarityTable(shipped.documents, self.runs, counts, beside=shipped)


def counted(reports: Iterable[Report]) -> Frequencies:
    """Return in how many of these reports each run stands."""
    found = Frequencies()
    remaining = iter(reports)
    while part := list(islice(remaining, _AT_ONCE)):
        distinct = np.concatenate([runs for report in part for runs in (report.pairs.runs, report.triples.runs)])
        runs, counts = np.unique(distinct, return_counts=True)
        found = found.plus(Frequencies(len(part), runs, counts.astype(np.float32)))
    return found
