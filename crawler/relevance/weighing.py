"""The weight of a passage: what speaks for a joint action of the delta's places or bodies, less what speaks against it.

Each group of cues counts once: what they do together speaks for it (`predicate`), what only sets them beside each other
(a contest, a journey, figures) speaks against it (`apart`); so do the forms of the sentences (`forms.py`).
"""

from collections.abc import Callable
from typing import NamedTuple

from crawler.relevance.entry import Cue, EntryKind, Match, Strength
from crawler.relevance.forms import (
    acts_with,
    go_both_ways,
    has_figures,
    has_person,
    have_body_each,
    names_natives,
    names_their_bodies,
    one_province_acts,
    subject_pairs,
    subject_provinces,
    sums_up,
)
from crawler.relevance.sentences import BODIES, Sentence

DECISIVE = 2.5
"""Weight from which a passage reports a joint action."""

_NAMED = 1.5
"""For the integration, or an undertaking, plan or body of it: what it does needs one verb."""
_REGION = 0.5
_ONE_SUBJECT = 0.5
"""For two places of different provinces joined by 和, 与 or the like."""
_SUMMED_UP = 0.5
"""For places that are summed up at once: 苏州、嘉兴两市."""
_THEIR_BODIES = 1.5
"""For bodies of the places named: 两市医保部门, 溧阳和郎溪的客运公司."""
_BODY_EACH = 0.5
"""For places of two provinces each with a body of its own, wherever they stand."""
_BOTH_WAYS = 1.5
"""For what goes from one to the other and back: 松江的干部到金华上班，金华的干部也来松江."""
_MOST_BY_FORM = _ONE_SUBJECT + _SUMMED_UP + _THEIR_BODIES + _BODY_EACH + _BOTH_WAYS

_LINKING = 1.0
"""Weight that one of the predicates must have; bodies side by side do nothing together."""

_ALONE = 0.5
"""Share of its weight that a group of `apart` has by one word alone."""
_ELSEWHERE = 3.0
"""Against, for each place that is not of the delta."""
_WITH_ELSEWHERE = 1.0
"""Against, where one of them acts with a place of the delta (上海与香港)."""
_PEERS = 2.0
_ROUTINE = 0.75
_PERSON = 1.5
"""Against, where a person acts and no body does."""
_ONE_PROVINCE = 1.0
"""Against, where places of one province are one subject, and those of the other are elsewhere in the sentence."""
_LOCATION = 1.0
"""Against, where all places but those of one province are only where something happens."""
_FIGURES = 2.0
"""Against, where the places stand with a figure each, as in a table."""


class _Said(NamedTuple):
    """What the cues of a passage say."""

    weight: float
    linking: float
    """The heaviest of its predicates."""


def weight_of(sentences: tuple[Sentence, ...], text: str, *, taken_up: frozenset[str] = frozenset()) -> float:
    """Return the weight of one or two sentences of a normalized text; 0 where it cannot be enough.

    `taken_up` are the provinces of places named before, which the sentences speak of as 两县, 三地.
    """
    region = 0.0
    provinces = taken_up
    for sentence in sentences:
        if sentence.names or sentence.passing:
            region = max(region, _region(sentence))
        for match in sentence.acting:
            if not match.entry.provinces <= provinces:
                provinces |= match.entry.provinces
    if len(provinces) < 2 and not region:
        return 0.0
    said = _by_cues(sentences, region)
    if said.weight < DECISIVE - _MOST_BY_FORM:
        return 0.0

    def any_of(form: Callable[[Sentence, str], bool]) -> bool:
        return any(form(sentence, text) for sentence in sentences)

    both_ways = any_of(go_both_ways)
    if said.linking < _LINKING and not both_ways:
        return 0.0
    bodies = any_of(names_their_bodies)
    weight = said.weight - sum(_against(sentence, text) for sentence in sentences)
    weight += _THEIR_BODIES * bodies
    weight += _BOTH_WAYS * both_ways
    weight += _BODY_EACH * any_of(have_body_each)
    weight += _ONE_SUBJECT * any(any(subject_pairs(sentence, text)) for sentence in sentences)
    weight += _SUMMED_UP * any(map(sums_up, sentences))
    if weight >= DECISIVE and not region:
        weight -= _ONE_PROVINCE * any_of(one_province_acts)
    if weight >= DECISIVE and not region and not bodies:
        person = any_of(has_person) and not any(map(_has_body, sentences))
        weight -= _PERSON * (person or any_of(names_natives))
        subjects = frozenset[str]().union(*(subject_provinces(sentence, text) for sentence in sentences))
        weight -= _LOCATION * (len(subjects | taken_up) < 2)
    return weight - _FIGURES * (weight >= DECISIVE and any_of(has_figures))


def _by_cues(sentences: tuple[Sentence, ...], region: float) -> _Said:
    weight, linking = region, 0.0
    for cue, matches in _cues(sentences).items():
        if region and cue.name == BODIES:
            continue
        if cue.kind is EntryKind.PREDICATE or (region and cue.kind is EntryKind.WORK):
            weight += cue.weight
            linking = max(linking, cue.weight)
        elif cue.kind is EntryKind.APART:
            weight -= cue.weight if len(matches) > 1 else cue.weight * _ALONE
    return _Said(weight, linking)


def _cues(sentences: tuple[Sentence, ...]) -> dict[Cue, list[Match]]:
    first, *others = (sentence.cues for sentence in sentences)
    for other in others:
        first = {cue: first.get(cue, []) + other.get(cue, []) for cue in first | other}
    return first


def _against(sentence: Sentence, text: str) -> float:
    """Return what other places and daily news speak against a sentence."""
    weight = _ROUTINE * bool(sentence.routine) + _PEERS * bool(sentence.peers)
    if sentence.outside:
        weight += _ELSEWHERE * len(sentence.outside) + _WITH_ELSEWHERE * acts_with(sentence.outside, sentence, text)
    return weight


def _region(sentence: Sentence) -> float:
    """Return what the names of the delta in a sentence say by themselves."""
    weight = 0.0
    for match in sentence.names:
        entry = match.entry
        if entry.kind is EntryKind.INTEGRATION or (entry.is_initiative and entry.strength is not Strength.WEAK):
            return _NAMED
        if entry.kind is EntryKind.REGION:
            weight = _REGION
    if (
        not weight
        and sentence.parties
        and not sentence.peers
        and any(match.entry.kind is EntryKind.REGION or match.entry.is_initiative for match in sentence.passing)
    ):
        return _REGION  # 长三角铁路的票价由四地物价部门核定
    return weight


def _has_body(sentence: Sentence) -> bool:
    """Tell whether bodies, or the places as parties, act, rather than persons in them."""
    return (
        sentence.together
        or any(cue.name == BODIES for cue in sentence.cues)
        or any(match.entry.kind is EntryKind.INSTITUTION for match in sentence.acting)
    )
