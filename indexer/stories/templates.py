"""Forms: short notices with one wording, whose names and words are filled in anew (another road, another sky)."""

from difflib import SequenceMatcher
from itertools import pairwise

BLANK = 20
"""Characters of the longest blank of a form: a road with its direction."""

WORDS = 3
"""Characters on each side of a blank that must be the same: fewer meet by accident."""


def blanks(ours: str, theirs: str) -> int:
    """Return how many places of two plain texts are filled in differently, with the same words on both sides.

    A single character for another is an edit, not a blank. Matching by difflib (Ratcliff and Obershelp 1988).
    """
    matches = [m for m in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks() if m.size >= WORDS]
    between = (
        (after.a - before.a - before.size, after.b - before.b - before.size) for before, after in pairwise(matches)
    )
    return sum(min(gap) >= 1 and 2 <= max(gap) <= BLANK for gap in between)
