"""Rarity: how seldom a run of tokens stands in the news, by a table of how many documents have it.

The shipped table (`document_frequencies.npz`) was counted by `benchmarks/event_frequencies.py`, which names the texts;
it holds counts, and no text. A run that it does not hold is as rare as one in a single document. An archive's own news
are counted by month (`frequencies`, `persistent.monthly_tables`) and stand beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from indexer.events.tokens import Runs

SHIPPED = Path(__file__).parent / "document_frequencies.npz"


@dataclass(frozen=True)
class RarityTable:
    """How many documents hold a run, for the runs that some hold."""

    documents: int
    runs: Runs
    """Rising."""
    counts: NDArray[np.uint32] | NDArray[np.float32]
    beside: Self | None = None
    """Another table; a run is as common as in the one in which it is more so."""

    def rarity(self, runs: Runs) -> NDArray[np.float32]:
        """Return the inverse document frequency of each run, in nats: 0 in every document, 9 in one of 8,000."""
        places = np.minimum(np.searchsorted(self.runs, runs), max(len(self.runs) - 1, 0))
        counts = np.where(self.runs[places] == runs, self.counts[places], 0) if len(self.runs) else np.zeros(len(runs))
        rarity: NDArray[np.float32] = np.log((self.documents + 1) / (counts + 0.5)).astype(np.float32)
        return rarity if self.beside is None else np.minimum(rarity, self.beside.rarity(runs))


@cache
def shipped_table() -> RarityTable:
    """Return the table that comes with the program."""
    with np.load(SHIPPED) as stored:
        return RarityTable(int(stored["documents"]), stored["runs"], stored["counts"].astype(np.uint32))


RECURS = 4
"""Periods from which on a run belongs to a theme or to a form of words: a happening is over after one or two."""

ENOUGH_PERIODS = 5
"""Fewer tell nothing of what recurs."""


def with_recurring(table: RarityTable, runs_of_periods: Iterable[Runs]) -> RarityTable:
    """Return the table with what recurs in the texts at hand counted as common.

    `runs_of_periods` are the distinct runs of each period of as many hours as an event is open (72), any order. A run
    that stands in `RECURS` of them is as common as its share of the periods; all others keep their rarity.
    """
    periods = list(runs_of_periods)
    if len(periods) < ENOUGH_PERIODS:
        return table
    runs, seen = np.unique(np.concatenate(periods), return_counts=True)
    recurring = runs[seen >= RECURS]
    share = seen[seen >= RECURS] / len(periods)
    everything = np.union1d(table.runs, recurring)
    counts = np.zeros(len(everything), dtype=np.uint32)
    counts[np.searchsorted(everything, table.runs)] = table.counts
    places = np.searchsorted(everything, recurring)
    counts[places] = np.maximum(counts[places], (share * table.documents).astype(np.uint32))
    return RarityTable(table.documents, everything, counts)
