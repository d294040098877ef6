"""Templates: texts of the same words whose names are filled in anew (another city, another road, another company)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.stories.numerals import blotted
from indexer.stories.shingles import SHINGLE, Shingles, standing_in

BLANK = 24
"""Characters of the longest blank of a template: a road with its direction, a company's full name."""


@dataclass(frozen=True, slots=True)
class Blanks:
    """How many places of two texts hold other words between the same words."""

    names: int = 0
    """That hold other places: they tell one event from another."""
    words: int = 0
    """That hold any other words of two characters and more: a form's, or an editor's."""


class Pieces(Protocol):
    """A text with its pieces."""

    @property
    def skeleton(self) -> str:
        """The text, its figures blotted out."""

    @property
    def pieces(self) -> Shingles:
        """Its pieces, first to last."""

    @property
    def shingles(self) -> Shingles:
        """The set of its pieces."""


def blanks(first: Pieces, second: Pieces) -> Blanks:
    """Return the blanks of two texts."""
    ours, theirs = first.skeleton, second.skeleton
    mine = _gaps(first.pieces, standing_in(first.pieces, second.shingles))
    yours = _gaps(second.pieces, standing_in(second.pieces, first.shingles))
    names = words = 0
    for anchors in mine.keys() & yours.keys():
        (start, end), (other_start, other_end) = mine[anchors], yours[anchors]
        longest = max(end - start, other_end - other_start)
        if longest > BLANK:
            continue
        our_names, their_names = _names_at(ours, start, end), _names_at(theirs, other_start, other_end)
        if (our_names and their_names and our_names != their_names) or (
            longest >= 2 and _is_place(ours, start, end) and _is_place(theirs, other_start, other_end)
        ):
            names += 1
        elif longest >= 2:
            words += 1
    return Blanks(names, words)


def _gaps(in_order: Shingles, common: NDArray[np.bool_]) -> dict[tuple[int, int], tuple[int, int]]:
    """Return where a text has something of its own: by the pieces on both sides, its first character and the next."""
    places = np.flatnonzero(common)
    if not len(places):
        return {}
    jumps = np.flatnonzero(np.diff(places) > SHINGLE)
    befores, afters = places[jumps], places[jumps + 1]
    anchors = zip(in_order[befores].tolist(), in_order[afters].tolist(), strict=True)
    spans = zip((befores + SHINGLE).tolist(), afters.tolist(), strict=True)
    gaps = dict(zip(anchors, spans, strict=True))
    first, last = int(places[0]), int(places[-1])
    if first:
        gaps[_EDGE, int(in_order[first])] = (0, first)
    if last < len(in_order) - 1:
        gaps[int(in_order[last]), _EDGE] = (last + SHINGLE, len(in_order) + SHINGLE - 1)
    return gaps


_EDGE = -1
"""Stands for the beginning or the end of a text, where there is no piece."""


def _names_at(text: str, start: int, end: int) -> frozenset[str]:
    """Return the places that a part of a text touches."""
    found = set()
    for first in range(max(0, start - 3), end):
        for length in (4, 3, 2):
            name = text[first : first + length]
            if first + length > start and name in places():
                found.add(name)
                break
    return frozenset(found)


def _is_place(text: str, start: int, end: int) -> bool:
    """Tell whether what stands there ends as the names of streets, villages and stations do."""
    return not _ENDINGS.isdisjoint(text[start + 1 : end + 1])


_ENDINGS = frozenset("路街巷村镇乡区县市站桥园苑")


@cache
def places() -> frozenset[str]:
    """Return the names of provinces, cities and the delta's districts, without what they are."""
    lines = (Path(__file__).parent / "places.txt").read_text("utf-8").splitlines()
    return frozenset(
        blotted(name)[0] for line in lines if not line.startswith("#") for name in line.split()
    )  # 六安: 0安
