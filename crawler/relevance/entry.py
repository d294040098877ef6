"""Entry: what one spelling of the gazetteer stands for; and Match, where it was found."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import NamedTuple


class EntryKind(StrEnum):
    """Which table a spelling stands in; where it stands in several, the first of these names it."""

    FALSE_FRIEND = "false_friend"
    REJECT = "reject"
    DOCUMENT = "document"
    BODY = "body"
    VEHICLE = "vehicle"
    INTEGRATION = "integration"
    REGION = "region"
    CITY = "city"
    PROVINCE = "province"
    OUTSIDE = "outside"
    PEER = "peer"
    INSTITUTION = "institution"
    COOPERATION = "cooperation"
    TOGETHER = "together"
    HOME = "home"
    TOPIC = "topic"
    PREDICATE = "predicate"
    WORK = "work"
    APART = "apart"
    AMBIGUOUS = "ambiguous"
    LETTER = "letter"
    ROUTINE = "routine"


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """One thing that words say of the places in their passage; it counts once there.

    Cues are compared by identity, as entries are: there is one for all words of a group.
    """

    kind: EntryKind
    name: str
    weight: float


class Strength(IntEnum):
    """How much a word says by itself; what `weak` and `strong` mean is said at each table."""

    NONE = 0
    WEAK = 1
    STRONG = 2


_INITIATIVES = {EntryKind.VEHICLE, EntryKind.DOCUMENT, EntryKind.BODY}
_REGION = {EntryKind.REGION, EntryKind.INTEGRATION}
_CUES = {EntryKind.PREDICATE, EntryKind.WORK, EntryKind.APART}
_ACTORS = {EntryKind.CITY, EntryKind.PROVINCE, EntryKind.INSTITUTION, EntryKind.AMBIGUOUS} | _INITIATIVES | _REGION
_ORDER = {kind: rank for rank, kind in enumerate(EntryKind)}


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What one spelling stands for; a spelling of several tables has the properties of all.

    Entries are compared by identity: hashing their fields would cost more than everything else that is done with them.
    """

    kind: EntryKind
    name: str
    """What it is called in results: the first of its names, the city of a county."""
    strength: Strength = Strength.NONE
    """Of an initiative or a reject word."""
    link: Strength = Strength.NONE
    """How much it tells that places work together."""
    provinces: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    routine: str = ""
    """The kind of daily news that the word belongs to."""
    cues: tuple[Cue, ...] = ()

    is_false_friend: bool = field(init=False)
    is_cue: bool = field(init=False)
    """Whether it is nothing but a cue, as most words of a text are."""
    acts: bool = field(init=False)
    """Whether it names who may act: a place, an institution, the region or something of it."""
    is_initiative: bool = field(init=False)
    is_name: bool = field(init=False)
    """Whether it names the region, its integration or something of it."""

    def __post_init__(self) -> None:
        only_cue = self.kind in _CUES and not (self.link or self.topics or self.routine or self.provinces)
        object.__setattr__(self, "is_false_friend", self.kind is EntryKind.FALSE_FRIEND)
        object.__setattr__(self, "is_cue", only_cue)
        object.__setattr__(self, "acts", bool(self.provinces) and self.kind in _ACTORS)
        object.__setattr__(self, "is_initiative", self.kind in _INITIATIVES)
        object.__setattr__(self, "is_name", self.is_initiative or self.kind in _REGION)

    def merged(self, other: "Entry") -> "Entry":
        """Return one entry with the kind that names both and the properties of both."""
        first, second = sorted((self, other), key=lambda entry: _ORDER[entry.kind])
        if first.kind is EntryKind.FALSE_FRIEND:
            return first
        return Entry(
            kind=first.kind,
            name=first.name,
            strength=first.strength,
            link=max(first.link, second.link),
            provinces=first.provinces | second.provinces,
            cities=first.cities | second.cities,
            topics=first.topics | second.topics,
            routine=first.routine or second.routine,
            cues=first.cues + second.cues,
        )


class Match(NamedTuple):
    """A spelling found in a text; offsets are characters of the text."""

    start: int
    end: int
    entry: Entry
