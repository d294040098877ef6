"""Candidates: which reports within the window share rare pairs, and so may tell of one happening.

Reports are swept in rank order, so that those that are too old leave their buckets from the front; whether two are
candidates depends on the two alone.
"""

from collections import Counter, defaultdict, deque
from datetime import datetime, timedelta

from indexer.events.report import Report

WINDOW = timedelta(hours=72)
"""How long after an event's last report another may still join it."""

RARE = 6.4
"""Rarity of a pair from which on it is looked up: fewer than one in 600 documents has it."""

SHARED = 2
"""Rare pairs that two reports must share: a name of three characters, or two words."""


class RecentReports:
    """The reports of the last three days, by their rare pairs."""

    def __init__(self, window: timedelta = WINDOW) -> None:
        self._window = window
        self._buckets: defaultdict[int, deque[tuple[datetime, int]]] = defaultdict(deque)

    def add(self, number: int, moment: datetime, rare_pairs: list[int]) -> None:
        """Make a report known; they come in the order of their moments."""
        entry = (moment, number)
        for pair in rare_pairs:
            self._buckets[pair].append(entry)

    def sharing(self, moment: datetime, rare_pairs: list[int]) -> list[int]:
        """Return the reports of the window before that moment that share enough pairs, in order of their numbers."""
        oldest = moment - self._window
        counts: Counter[int] = Counter()
        for pair in rare_pairs:
            bucket = self._buckets.get(pair)
            if bucket is None:
                continue
            while bucket and bucket[0][0] < oldest:
                bucket.popleft()
            if bucket:
                counts.update([number for _, number in bucket])
            else:
                del self._buckets[pair]
        return sorted(number for number, count in counts.items() if count >= SHARED)


def rare_pairs(report: Report) -> list[int]:
    """Return the rare pairs of a report, each once."""
    rare = report.first_places & (report.pair_rarity >= RARE)
    found: list[int] = report.runs.pairs[rare].tolist()
    return found
