"""What one sentence says about the integration: a value from 0 to 1 and the rule it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from crawler.relevance.entries import Kind, Strength
from crawler.relevance.gazetteer import Match
from crawler.relevance.reading import Sentence

NEAR = 20
"""Characters within which a word of cooperation belongs to the name of the region."""


class Rule(StrEnum):
    """Why a sentence counts, in the words that `reason` uses."""

    NAMED = "the integration, or an undertaking, plan or body of it, is named"
    REGION_ACTS = "the region is named with a cooperation"
    PROVINCES_ACT = "two or more of the provinces and a cooperation between them"
    REGION = "the region is named"
    MINOR = "an undertaking of one province or one route is named"
    PASSING = "named only as a location, a market or a slogan"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, what it is worth, and why."""

    sentence: Sentence
    value: float
    rule: Rule


def weigh(sentence: Sentence, provinces: set[str], *, routine: bool) -> Evidence | None:
    """Return what the sentence is worth; None where it says nothing of the delta.

    `provinces` are those that the sentence names or takes up from before; `routine` says that the article is of a kind
    that names places every day.
    """
    candidates = list(_candidates(sentence, provinces, routine=routine))
    if not candidates:
        return None
    value, rule = max(candidates, key=lambda candidate: candidate[0])
    return Evidence(sentence, value, rule)


def _candidates(sentence: Sentence, provinces: set[str], *, routine: bool) -> Iterator[tuple[float, Rule]]:
    daily = 0.3 if routine else 1.0
    listed = 0.3 if sentence.peers else 1.0
    for match in sentence.names:
        if match.entry.kind is Kind.REGION:
            link = _link_near(sentence, match)
            value = {Strength.STRONG: 0.85, Strength.WEAK: 0.6, Strength.NONE: 0.4}[link]
            yield value * daily * listed, Rule.REGION_ACTS if link else Rule.REGION
        elif match.entry.kind is Kind.VEHICLE and match.entry.strength is Strength.WEAK:
            yield _minor(sentence, provinces) * daily * listed, Rule.MINOR
        else:
            yield (0.5 if sentence.peers else 1.0), Rule.NAMED
    for match in sentence.passing:
        yield (0.1 if match.entry.kind is Kind.REGION else 0.25) * listed, Rule.PASSING
    if len(provinces) >= 2 and (value := _together(sentence)):
        yield value * daily * listed * _undiluted(sentence, provinces), Rule.PROVINCES_ACT


def _link_near(sentence: Sentence, name: Match) -> Strength:
    near = (
        link.entry.link for link in sentence.links if link.start - name.end <= NEAR and name.start - link.end <= NEAR
    )
    return max(near, default=Strength.NONE)


def _minor(sentence: Sentence, provinces: set[str]) -> float:
    if sentence.links and len(provinces) >= 2:
        return 0.7
    return 0.5 if len(provinces) >= 2 else 0.3


def _together(sentence: Sentence) -> float:
    """Return what two provinces in one sentence are worth by the words of cooperation beside them."""
    link = max((match.entry.link for match in sentence.links), default=Strength.NONE)
    if link is Strength.STRONG:
        return 0.7
    if link is Strength.WEAK:
        several = len({match.entry.name for match in sentence.links}) >= 2
        return 0.5 if sentence.topics or several else 0.3
    return 0.0


def _undiluted(sentence: Sentence, provinces: set[str]) -> float:
    """Return how much of a list of places is of the delta."""
    if not sentence.outside:
        return 1.0
    return 0.15 if sentence.outside >= 2 or sentence.outside >= len(provinces) else 0.5
