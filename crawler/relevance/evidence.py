"""What one sentence says about the integration: a value from 0 to 1 and the rule it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from crawler.relevance.entry import EntryKind, Match, Strength
from crawler.relevance.sentences import Sentence

NEAR = 20
"""Characters within which a word of cooperation belongs to the name of the region."""


class Rule(StrEnum):
    """Why a sentence counts, in the words that `reason` uses."""

    NAMED = "the integration, or an undertaking, plan or body of it, is named"
    REGION_ACTS = "the region is named with a cooperation"
    PROVINCES_ACT = "two or more of the provinces and a cooperation between them"
    JOINS = "two provinces or a cooperation, which the lead explains,"
    REGION = "the region is named"
    MINOR = "a route, or an undertaking within one province, is named"
    PASSING = "named only as a location, a market or a slogan"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, what it is worth, and why."""

    sentence: Sentence
    value: float
    rule: Rule


def weigh(sentence: Sentence, provinces: frozenset[str], *, routine: bool) -> Evidence | None:
    """Return what the sentence is worth; None where it says nothing of the delta.

    `provinces` are those that the sentence names or takes up from before; `routine` says that the article is of a kind
    that names places every day.
    """
    if len(provinces) < 2 and not sentence.names and not sentence.passing:
        return None
    value, rule = max(_candidates(sentence, provinces, routine=routine), default=(0.0, Rule.PASSING))
    return Evidence(sentence, value, rule) if value else None


def _candidates(sentence: Sentence, provinces: frozenset[str], *, routine: bool) -> Iterator[tuple[float, Rule]]:
    daily = 0.3 if routine else 1.0
    listed = 0.3 if sentence.peers else 1.0
    for match in sentence.names:
        if match.entry.kind is EntryKind.REGION:
            value, rule = _region(sentence, match)
            yield value * daily * listed * _from_here(sentence), rule
        elif match.entry.kind is EntryKind.VEHICLE and match.entry.strength is Strength.WEAK:
            yield _minor(sentence, provinces) * daily * listed, Rule.MINOR
        else:
            yield (0.5 if routine or sentence.peers else 1.0), Rule.NAMED
    for match in sentence.passing:
        yield _passing(sentence, match) * daily * listed, Rule.PASSING
    if len(provinces) >= 2 and (value := _together(sentence)):
        yield value * daily * listed * _undiluted(sentence, provinces), Rule.PROVINCES_ACT


def _region(sentence: Sentence, name: Match) -> tuple[float, Rule]:
    near = _link_near(sentence, name)
    if near is Strength.STRONG:
        return 0.85, Rule.REGION_ACTS
    if any(link.entry.link is Strength.STRONG for link in sentence.links):
        return 0.7, Rule.REGION_ACTS
    if near is Strength.WEAK:
        return 0.6, Rule.REGION_ACTS
    return (0.5 if sentence.topics else 0.35), Rule.REGION


def _from_here(sentence: Sentence) -> float:
    """Return less where another province speaks of the region (湖北黄冈：主动对接长三角)."""
    return 0.4 if sentence.outside and not sentence.places else 1.0


def _passing(sentence: Sentence, name: Match) -> float:
    if name.entry.kind is not EntryKind.REGION:
        return 0.25
    return 0.4 if _link_near(sentence, name) is Strength.STRONG else 0.1


def _link_near(sentence: Sentence, name: Match) -> Strength:
    near = Strength.NONE
    for link in sentence.links:
        if link.start - name.end <= NEAR and name.start - link.end <= NEAR:
            near = max(near, link.entry.link)
    return near


def _minor(sentence: Sentence, provinces: frozenset[str]) -> float:
    if sentence.links and len(provinces) >= 2:
        return 0.7
    return 0.5 if len(provinces) >= 2 else 0.3


def _together(sentence: Sentence) -> float:
    """Return what two provinces in one sentence are worth by the words of cooperation beside them."""
    words = set()
    for match in sentence.links:
        if match.entry.link is Strength.STRONG:
            return 0.7
        words.add(match.entry)
    if not words:
        return 0.0
    if sentence.together or len(words) >= 2:
        return 0.5
    return 0.4 if sentence.topics else 0.3


def _undiluted(sentence: Sentence, provinces: frozenset[str]) -> float:
    """Return how much of a list of places is of the delta."""
    if not sentence.outside:
        return 1.0
    return 0.15 if len(sentence.outside) >= min(2, len(provinces)) else 0.5
