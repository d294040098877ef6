"""Sameness: whether two articles are the same report, by their real shingles and their figures."""

from dataclasses import dataclass
from functools import cached_property

from indexer.stories.normalization import plain, readable
from indexer.stories.numerals import Slots, agreement, slots
from indexer.stories.shingles import Shingles, candidate_keys, common, shingles
from indexer.stories.templates import blanks

SHORT = 60
"""Characters below which a body says too little to be compared without its title (a video page, a flash)."""

OVERLAP = 0.5
"""Share of the shorter text that must stand in the longer: a copy has less than half of its own."""

COVERAGE = 0.28
"""Share of the longer text that must stand in the shorter: an excerpt of 40%, with edits. Less is a mention."""

TOGETHER = 0.9
"""What both shares must come to: two texts of equal length are copies where 45% is common, 29% by Jaccard."""


NOTICES_TOGETHER = 1.08
"""The same of two notices: an editor's note before two parts of a series is soon half of a short text."""

NOTICE = 300
"""Characters up to which a text may be a form: a weather report, a traffic notice."""

FORM = 0.72
"""Share of the shorter of two notices that a form fills at most; below it the slightest sign of a form is enough."""

DENSITY = 0.02
"""Blanks a character of common text, from which on two notices are one form: five in 250."""


class NormalizedText:
    """A title and a body, made ready to be compared; what comparing needs is computed when it is first asked for."""

    def __init__(self, title: str, body: str) -> None:
        self._title = readable(title)
        self._body = readable(body)

    @property
    def length(self) -> int:
        """Characters of title and body, readable."""
        return len(self._title) + len(self._body)

    @cached_property
    def plain(self) -> str:
        """The text that is compared: the body, with the title where the body is short."""
        body = plain(self._body)
        return body if len(body) >= SHORT else plain(self._title) + body

    @cached_property
    def shingles(self) -> Shingles:
        """The set of the text's short pieces."""
        return shingles(self.plain)

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """The numbers by which near-duplicates are found."""
        return candidate_keys(self.plain, self.slots)

    @cached_property
    def slots(self) -> Slots:
        """The figures of title and body."""
        return slots(f"{self._title}\n{self._body}")


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two articles compare; `same` is the verdict, `reason` says what decided, in words."""

    jaccard: float
    """Common shingles by all shingles, 0 to 1."""
    ours: float
    """Share of the first text that stands in the second, 0 to 1."""
    theirs: float
    """Share of the second text that stands in the first, 0 to 1."""
    same: bool
    reason: str

    def turned(self) -> "Comparison":
        """Return the comparison seen from the second article."""
        return Comparison(self.jaccard, self.theirs, self.ours, self.same, self.reason)


def compare(first: NormalizedText, second: NormalizedText) -> Comparison:
    """Compare two articles; symmetrical but for the order of the shares."""
    both = common(first.shingles, second.shingles)
    if not both:
        return Comparison(0.0, 0.0, 0.0, same=False, reason="nothing in common")
    ours, theirs = both / len(first.shingles), both / len(second.shingles)
    jaccard = both / (len(first.shingles) + len(second.shingles) - both)
    notices = max(len(first.plain), len(second.plain)) <= NOTICE
    reason = _too_little(ours, theirs, notices=notices) or _other_news(
        first, second, both, max(ours, theirs), notices=notices
    )
    if reason:
        return Comparison(jaccard, ours, theirs, same=False, reason=reason)
    if jaccard >= 0.8:
        reason = f"near-duplicate: {jaccard:.0%} of all shingles in common"
    else:
        reason = f"one holds {min(ours, theirs):.0%} of the other and is {max(ours, theirs):.0%} made of it"
    return Comparison(jaccard, ours, theirs, same=True, reason=reason)


def _too_little(ours: float, theirs: float, *, notices: bool) -> str:
    """Say why two texts have too little in common to be one report; nothing where they have enough."""
    overlap, coverage = max(ours, theirs), min(ours, theirs)
    enough = (
        overlap >= OVERLAP
        and coverage >= COVERAGE
        and overlap + coverage >= (NOTICES_TOGETHER if notices else TOGETHER)
    )
    return "" if enough else f"too little in common: {overlap:.0%} of the shorter text, {coverage:.0%} of the longer"


def _other_news(first: NormalizedText, second: NormalizedText, both: int, overlap: float, *, notices: bool) -> str:
    """Say why two texts are other news although they read alike; nothing where they are not."""
    if first.plain == second.plain and first.slots == second.slots:
        return ""
    figures = agreement(first.slots, second.slots)
    if figures.filled_in_anew or (notices and figures.tell_a_notice_from_another):
        return (
            "one form, filled in anew: in the same places "
            f"{figures.other_days} other dates ({figures.same_days} alike) and "
            f"{figures.other_numbers} other numbers ({figures.same_numbers} alike)"
        )
    if notices:
        words = blanks(first.plain, second.plain)
        if words >= max(3, DENSITY * both) or (overlap < FORM and (figures.others or words >= 2)):
            return f"one form, filled in anew: {words} places with other words"
    return ""
