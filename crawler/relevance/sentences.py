"""A text read sentence by sentence: which names of the gazetteer each one holds, and in what company."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from crawler.relevance.entry import Cue, Entry, EntryKind, Match, Strength
from crawler.relevance.gazetteer import Gazetteer
from crawler.relevance.normalization import normalize

BODIES = "bodies"
"""Group of words for bodies that act; every sentence on the region has some, so there they say nothing."""
LEAD_LENGTH = 300
"""Characters at the beginning of a body that say what it is about."""

_AND = re.compile("[^,。;:!?\\d]{0,4}?[与和同跟、及][^,。;:!?\\d]{0,4}")
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
    names: tuple[Match, ...] = ()
    """Region, integration, vehicles, documents and bodies that say something here."""
    passing: tuple[Match, ...] = ()
    """The same, where they are only a location, a market or a slogan."""
    places: tuple[Match, ...] = ()
    links: tuple[Match, ...] = ()
    topics: tuple[Match, ...] = ()
    letters: frozenset[str] = frozenset()
    """Provinces that a single letter may stand for (皖 in 皖电入浙)."""
    outside: tuple[Match, ...] = ()
    """Places that are not of the delta."""
    peers: int = 0
    routine: tuple[Match, ...] = ()
    acting: tuple[Match, ...] = ()
    """Places, institutions and undertakings that name provinces: who may act."""
    """Empty where only an ambiguous name would be ..."""
    ambiguous: tuple[Match, ...] = ()
    """... which stands here, and names a place where others beside it do."""
    cues: dict[Cue, list[Match]] = field(default_factory=dict)
    """What its words say, each with the words that say it."""
    parties: tuple[Match, ...] = ()
    """Words that sum up places (两地, 三省)."""
    at_home: bool = False
    """Whether it speaks of the place that the newsroom reports from (我市)."""
    paragraph: int = 0
    denied_dropped: bool = False
    """Whether what it denies was dropped from its links and cues."""

    @property
    def together(self) -> bool:
        """Whether it takes up places named before."""
        return bool(self.parties)

    def provinces(self) -> frozenset[str]:
        """Return the provinces that the sentence names."""
        named: frozenset[str] = frozenset()
        for matches in (self.places, self.names, self.passing):
            for match in matches:
                if not match.entry.provinces <= named:
                    named |= match.entry.provinces
        return named


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """Title and body as sentences, the title first."""

    sentences: tuple[Sentence, ...]
    title: str
    """Normalized, as `body`."""
    body: str
    rejects: frozenset[str]
    """Suspicious words of spam."""
    certain_rejects: frozenset[str]

    @property
    def body_sentences(self) -> int:
        """Number of sentences beside the title."""
        return len(self.sentences) - 1


def parse_article(title: str, body: str, gazetteer: Gazetteer) -> ParsedArticle:
    """Return an article as sentences with their matches."""
    plain_title, plain_body = normalize(title), normalize(body)
    headline = [Sentence(Zone.TITLE, 0, len(plain_title))]
    sentences = list(_sentences(plain_body))
    rejects = [
        *_fill(headline, plain_title, gazetteer),
        *_fill(sentences, plain_body, gazetteer),
    ]
    return ParsedArticle(
        sentences=(*headline, *sentences),
        title=plain_title,
        body=plain_body,
        rejects=frozenset(entry.name for entry in rejects if entry.strength is Strength.WEAK),
        certain_rejects=frozenset(entry.name for entry in rejects if entry.strength is Strength.STRONG),
    )


def _sentences(text: str) -> Iterator[Sentence]:
    paragraph = 0
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        if start and text[start - 1] == "\n":
            paragraph += 1
        if not text[start:end].isspace():
            yield Sentence(Zone.LEAD if start < LEAD_LENGTH else Zone.REST, start, end, paragraph=paragraph)


def _fill(sentences: list[Sentence], text: str, gazetteer: Gazetteer) -> Iterator[Entry]:
    """Give each sentence its matches; yield the entries of spam."""
    following = iter(sentences)
    sentence, end = None, 0
    for match in gazetteer.find(text):
        while end <= match.start:
            sentence = next(following, None)
            end = sentence.end if sentence else len(text) + 1
        entry = match.entry
        if sentence is None or entry.is_false_friend:
            continue
        for cue in entry.cues:
            sentence.cues.setdefault(cue, []).append(match)
        if entry.is_cue:
            continue
        if entry.kind is EntryKind.REJECT:
            yield entry
        if entry.is_name:
            contexts = gazetteer.contexts[sentence.zone is Zone.TITLE, entry.is_initiative]
            _note_name(sentence, match, in_passing=contexts.hold(text, match.start, match.end))
        _note(sentence, match)
    for sentence in sentences:
        if sentence.acting or sentence.parties:
            _note_structures(sentence, text, gazetteer)
        if sentence.acting and all(match.entry.kind is EntryKind.AMBIGUOUS for match in sentence.acting):
            _set_aside_ambiguous(sentence, text)


def _set_aside_ambiguous(sentence: Sentence, text: str) -> None:
    """Set ambiguous names aside, unless two of different provinces are one subject: each then is beside a place."""
    if not any(
        not first.entry.provinces & second.entry.provinces and _AND.fullmatch(text, first.end, second.start)
        for first, second in pairwise(sentence.acting)
    ):
        sentence.ambiguous, sentence.acting = sentence.acting, ()


def _note_structures(sentence: Sentence, text: str, gazetteer: Gazetteer) -> None:
    for pattern, entry in gazetteer.structures:
        if found := pattern.search(text, sentence.start, sentence.end):
            for cue in entry.cues:
                sentence.cues.setdefault(cue, []).append(Match(found.start(), found.end(), entry))


def _note_name(sentence: Sentence, match: Match, *, in_passing: bool) -> None:
    if in_passing:
        sentence.passing += (match,)
    else:
        sentence.names += (match,)


def _note(sentence: Sentence, match: Match) -> None:
    entry = match.entry
    if entry.acts:
        sentence.acting += (match,)
        if entry.kind in _PLACES:
            sentence.places += (match,)
    elif entry.kind in _RARE:
        _note_rare(sentence, match)
    if entry.link:
        sentence.links += (match,)
    if entry.topics:
        sentence.topics += (match,)
    if entry.routine:
        sentence.routine += (match,)


_PLACES = (EntryKind.CITY, EntryKind.PROVINCE)
_RARE = (EntryKind.OUTSIDE, EntryKind.PEER, EntryKind.TOGETHER, EntryKind.HOME, EntryKind.LETTER)


def _note_rare(sentence: Sentence, match: Match) -> None:
    entry = match.entry
    if entry.kind is EntryKind.OUTSIDE:
        sentence.outside += (match,)
    elif entry.kind is EntryKind.PEER:
        sentence.peers += 1
    elif entry.kind is EntryKind.TOGETHER:
        sentence.parties += (match,)
    elif entry.kind is EntryKind.HOME:
        sentence.at_home = True
    else:
        sentence.letters |= entry.provinces
