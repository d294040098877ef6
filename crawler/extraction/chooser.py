"""Choosing among candidate bodies by what their text looks like, and saying why.

Each candidate is judged on its repaired text: how much of it is prose, how much of it is links on the page, how near it
stands to the headline, and how far it agrees with what the candidates have in common. No candidate is right on every
kind of page; they fail on different ones (an oracle over five extractors reaches F1 0.99 where the best reaches 0.92).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from crawler.extraction.candidates import Candidate
from crawler.extraction.lines import reads_as_prose
from crawler.extraction.repairs import Paragraphs
from crawler.extraction.repairs.chain import Repaired
from text.ngrams import share_within

_WEIGHTS = {"prose": 0.2, "unlinked": 0.15, "near": 0.3, "agreement": 0.3, "size": 0.05}
_AGREED, _AGREED_ON_LITTLE = 0.8, 0.95
"""Share of each other's prose from which two bodies are one, and the same for short ones."""
_SHORT = 150
"""Characters of prose below which a body is short."""
_RUN_TOGETHER, _TOLD_APART = 100, 8
"""Characters from which a paragraph may be lines run together, and from which one of them is told apart in it."""
_TIE = 0.06
"""Scores that are closer than this are equal: then the earlier candidate wins, which keeps the page's own lines."""


class LinePosition(NamedTuple):
    """Where a line of the page stands."""

    aside: bool
    """Whether it is a link, or stands apart from the article."""
    near: float
    """How near it stands to the headline, 0 to 1."""
    text_block: bool
    """Whether it belongs to prose: a name in a list counts as much as the sentence above it."""


@dataclass(frozen=True)
class Score:
    """What speaks for one candidate; each part is 0 to 1, `total` their weighted sum."""

    repaired: Repaired
    parts: dict[str, float]
    total: float

    @property
    def candidate(self) -> Candidate:
        """The candidate as it was found."""
        return self.repaired.candidate


def in_doubt(one: Repaired, other: Repaired) -> bool:
    """Tell whether two bodies differ so much that a third opinion is worth its price; short ones must be equal."""
    first, second = one.ngrams, other.ngrams
    wanted = _AGREED if min(len(first), len(second)) >= _SHORT else _AGREED_ON_LITTLE
    return min(share_within(first, second), share_within(second, first)) < wanted


def choose(bodies: Sequence[Repaired], positions: Mapping[str, LinePosition]) -> tuple[Score, ...]:
    """Return the scores of repaired candidates, the winner first, the others by their score.

    `positions` tells of the page's lines where they stand; a paragraph that is none of them is not judged by that.
    """
    sets = [body.ngrams for body in bodies]
    common = frozenset[str]().union(*(one & other for one, other in combinations(sets, 2)))
    largest = max((len(own) for own in sets), default=0) or 1
    scores = []
    for body, own in zip(bodies, sets, strict=True):
        parts = _on_the_text(body.paragraphs, positions) | {
            "agreement": _agreement(own, common) if len(sets) > 1 else 1.0,
            "size": len(own) / largest,
        }
        scores.append(Score(body, parts, sum(_WEIGHTS[name] * value for name, value in parts.items())))
    best = max((score.total for score in scores), default=0.0)
    winner = next((score for score in scores if score.total >= best - _TIE), None)
    return tuple(sorted(scores, key=lambda score: (score is not winner, -score.total)))


def _on_the_text(body: Paragraphs, positions: Mapping[str, LinePosition]) -> dict[str, float]:
    size = sum(len(paragraph) for paragraph in body) or 1
    placed = [found for paragraph in body for found in _placed(paragraph, positions)]
    known = sum(length for length, _ in placed)
    return {
        "prose": sum(
            len(paragraph)
            for paragraph in body
            if (paragraph in positions and positions[paragraph].text_block) or reads_as_prose(paragraph)
        )
        / size,
        "unlinked": 1 - sum(length for length, place in placed if place.aside) / size,
        "near": sum(length * place.near for length, place in placed) / known if known else 1.0,
    }


def _placed(paragraph: str, positions: Mapping[str, LinePosition]) -> list[tuple[int, LinePosition]]:
    """Return where a paragraph stands, with its length; of one that runs lines of the page together, each of them."""
    if paragraph in positions:
        return [(len(paragraph), positions[paragraph])]
    if len(paragraph) < _RUN_TOGETHER:
        return []
    return [(len(text), place) for text, place in positions.items() if len(text) >= _TOLD_APART and text in paragraph]


def _agreement(own: frozenset[str], common: frozenset[str]) -> float:
    """Return how far a body is what the candidates share: F0.5, since what is brought along is the worse fault."""
    precision, recall = share_within(own, common), share_within(common, own)
    return 1.25 * precision * recall / (0.25 * precision + recall) if precision and recall else 0.0
