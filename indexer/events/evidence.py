"""Evidence: how much speaks for two reports telling of one happening, and what.

Reports of one meeting by five newsrooms share no sentence, but they share what only this meeting has: the name of a
line (宜湖城际), a figure with its unit (312家), a speaker. Each run of tokens that both have counts by its rarity;
where and when decide the rest. Places count in title and lead alone: all news of one region names the same towns
somewhere. The weights are what `python -m benchmarks.event_weights` prints.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.events.report import Report
from indexer.events.tokens import BREAK, DistinctRuns, spelled

ALGORITHM = "3"
"""Version of everything that a link's score depends on; another one has the archive rebuild its events."""

COMMON = 5.0
"""Rarity that a shared run must exceed to count, in nats: one in 150 documents holds it by chance."""


_AT_ONCE = 200
"""Reports that one is compared with at once: a few megabytes of memory."""


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
    places: float
    """Share of the places of the title and lead that name fewer; of one place alone half, for it may be anybody's."""
    other_places: float
    """1: the places of either title and lead are nowhere in the other."""
    other_day: float
    """1: both name days, and none alike."""
    same_number: float
    """1: both tell the same number in a series (第26次)."""
    other_number: float
    """1: they tell different numbers of one unit."""
    other_figures: float
    """How often what both count or measure has other figures in each, up to four times, by 4."""
    late: float
    """Hours beyond thirty, by 42."""


class SharedPhrase(NamedTuple):
    """A run of tokens that two reports share."""

    start: int
    end: int
    """Where it stands in the first report's tokens."""
    rarity: float


WEIGHTS = Features(
    shared=7.08, rarest=-2.60, second=2.30, title=4.52, places=2.96, other_places=-1.07, other_day=-3.13,
    same_number=1.62, other_number=-1.00, other_figures=-1.40, late=-2.17,
)  # fmt: skip
BIAS = -4.62
"""Fitted, less half: two happenings taken for one are worse than one in two entries, so that more must speak for it."""


def score(first: Report, second: Report) -> float:
    """Return the log-odds that two reports tell of one happening; the same in whatever order they are given."""
    first, second = sorted((first, second), key=lambda report: report.rank)
    return scores(first, [second])[0]


def scores(first: Report, others: Sequence[Report]) -> list[float]:
    """Return the scores of a report with others that come after it by rank: in half the time of one by one."""
    found = [
        pair for start in range(0, len(others), _AT_ONCE) for pair in features(first, others[start : start + _AT_ONCE])
    ]
    return [BIAS + sum(weight * value for weight, value in zip(WEIGHTS, pair, strict=True)) for pair in found]


def features(first: Report, others: Sequence[Report]) -> list[Features]:
    """Return what a report has in common with each of others that come after it by rank."""
    if not others:
        return []
    ours, theirs = _in_common(first.pairs, [other.pairs for other in others])
    their_titles = _title_shares_of_others(others, theirs)
    shared, rarest, second = _worth_of_phrases(_phrases(first, others, ours), len(others))
    titles = _title_shares(first, ours)
    return [
        Features(
            shared=shared[number],
            rarest=rarest[number],
            second=second[number],
            title=max(titles[number], their_titles[number]) ** 0.5,
            **_circumstances(first, other),
        )
        for number, other in enumerate(others)
    ]


def _circumstances(first: Report, second: Report) -> dict[str, float]:
    """Return the features of where and when."""
    apart = (second.timestamp - first.timestamp) / 3600
    common_units = first.in_series.keys() & second.in_series.keys()
    same_numbers = [bool(first.in_series[unit] & second.in_series[unit]) for unit in common_units]
    counted = first.figures.keys() & second.figures.keys()
    other_figures = sum(first.figures[of].isdisjoint(second.figures[of]) for of in counted)
    ours, theirs = first.main_places, second.main_places
    return {
        "places": len(ours & theirs) / (1 + min(len(ours), len(theirs))),
        "other_places": float(
            bool(ours and theirs) and ours.isdisjoint(second.places) and theirs.isdisjoint(first.places)
        ),
        "other_day": float(bool(first.days and second.days) and first.days.isdisjoint(second.days)),
        "same_number": float(any(same_numbers)),
        "other_number": float(not all(same_numbers)),
        "other_figures": min(other_figures, 4) / 4,
        "late": max(0.0, apart - 30) / 42,
    }


def shared_phrases(first: Report, second: Report) -> list[SharedPhrase]:
    """Return the longest runs of tokens that both reports have, each once, in the order of the first report."""
    ours, _ = _in_common(first.pairs, [second.pairs])
    found = _phrases(first, [second], ours)
    return [
        SharedPhrase(*phrase)
        for phrase in zip(found.starts.tolist(), found.ends.tolist(), found.rarity.tolist(), strict=True)
    ]


def title_share(report: Report, other: Report) -> float:
    """Return which part of a report's title stands in another report, rare pairs weighing most."""
    return _title_shares(report, _in_common(report.pairs, [other.pairs])[0])[0]


def reasons(first: Report, second: Report) -> list[str]:
    """Say in words what speaks for and against two reports telling of one happening."""
    first, second = sorted((first, second), key=lambda report: report.rank)
    words = spelled(f"{first.title}\n{first.body}")
    shared = sorted(shared_phrases(first, second), key=lambda phrase: -phrase.rarity)
    rare = ["".join(words[phrase.start : phrase.end]) for phrase in shared if phrase.rarity > COMMON]
    found = [f"both have {'、'.join(rare[:8])}"] if rare else []
    if places := sorted(first.main_places & second.main_places):
        found.append(f"both name {'、'.join(places[:8])} in title or lead")
    if days := sorted(first.days & second.days):
        found.append(f"both speak of {', '.join(day.isoformat() for day in days)}")
    (compared,) = features(first, [second])
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


class _Phrases(NamedTuple):
    """The phrases that one report shares with others, as arrays of one length; those of an other stand together."""

    numbers: NDArray[np.intp]
    """With which of the others."""
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    rarity: NDArray[np.float32]


def _in_common(ours: DistinctRuns, others: Sequence[DistinctRuns]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell of a text's places, a row for each other text, and of all others' distinct runs, which are in both.

    All are looked up at once: the arrays of one pair are so short that calling numpy takes most of the time. Low bits
    tell of most runs that they are not there.
    """
    theirs = np.concatenate([other.runs for other in others])
    numbers = np.repeat(np.arange(len(others)), [len(other.runs) for other in others])
    low_bits = np.zeros(1 << 16, dtype=np.bool_)
    low_bits[ours.runs.astype(np.uint16)] = True
    maybe = np.flatnonzero(low_bits[theirs.astype(np.uint16)])
    places = np.searchsorted(ours.runs, theirs[maybe])
    same = np.append(ours.runs, np.uint32(BREAK))[places] == theirs[maybe]
    hits = np.zeros(len(theirs), dtype=np.bool_)
    hits[maybe[same]] = True
    found = np.zeros((len(others), len(ours.runs) + 1), dtype=np.bool_)  # the last column stands for a break
    found[numbers[maybe[same]], places[same]] = True
    return found[:, ours.order], hits


def _phrases(first: Report, others: Sequence[Report], shared: NDArray[np.bool_]) -> _Phrases:
    pairs = shared & first.first_places
    triples, _ = _in_common(first.triples, [other.triples for other in others])
    goes_on = np.zeros(pairs.shape, dtype=np.bool_)  # whether the pair before belongs to the same run
    goes_on[:, 1:] = pairs[:, 1:] & pairs[:, :-1] & triples[:, :-1]
    numbers, places = np.nonzero(pairs)
    rarity = first.pair_rarity[places]
    if not len(places):
        return _Phrases(numbers, places, places, rarity)
    inside = goes_on[numbers, places]
    starts = np.flatnonzero(~inside)
    ends = np.append(starts[1:], len(places)) - 1
    inner = np.where(inside, first.triple_rarity[places - 1], 0)
    peak = np.maximum(np.maximum.reduceat(rarity, starts), np.maximum.reduceat(inner, starts))
    total = np.add.reduceat(rarity, starts)
    worth = np.where(starts == ends, rarity[starts], (total + peak) / 2)
    return _Phrases(numbers[starts], places[starts], places[ends] + 2, worth)


def _worth_of_phrases(found: _Phrases, count: int) -> tuple[list[float], list[float], list[float]]:
    """Return for each of `count` others the features `shared`, `rarest` and `second`."""
    beyond = np.maximum(found.rarity.astype(np.float64) - COMMON, 0)
    shared = np.log1p(np.bincount(found.numbers, beyond, minlength=count)) / 5
    falling = found.rarity[np.lexsort((-found.rarity, found.numbers))].astype(np.float64)
    many = np.bincount(found.numbers, minlength=count)
    begins = np.cumsum(many) - many
    falling = np.append(falling, (0.0, 0.0))
    rarest = np.where(many > 0, falling[begins], 0) / 20
    second = np.where(many > 1, falling[begins + 1], 0) / 20
    return shared.tolist(), rarest.tolist(), second.tolist()


def _title_shares(report: Report, shared: NDArray[np.bool_]) -> list[float]:
    """Return which part of a report's title each other shares, each pair weighted by the square of its rarity."""
    weight = report.pair_weight[: report.title_end]
    whole = float(weight.sum(dtype=np.float64))
    parts: list[float] = np.where(shared[:, : len(weight)], weight, 0).sum(axis=1, dtype=np.float64).tolist()
    return [part / whole if whole else 0.0 for part in parts]


def _title_shares_of_others(others: Sequence[Report], hits: NDArray[np.bool_]) -> list[float]:
    """Return which part of each other's title is shared, from what of its distinct pairs is."""
    orders = [other.pairs.order[: other.title_end] for other in others]
    lengths = [len(order) for order in orders]
    offsets = np.cumsum([0, *(len(other.pairs.runs) for other in others[:-1])])
    order = np.concatenate(orders)
    shared = np.append(hits, np.False_)[np.where(order < 0, -1, order + np.repeat(offsets, lengths))]
    weight = np.concatenate([other.pair_weight[: other.title_end] for other in others])
    numbers = np.repeat(np.arange(len(others)), lengths)
    whole = np.bincount(numbers, weight, minlength=len(others))
    part = np.bincount(numbers, weight * shared, minlength=len(others))
    quotients: list[float] = (part / np.where(whole > 0, whole, 1)).tolist()
    return quotients
