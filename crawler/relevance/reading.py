"""A text read sentence by sentence: which names of the gazetteer each one holds, and in what company."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from crawler.relevance.entry import Entry, Kind, Match, Strength
from crawler.relevance.gazetteer import Gazetteer
from crawler.relevance.normalization import normal

LEAD_LENGTH = 300
"""Characters at the beginning of a body that say what it is about."""

_SENTENCE = re.compile(r"[^。!?;\n]+[。!?;\n]*")


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
    end: int
    names: list[Match] = field(default_factory=list)
    """Region, integration, vehicles, documents and bodies that say something here."""
    passing: list[Match] = field(default_factory=list)
    """The same, where they are only a location, a market or a slogan."""
    places: list[Match] = field(default_factory=list)
    links: list[Match] = field(default_factory=list)
    topics: list[Match] = field(default_factory=list)
    letters: frozenset[str] = frozenset()
    """Provinces that a single letter may stand for (皖 in 皖电入浙)."""
    outside: int = 0
    peers: int = 0
    together: bool = False
    routine: list[Match] = field(default_factory=list)

    def provinces(self) -> frozenset[str]:
        """Return the provinces that the sentence names."""
        named: frozenset[str] = frozenset()
        for matches in (self.places, self.names, self.passing):
            for match in matches:
                named |= match.entry.provinces
        return named


@dataclass(frozen=True, slots=True)
class Reading:
    """Title and body as sentences, the title first."""

    sentences: tuple[Sentence, ...]
    rejects: frozenset[str]
    """Suspicious words of spam."""
    certain_rejects: frozenset[str]

    @property
    def body_sentences(self) -> int:
        """Number of sentences beside the title."""
        return len(self.sentences) - 1


def read(title: str, body: str, gazetteer: Gazetteer) -> Reading:
    """Read an article."""
    plain_title, plain_body = normal(title), normal(body)
    headline = [Sentence(Zone.TITLE, 0, len(plain_title))]
    sentences = list(_sentences(plain_body))
    rejects = [
        *_fill(headline, plain_title, gazetteer),
        *_fill(sentences, plain_body, gazetteer),
    ]
    return Reading(
        sentences=(*headline, *sentences),
        rejects=frozenset(entry.name for entry in rejects if entry.strength is Strength.WEAK),
        certain_rejects=frozenset(entry.name for entry in rejects if entry.strength is Strength.STRONG),
    )


def _sentences(text: str) -> Iterator[Sentence]:
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        if not text[start:end].isspace():
            yield Sentence(Zone.LEAD if start < LEAD_LENGTH else Zone.REST, start, end)


def _fill(sentences: list[Sentence], text: str, gazetteer: Gazetteer) -> Iterator[Entry]:
    """Give each sentence its matches; yield the entries of spam."""
    following = iter(sentences)
    sentence = next(following, None)
    for match in gazetteer.find(text):
        while sentence is not None and sentence.end <= match.start:
            sentence = next(following, None)
        entry = match.entry
        if sentence is None or entry.kind is Kind.FALSE_FRIEND:
            continue
        if entry.is_name:
            contexts = gazetteer.contexts[sentence.zone is Zone.TITLE, entry.is_initiative]
            in_passing = contexts.hold(text, match.start, match.end)
            (sentence.passing if in_passing else sentence.names).append(match)
        elif entry.provinces and entry.kind is not Kind.LETTER:
            sentence.places.append(match)
        elif entry.kind in _RARE:
            _note_rare(sentence, entry)
        elif entry.kind is Kind.REJECT:
            yield entry
        if entry.link:
            sentence.links.append(match)
        if entry.topics:
            sentence.topics.append(match)
        if entry.routine:
            sentence.routine.append(match)


_RARE = (Kind.OUTSIDE, Kind.PEER, Kind.TOGETHER, Kind.LETTER)


def _note_rare(sentence: Sentence, entry: Entry) -> None:
    if entry.kind is Kind.OUTSIDE:
        sentence.outside += 1
    elif entry.kind is Kind.PEER:
        sentence.peers += 1
    elif entry.kind is Kind.TOGETHER:
        sentence.together = True
    else:
        sentence.letters |= entry.provinces
