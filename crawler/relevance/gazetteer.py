"""The gazetteer in force: every spelling with what it stands for, compiled once, never changed."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations, product
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, get_args

import ahocorasick
from pydantic import ValidationError

from archive.settings_file import SettingsError
from crawler.relevance.entries import (
    STRENGTHS,
    GazetteerFile,
    Initiative,
    Kind,
    Names,
    Province,
    Strength,
    Topic,
    Words,
)
from crawler.relevance.normal import normal

PROVINCES = get_args(Province)

BUNDLED = Path(__file__).parent / "gazetteer"
"""Folder of the files that come with DeltaNews."""

_INITIATIVES = {Kind.VEHICLE, Kind.DOCUMENT, Kind.BODY}
_REGION = {Kind.REGION, Kind.INTEGRATION}
_ORDER = {kind: rank for rank, kind in enumerate(Kind)}
_REACH = 12
"""Characters before a name that its context is looked for in."""
_SCRIPT_CHANGE = re.compile(r"(?<=[\u4e00-\u9fff])(?=[a-z0-9])|(?<=[a-z0-9])(?=[\u4e00-\u9fff])")


class GazetteerError(SettingsError):
    """A gazetteer file is wrong; the message names the file, the key and the reason."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What one spelling stands for; a spelling of several tables has the properties of all.

    Entries are compared by identity: hashing their fields would cost more than everything else that is done with them.
    """

    kind: Kind
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

    is_initiative: bool = field(init=False)
    is_name: bool = field(init=False)
    """Whether it names the region, its integration or something of it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "is_initiative", self.kind in _INITIATIVES)
        object.__setattr__(self, "is_name", self.is_initiative or self.kind in _REGION)

    def merged(self, other: "Entry") -> "Entry":
        """Return one entry with the kind that names both and the properties of both."""
        first, second = sorted((self, other), key=lambda entry: _ORDER[entry.kind])
        if first.kind is Kind.FALSE_FRIEND:
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
        )


@dataclass(frozen=True, slots=True)
class Contexts:
    """What stands around a name that is only a location, a market or a slogan there."""

    before: re.Pattern[str]
    after: re.Pattern[str]

    def hold(self, text: str, start: int, end: int) -> bool:
        """Tell whether the name at start:end stands in one of them."""
        return bool(self.after.match(text, end) or self.before.search(text, max(0, start - _REACH), start))


class Match(NamedTuple):
    """A spelling found in a text; offsets are characters of the text."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True)
class Gazetteer:
    """Spellings, contexts and topics that decide what an article has to do with the delta."""

    entries: tuple[tuple[str, Entry], ...]
    contexts: Mapping[tuple[bool, bool], Contexts]
    """By whether the name stands in a title, and whether it is an initiative's."""
    topics: tuple[str, ...]
    _automaton: ahocorasick.Automaton = field(repr=False, compare=False)

    def find(self, text: str) -> list[Match]:
        """Return the spellings in a text that `normal` has made plain: leftmost, then longest, none overlapping."""
        # The library's own iter_long() loses matches after a long prefix that fails, so the choice is made here.
        # Matches come by their ends: a new one replaces those within it, and gives way to one it overlaps on the left.
        chosen: list[Match] = []
        free = 0
        for last, (length, entry) in self._automaton.iter(text):
            start = last + 1 - length
            if start < free:
                within = len(chosen) - 1
                while within and chosen[within - 1].start >= start:
                    within -= 1
                if chosen[within].start < start or (within and chosen[within - 1].end > start):
                    continue
                del chosen[within:]
            free = last + 1
            chosen.append(Match(start, free, entry))
        return chosen


def load_gazetteer(extra: Sequence[Path] = ()) -> Gazetteer:
    """Read the bundled files and those of the user, which add to them.

    Raises GazetteerError, which names file, key and reason, where a file cannot be read or says something unknown.
    """
    paths = [*sorted(BUNDLED.glob("*.toml")), *extra]
    return _compiled([_read(path) for path in paths])


def _read(path: Path) -> GazetteerFile:
    try:
        return GazetteerFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GazetteerError(f"{path}: {error}") from error
    except ValidationError as error:
        raise GazetteerError(
            "; ".join(_explained(path, problem["loc"], problem["msg"]) for problem in error.errors())
        ) from error


def _explained(path: Path, location: tuple[int | str, ...], reason: str) -> str:
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")
    if reason.startswith("Extra inputs"):
        reason = "there is no such key; docs/relevance.md lists the tables and their keys"
    return f"{path}: {key}: {reason}"


def _compiled(files: Sequence[GazetteerFile]) -> Gazetteer:
    entries: dict[str, Entry] = {}
    for file in files:
        for spelling, entry in _entries(file):
            for variant in _variants(normal(spelling)):
                known = entries.get(variant)
                entries[variant] = known.merged(entry) if known else entry
    for spelling, entry in _letters(files):
        entries.setdefault(spelling, entry)
    automaton = ahocorasick.Automaton()
    for spelling, entry in entries.items():
        automaton.add_word(spelling, (len(spelling), entry))
    automaton.make_automaton()
    return Gazetteer(
        entries=tuple(sorted(entries.items(), key=lambda item: item[0])),
        contexts=MappingProxyType(
            {
                (in_title, initiative): _contexts(files, in_title=in_title, initiative=initiative)
                for in_title, initiative in product((True, False), repeat=2)
            }
        ),
        topics=tuple(dict.fromkeys(topic.name for file in files for topic in file.topic)),
        _automaton=automaton,
    )


def _variants(spelling: str) -> Iterator[str]:
    """Yield the spelling with and without a space wherever Chinese meets letters or figures (g60 科创走廊)."""
    compact = re.sub(r"\s+", "", spelling) if _SCRIPT_CHANGE.search(re.sub(r"\s+", "", spelling)) else spelling
    parts = _SCRIPT_CHANGE.split(compact)
    for spaces in product(("", " "), repeat=len(parts) - 1):
        yield "".join(part + space for part, space in zip(parts, (*spaces, ""), strict=True))


def _entries(file: GazetteerFile) -> Iterator[tuple[str, Entry]]:
    yield from _initiatives(Kind.VEHICLE, file.vehicle)
    yield from _initiatives(Kind.DOCUMENT, file.document)
    yield from _initiatives(Kind.BODY, file.body)
    yield from _names(Kind.REGION, file.region)
    yield from _names(Kind.INTEGRATION, file.integration)
    yield from _words(Kind.OUTSIDE, file.outside)
    yield from _words(Kind.PEER, file.peer)
    yield from _words(Kind.TOGETHER, file.together)
    yield from _topics(file.topic)
    yield from _places(file)
    for cooperation in file.cooperation:
        for word in cooperation.words:
            yield word, Entry(Kind.COOPERATION, word, link=STRENGTHS[cooperation.strength])
    for friends in file.false_friend:
        for word in friends.words:
            yield word, Entry(Kind.FALSE_FRIEND, word)
    for routine in file.routine:
        for word in routine.words:
            yield word, Entry(Kind.ROUTINE, word, routine=routine.name)
    for reject in file.reject:
        strength = Strength.STRONG if reject.strength == "certain" else Strength.WEAK
        for word in reject.words:
            yield word, Entry(Kind.REJECT, word, strength=strength)


def _names(kind: Kind, groups: Iterable[Names]) -> Iterator[tuple[str, Entry]]:
    for group in groups:
        for name in group.names:
            yield name, Entry(kind, group.names[0], provinces=frozenset(group.provinces))


def _words(kind: Kind, groups: Iterable[Words]) -> Iterator[tuple[str, Entry]]:
    for group in groups:
        for word in group.words:
            yield word, Entry(kind, word)


def _initiatives(kind: Kind, initiatives: Iterable[Initiative]) -> Iterator[tuple[str, Entry]]:
    for initiative in initiatives:
        entry = Entry(
            kind,
            initiative.name,
            strength=STRENGTHS[initiative.strength],
            provinces=frozenset(initiative.provinces),
            topics=frozenset(initiative.topics),
        )
        for spelling in (initiative.name, *initiative.aliases):
            yield spelling, entry
        for spelling in initiative.weak_aliases:
            yield spelling, replace(entry, strength=Strength.WEAK)


def _topics(topics: Iterable[Topic]) -> Iterator[tuple[str, Entry]]:
    for topic in topics:
        for term in topic.terms:
            yield term, Entry(Kind.TOPIC, topic.name, topics=frozenset({topic.name}))
        for term in topic.linking:
            yield term, Entry(Kind.TOPIC, topic.name, link=Strength.STRONG, topics=frozenset({topic.name}))


def _places(file: GazetteerFile) -> Iterator[tuple[str, Entry]]:
    for province in file.province:
        provinces = frozenset({province.name})
        for name in (province.name, *province.aliases):
            yield name, Entry(Kind.PROVINCE, province.name, provinces=provinces)
        for city, counties in province.cities.items():
            for name in (city, *counties):
                yield name, Entry(Kind.CITY, city, provinces=provinces, cities=frozenset({city}))
    for compound in file.compound:
        kind = Kind.CITY if compound.cities else Kind.PROVINCE
        yield (
            compound.name,
            Entry(kind, compound.name, provinces=frozenset(compound.provinces), cities=frozenset(compound.cities)),
        )


def _letters(files: Sequence[GazetteerFile]) -> Iterator[tuple[str, Entry]]:
    """Yield each province's letter, and every way to write two or more of them: 沪苏, 苏浙皖, 沪、苏、浙."""
    letters = {letter: province.name for file in files for province in file.province for letter in province.letters}
    for length in range(1, len(letters) + 1):
        for chosen in permutations(letters, length):
            provinces = frozenset(letters[letter] for letter in chosen)
            if len(provinces) < length:
                continue
            # A letter alone is a word's part as often as a province; all four together name the region itself.
            kind = Kind.LETTER if length == 1 else Kind.REGION if length == len(PROVINCES) else Kind.PROVINCE
            for spelling in {separator.join(chosen) for separator in ("", "、", "-")}:
                yield spelling, Entry(kind, "".join(chosen), provinces=provinces)


def _contexts(files: Sequence[GazetteerFile], *, in_title: bool, initiative: bool) -> Contexts:
    passing = [
        passing
        for file in files
        for passing in file.passing
        if (passing.in_title or not in_title) and (passing.initiatives or not initiative)
    ]
    before = "|".join(pattern for context in passing for pattern in context.before) or r"(?!)"
    after = "|".join(pattern for context in passing for pattern in context.after) or r"(?!)"
    return Contexts(re.compile(f"(?:{before})$"), re.compile(after))
