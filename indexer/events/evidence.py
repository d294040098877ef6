"""Evidence: how much speaks for two reports telling of one happening, and what.

Reports of one meeting by five newsrooms share no sentence, but they share what only this meeting has: the name of a
line (宜湖城际), a figure with its unit (312家), a speaker. Each run of tokens that both have counts by its rarity;
where and when decide the rest. The weights were fitted by logistic regression on the pairs of the sets in
`benchmarks/event_sets` (`benchmarks/events.py --fit`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.events.report import Report
from indexer.events.tokens import spelled

ALGORITHM = "2"
"""Version of everything that a link's score depends on; another one has the archive rebuild its events."""

COMMON = 5.0
"""Rarity that a shared run must exceed to count, in nats: one in 150 documents holds it by chance."""


class Features(NamedTuple):
    """What two reports have in common, each about 0 to 1."""

    shared: float
    """All that the shared runs are rarer than `COMMON`, as a logarithm."""
    rarest: float
    """The rarest shared run."""
    second: float
    """The second rarest."""
    title: float
    """Which part of a title stands in the other report, of the title that has more."""
    lead: float
    """Which part of both titles and leads is in common."""
    places: float
    """Share of the places of the report that names fewer."""
    other_places: float
    """1: the places of either title and lead are nowhere in the other."""
    same_day: float
    other_day: float
    same_number: float
    """1: both tell the same number in a series (第26次)."""
    other_number: float
    """1: they tell different numbers of one unit."""
    same_figures: float
    """How often both count or measure the same of the same, up to four times, by 4."""
    other_figures: float
    """How often what both count or measure has other figures in each, up to four times, by 4."""
    length: float
    """Characters of the shorter one up to 400, by 400: long ones of one happening share a smaller part of theirs."""
    gap: float
    """Hours between the two, by 72."""
    late: float
    """Hours beyond thirty, by 42."""


class SharedPhrase(NamedTuple):
    """A run of tokens that two reports share."""

    start: int
    end: int
    """Where it stands in the first report's tokens."""
    rarity: float


WEIGHTS = Features(
    shared=3.47, rarest=-1.29, second=2.94, title=3.81, lead=1.49, places=2.06, other_places=-0.61, same_day=-0.18,
    other_day=-3.22, same_number=0.76, other_number=-0.68, same_figures=0.21, other_figures=-1.18, length=1.81,
    gap=-0.62, late=-1.56,
)  # fmt: skip
BIAS = -4.6
"""Fitted: -4.0. Two happenings taken for one are worse than one in two entries, so that more must speak for it."""


def score(first: Report, second: Report) -> float:
    """Return the log-odds that two reports tell of one happening; the same in whatever order they are given."""
    found = features(first, second)
    total: float = sum(weight * value for weight, value in zip(WEIGHTS, found, strict=True))
    return BIAS + total


def features(first: Report, second: Report) -> Features:
    """Return what two reports have in common."""
    first, second = sorted((first, second), key=lambda report: report.rank)
    ours, theirs = first.pairs.found_in(second.pairs), second.pairs.found_in(first.pairs)
    phrases = sorted(_phrases(first, second, ours)[2].tolist(), reverse=True)
    apart = (second.timestamp - first.timestamp) / 3600
    common_units = first.in_series.keys() & second.in_series.keys()
    same_numbers = [bool(first.in_series[unit] & second.in_series[unit]) for unit in common_units]
    same_day = bool(first.days & second.days)
    counted = first.figures.keys() & second.figures.keys()
    same_figures = sum(len(first.figures[of] & second.figures[of]) for of in counted)
    other_figures = sum(not first.figures[of] & second.figures[of] for of in counted)
    return Features(
        shared=float(np.log1p(sum(rarity - COMMON for rarity in phrases if rarity > COMMON))) / 5,
        rarest=phrases[0] / 20 if phrases else 0.0,
        second=phrases[1] / 20 if len(phrases) > 1 else 0.0,
        title=max(_share(first, ours, first.title_end), _share(second, theirs, second.title_end)) ** 0.5,
        lead=min(_share(first, ours, first.lead_end), _share(second, theirs, second.lead_end)) ** 0.5,
        places=len(first.places & second.places) / max(1, min(len(first.places), len(second.places))),
        other_places=float(
            bool(first.main_places and second.main_places)
            and not (first.main_places & second.places or second.main_places & first.places)
        ),
        same_day=float(same_day),
        other_day=float(bool(first.days and second.days) and not same_day),
        same_number=float(any(same_numbers)),
        other_number=float(not all(same_numbers)),
        same_figures=min(same_figures, 4) / 4,
        other_figures=min(other_figures, 4) / 4,
        length=min(first.length, second.length, 400) / 400,
        gap=apart / 72,
        late=max(0.0, apart - 30) / 42,
    )


def shared_phrases(first: Report, second: Report) -> list[SharedPhrase]:
    """Return the longest runs of tokens that both reports have, each once, in the order of the first report."""
    starts, ends, rarity = _phrases(first, second, first.pairs.found_in(second.pairs))
    return [SharedPhrase(*phrase) for phrase in zip(starts.tolist(), ends.tolist(), rarity.tolist(), strict=True)]


def title_share(report: Report, other: Report) -> float:
    """Return which part of a report's title stands in another report, rare pairs weighing most."""
    return _share(report, report.pairs.found_in(other.pairs), report.title_end)


def reasons(first: Report, second: Report) -> list[str]:
    """Say in words what speaks for and against two reports telling of one happening."""
    first, second = sorted((first, second), key=lambda report: report.rank)
    words = spelled(f"{first.title}\n{first.body}")
    shared = sorted(shared_phrases(first, second), key=lambda phrase: -phrase.rarity)
    rare = ["".join(words[phrase.start : phrase.end]) for phrase in shared if phrase.rarity > COMMON]
    found = [f"both have {'、'.join(rare[:8])}"] if rare else []
    if places := sorted(first.places & second.places):
        found.append(f"both name {'、'.join(places[:8])}")
    if days := sorted(first.days & second.days):
        found.append(f"both speak of {', '.join(day.isoformat() for day in days)}")
    compared = features(first, second)
    if compared.other_day:
        found.append("against it: they speak of different days")
    if compared.other_places:
        found.append("against it: the places of either lead are not in the other")
    if compared.other_number:
        found.append("against it: different numbers in a series")
    if compared.other_figures:
        found.append("against it: other figures of the same")
    found.append(f"{(second.timestamp - first.timestamp) / 3600:.1f} hours apart")
    return found


def _phrases(
    first: Report, second: Report, shared: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
    """Return the shared phrases as arrays: where each starts and ends in the first report, and its rarity."""
    pairs = shared & first.first_places
    triples = first.triples.found_in(second.triples)
    goes_on = np.zeros(len(pairs), dtype=np.bool_)  # whether the pair before belongs to the same run
    goes_on[1:] = pairs[1:] & pairs[:-1] & triples[:-1]
    places = np.flatnonzero(pairs)
    if not len(places):
        return places, places, np.zeros(0, np.float32)
    starts = np.flatnonzero(~goes_on[places])
    ends = np.append(starts[1:], len(places)) - 1
    rarity = first.pair_rarity[places]
    inner = np.where(goes_on[places], first.triple_rarity[places - 1], 0)
    peak = np.maximum(np.maximum.reduceat(rarity, starts), np.maximum.reduceat(inner, starts))
    total = np.add.reduceat(rarity, starts)
    worth = np.where(starts == ends, rarity[starts], (total + peak) / 2)
    return places[starts], places[ends] + 2, worth


def _share(report: Report, shared: NDArray[np.bool_], end: int) -> float:
    """Return which part of a report's beginning is shared, each pair weighted by the square of its rarity."""
    weight = report.pair_weight[:end]
    whole = float(weight.sum())
    return float(weight[shared[:end]].sum()) / whole if whole else 0.0
