"""A text read sentence by sentence: which names of the gazetteer each one holds, and in what company."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from crawler.relevance.entries import Kind, Strength
from crawler.relevance.gazetteer import Contexts, Gazetteer, Match
from crawler.relevance.normal import normal

LEAD_LENGTH = 300
"""Characters at the beginning of a body that say what it is about."""

_SENTENCE_END = re.compile(r"[。!?;\n]+")


class Zone(StrEnum):
    """Where in the article a sentence stands."""

    TITLE = "title"
    LEAD = "lead"
    REST = "rest"


@dataclass(slots=True)
class Sentence:
    """One sentence with what it names; offsets are those of its field."""

    zone: Zone
    start: int
    names: list[Match] = field(default_factory=list)
    """Region, integration, vehicles, documents and bodies that say something here."""
    passing: list[Match] = field(default_factory=list)
    """The same, where they are only a location, a market or a slogan."""
    places: list[Match] = field(default_factory=list)
    links: list[Match] = field(default_factory=list)
    topics: list[Match] = field(default_factory=list)
    outside: int = 0
    peers: int = 0
    together: bool = False
    routine: list[Match] = field(default_factory=list)

    def provinces(self) -> frozenset[str]:
        """Return the provinces that the sentence names."""
        none: frozenset[str] = frozenset()
        return none.union(*(match.entry.provinces for match in (*self.names, *self.passing, *self.places)))


@dataclass(frozen=True, slots=True)
class Reading:
    """Title and body as sentences. Sentences without any match are counted only."""

    sentences: tuple[Sentence, ...]
    body_sentences: int
    rejects: frozenset[str]
    """Words of spam, by what each is called."""
    certain_rejects: frozenset[str]


_NAMES = {Kind.REGION, Kind.INTEGRATION, Kind.VEHICLE, Kind.DOCUMENT, Kind.BODY}


def read(title: str, body: str, gazetteer: Gazetteer) -> Reading:
    """Read an article."""
    rejects: set[str] = set()
    certain: set[str] = set()
    sentences: list[Sentence] = []
    count = 0
    for text, is_title in ((normal(title), True), (normal(body), False)):
        contexts = gazetteer.title_contexts if is_title else gazetteer.body_contexts
        matches = iter(gazetteer.find(text))
        match = next(matches, None)
        for start, end in _sentences(text, whole=is_title):
            count += not is_title
            zone = Zone.TITLE if is_title else Zone.LEAD if start < LEAD_LENGTH else Zone.REST
            sentence = Sentence(zone, start)
            empty = True
            while match is not None and match.start < end:
                if match.entry.kind is Kind.REJECT:
                    (certain if match.entry.strength is Strength.STRONG else rejects).add(match.entry.name)
                else:
                    _note(sentence, match, text, contexts)
                    empty = False
                match = next(matches, None)
            if not empty:
                sentences.append(sentence)
    return Reading(tuple(sentences), count, frozenset(rejects), frozenset(certain))


def _sentences(text: str, *, whole: bool) -> Iterator[tuple[int, int]]:
    if whole:
        yield 0, len(text)
        return
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if text[start : end.start()].strip():
            yield start, end.end()
        start = end.end()
    if text[start:].strip():
        yield start, len(text)


def _note(sentence: Sentence, match: Match, text: str, contexts: Contexts) -> None:
    entry = match.entry
    kind = entry.kind
    if kind in _NAMES:
        in_passing = contexts.hold(text, match.start, match.end)
        (sentence.passing if in_passing else sentence.names).append(match)
    elif entry.provinces:
        sentence.places.append(match)
    elif kind is Kind.OUTSIDE:
        sentence.outside += 1
    elif kind is Kind.PEER:
        sentence.peers += 1
    elif kind is Kind.TOGETHER:
        sentence.together = True
    if entry.link and kind not in _NAMES:
        sentence.links.append(match)
    if entry.routine:
        sentence.routine.append(match)
    if entry.topics:
        sentence.topics.append(match)
