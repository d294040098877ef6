"""Similarity: whether two articles are the same report, by their words and, apart from these, by their slots."""

from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from indexer.stories.normalization import plain, readable
from indexer.stories.numerals import BLOT, Slots, agreement, blotted, in_series, slots
from indexer.stories.shingles import Shingles, candidate_keys, common, distinct, pieces
from indexer.stories.templates import Blanks, blanks

SHORT = 60
"""Characters below which a body says too little to be compared without its title (a video page, a flash)."""

OVERLAP = 0.5
"""Share of the shorter text that must stand in the longer: a copy has less than half of its own."""

COVERAGE = 0.28
"""Share of the longer text that must stand in the shorter: an excerpt of 40%, with edits. Less is a mention."""

TOGETHER = 0.9
"""What both shares must come to: two texts of equal length are copies where 45% is common, 29% by Jaccard."""

EXCERPT = 0.8
"""Share of a shorter text that stands in the longer, from which on it is an excerpt, which may be smaller ..."""

EXCERPT_COVERAGE = 0.22
"""... down to this share of the longer: a third of it, with edits."""

NOTICES_TOGETHER = 1.08
"""The same as `TOGETHER` of two notices: an editor's note before two parts of a series is soon half of a short text."""

NOTICE = 300
"""Characters up to which a text may be a form throughout: a weather report, a traffic notice."""

DAY, PLACE, WORD = 2.0, 4.0, 0.25
"""What a slot with another day (or number in a series), place or word weighs; one with another figure weighs 1.

Words count for as many as there are other figures: an editor changes words alone, a form its words with its figures.
"""

NOTICE_DAY, NOTICE_WORD, NOTICE_NEAR = 1.5, 0.5, 0.5
"""The same of two notices, and what is left of a figure where the other is near, as a correction is."""

LEAST = 1.5
"""What differing slots weigh at least in two bulletins of one template: less is a correction."""

NOTICE_SHARE = 0.3
"""Share of what all slots of two notices weigh, days that agree and places aside, down to which it is none."""

DENSITY, THIN_DENSITY, NOTICE_DENSITY = 0.02, 0.012, 0.012
"""What they weigh at least a character in common: in long texts, in long ones whose slots mostly differ, in notices."""

MARGIN = 20


class NormalizedText:
    """A title and a body, made ready to be compared; what comparing needs is computed when it is first asked for."""

    def __init__(self, title: str, body: str) -> None:
        title, self._title_values = blotted(in_series(readable(title)))
        body, self._body_values = blotted(readable(body))
        self._title, self._body = plain(title), plain(body)
        self._is_short = len(self._body) < SHORT

    @property
    def length(self) -> int:
        """Characters of title and body."""
        return len(self._title) + len(self._body)

    @cached_property
    def skeleton(self) -> str:
        """The text that is compared, its figures blotted out: the body, with the title where the body is short."""
        return self._title + self._body if self._is_short else self._body

    @property
    def plain(self) -> str:
        """The same text with the values of its figures, in whatever way they are written."""
        values = self._title_values + self._body_values if self._is_short else self._body_values
        parts = self.skeleton.split(BLOT)
        return "".join(chain.from_iterable(zip(parts, [*values, ""], strict=True)))

    @cached_property
    def pieces(self) -> Shingles:
        """The skeleton's short pieces, first to last."""
        return pieces(self.skeleton)

    @cached_property
    def shingles(self) -> Shingles:
        """The set of the skeleton's short pieces."""
        return distinct(pieces(self.skeleton))  # few texts are asked for their pieces in order, too

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """The numbers by which near-duplicates are found."""
        return candidate_keys(self.skeleton, self.plain)

    @cached_property
    def slots(self) -> Slots:
        """The figures of title and body."""
        return slots(f"{self._title}\n{self._body}", self._title_values + self._body_values)


@dataclass(frozen=True, slots=True)
class TextComparison:
    """How two articles compare; `same` is the verdict, `reason` the message that says what decided."""

    jaccard: float
    """Common shingles by all shingles, figures aside, 0 to 1."""
    ours: float
    """Share of the first text that stands in the second, 0 to 1."""
    theirs: float
    """Share of the second text that stands in the first, 0 to 1."""
    same: bool
    reason: str

    def reversed(self) -> "TextComparison":
        """Return the comparison seen from the second article."""
        return TextComparison(self.jaccard, self.theirs, self.ours, self.same, self.reason)


def compare(first: NormalizedText, second: NormalizedText) -> TextComparison:
    """Compare two articles; symmetrical but for the order of the shares."""
    both = common(first.shingles, second.shingles)
    if not both:
        return TextComparison(0.0, 0.0, 0.0, same=False, reason="nothing in common")
    ours, theirs = both / len(first.shingles), both / len(second.shingles)
    jaccard = both / (len(first.shingles) + len(second.shingles) - both)
    notices = max(len(first.skeleton), len(second.skeleton)) <= NOTICE
    reason = _too_little(ours, theirs, notices=notices) or _other_slots(first, second, both, notices=notices)
    if reason:
        return TextComparison(jaccard, ours, theirs, same=False, reason=reason)
    if jaccard >= 0.8:
        reason = f"near-duplicate: {jaccard:.0%} of all shingles in common"
    else:
        reason = f"one holds {min(ours, theirs):.0%} of the other and is {max(ours, theirs):.0%} made of it"
    return TextComparison(jaccard, ours, theirs, same=True, reason=reason)


def _too_little(ours: float, theirs: float, *, notices: bool) -> str:
    """Say why two texts have too little in common to be one report; nothing where they have enough."""
    overlap, coverage = max(ours, theirs), min(ours, theirs)
    enough = (
        overlap >= OVERLAP
        and coverage >= COVERAGE
        and overlap + coverage >= (NOTICES_TOGETHER if notices else TOGETHER)
    ) or (overlap >= EXCERPT and coverage >= EXCERPT_COVERAGE)
    return "" if enough else f"too little in common: {overlap:.0%} of the shorter text, {coverage:.0%} of the longer"


def _other_slots(first: NormalizedText, second: NormalizedText, both: int, *, notices: bool) -> str:
    """Say why two texts are one template filled in anew, although they read alike; nothing where they are not."""
    if first.skeleton == second.skeleton and first.slots == second.slots:
        return ""
    figure = agreement(first.slots, second.slots)
    found = Blanks()
    if not (notices and figure.other_days > figure.same_days):
        day, word = (NOTICE_DAY, NOTICE_WORD) if notices else (DAY, WORD)
        numbers = figure.other_numbers - (NOTICE_NEAR * figure.near_numbers if notices else 0)
        other = day * figure.other_days + numbers
        alike = figure.same_numbers + (0 if notices else day * figure.same_days)  # of one day are many notices
        if not _is_filled_in_anew(other, alike, both, notices=notices):
            if both < min(len(first.shingles), len(second.shingles)):  # no place where each has words of its own
                found = blanks(first, second)
            other += PLACE * found.names + word * min(found.words, figure.other_days + numbers)
            if not _is_filled_in_anew(other, 0 if notices and found.names else alike, both, notices=notices):
                return ""
    return (
        f"one template, filled in anew: in the same slots {figure.other_days} other days ({figure.same_days} alike), "
        f"{figure.other_numbers} other figures ({figure.same_numbers} alike), {found.names} other places and "
        f"{found.words} other words in {both} characters in common"
    )


def _is_filled_in_anew(other: float, alike: float, both: int, *, notices: bool) -> bool:
    """Tell whether so much in other slots, and so much in the same, is more than a desk changes of a report.

    A short bulletin's slots are dense. A long one's are not, but most of them change; a report's mostly stay.
    """
    density = other / (both + MARGIN)
    if notices:
        return other >= LEAST and density >= NOTICE_DENSITY and other >= NOTICE_SHARE * (other + alike)
    return (density >= DENSITY and 2 * other > alike) or (density >= THIN_DENSITY and other > 0.8 * alike)
