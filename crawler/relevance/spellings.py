"""From the tables of gazetteer files to spellings, each with the entry that it stands for."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import permutations, product
from typing import get_args

from crawler.relevance.entry import Cue, Entry, EntryKind, Strength
from crawler.relevance.expressions import alternation
from crawler.relevance.normalization import normalize
from crawler.relevance.tables import Cues, GazetteerFile, Initiative, Names, Province, Topic, Words

PROVINCES = get_args(Province)

_STRENGTHS = {"weak": Strength.WEAK, "strong": Strength.STRONG}


@cache
def _cue(kind: EntryKind, name: str, weight: float) -> Cue:
    return Cue(kind, name, weight)


_JOINT = (_cue(EntryKind.PREDICATE, "joint action", 2.0),)
"""What strong words of cooperation and linking terms of topics say in a passage."""
_PARTIES = (_cue(EntryKind.PREDICATE, "parties", 0.75),)
"""What words that take up places (两地) say in a passage."""
_REJECTS = {"suspicious": Strength.WEAK, "certain": Strength.STRONG}
_SCRIPT_CHANGE = re.compile(r"(?<=[\u4e00-\u9fff])(?=[a-z0-9])|(?<=[a-z0-9])(?=[\u4e00-\u9fff])")


def spellings(files: Sequence[GazetteerFile]) -> dict[str, Entry]:
    """Return every spelling of the files in its normal form; one of several tables has the properties of all."""
    entries: dict[str, Entry] = {}
    for file in files:
        for spelling, entry in _entries(file):
            for variant in _variants(normalize(spelling)):
                known = entries.get(variant)
                entries[variant] = known.merged(entry) if known else entry
    for spelling, entry in _letters(files):
        entries.setdefault(spelling, entry)
    return entries


def _variants(spelling: str) -> Iterator[str]:
    """Yield the spelling with and without a space wherever Chinese meets letters or figures (g60 科创走廊)."""
    compact = re.sub(r"\s+", "", spelling) if _SCRIPT_CHANGE.search(re.sub(r"\s+", "", spelling)) else spelling
    parts = _SCRIPT_CHANGE.split(compact)
    for spaces in product(("", " "), repeat=len(parts) - 1):
        yield "".join(part + space for part, space in zip(parts, (*spaces, ""), strict=True))


def _entries(file: GazetteerFile) -> Iterator[tuple[str, Entry]]:
    yield from _initiatives(EntryKind.VEHICLE, file.vehicle)
    yield from _initiatives(EntryKind.DOCUMENT, file.document)
    yield from _initiatives(EntryKind.BODY, file.body)
    yield from _names(EntryKind.REGION, file.region)
    yield from _names(EntryKind.INTEGRATION, file.integration)
    yield from _words(EntryKind.OUTSIDE, file.outside)
    yield from _words(EntryKind.PEER, file.peer)
    yield from _words(EntryKind.TOGETHER, file.together, cues=_PARTIES)
    yield from _words(EntryKind.HOME, file.home)
    yield from _topics(file.topic)
    yield from _places(file)
    yield from _cues(EntryKind.PREDICATE, file.predicate)
    yield from _cues(EntryKind.WORK, file.work)
    yield from _cues(EntryKind.APART, file.apart)
    for cooperation in file.cooperation:
        for word in cooperation.words:
            strength = _STRENGTHS[cooperation.strength]
            cues = _JOINT if strength is Strength.STRONG else ()
            yield word, Entry(EntryKind.COOPERATION, word, link=strength, cues=cues)
    for friends in file.false_friend:
        for word in friends.words:
            yield word, Entry(EntryKind.FALSE_FRIEND, word)
    for routine in file.routine:
        for word in routine.words:
            yield word, Entry(EntryKind.ROUTINE, word, routine=routine.name)
    for reject in file.reject:
        strength = _REJECTS[reject.strength]
        for word in reject.words:
            yield word, Entry(EntryKind.REJECT, word, strength=strength)


def _names(kind: EntryKind, groups: Iterable[Names]) -> Iterator[tuple[str, Entry]]:
    for group in groups:
        for name in group.names:
            yield name, Entry(kind, group.names[0], provinces=frozenset(group.provinces))


def _words(kind: EntryKind, groups: Iterable[Words], *, cues: tuple[Cue, ...] = ()) -> Iterator[tuple[str, Entry]]:
    for group in groups:
        for word in group.words:
            yield word, Entry(kind, word, cues=cues)


def _cues(kind: EntryKind, groups: Iterable[Cues]) -> Iterator[tuple[str, Entry]]:
    for group in groups:
        entry = Entry(kind, group.name, cues=(_cue(kind, group.name, group.weight),))
        for word in group.words:
            yield word, entry


def structures(files: Sequence[GazetteerFile]) -> tuple[tuple[re.Pattern[str], Entry], ...]:
    """Return what cues are said by the make of a sentence, and not by one word."""
    tables = [
        (kind, table)
        for file in files
        for kind, tables in (
            (EntryKind.PREDICATE, file.predicate),
            (EntryKind.WORK, file.work),
            (EntryKind.APART, file.apart),
        )
        for table in tables
        if table.patterns
    ]
    return tuple(
        (re.compile(alternation(table.patterns)), Entry(kind, table.name, cues=(_cue(kind, table.name, table.weight),)))
        for kind, table in tables
    )


def _initiatives(kind: EntryKind, initiatives: Iterable[Initiative]) -> Iterator[tuple[str, Entry]]:
    for initiative in initiatives:
        entry = Entry(
            kind,
            initiative.name,
            strength=_STRENGTHS[initiative.strength],
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
            yield term, Entry(EntryKind.TOPIC, topic.name, topics=frozenset({topic.name}))
        for term in topic.linking:
            tags = frozenset({topic.name})
            yield term, Entry(EntryKind.TOPIC, topic.name, link=Strength.STRONG, topics=tags, cues=_JOINT)


def _places(file: GazetteerFile) -> Iterator[tuple[str, Entry]]:
    for province in file.province:
        provinces = frozenset({province.name})
        for name in (province.name, *province.aliases):
            yield name, Entry(EntryKind.PROVINCE, province.name, provinces=provinces)
        for city, counties in province.cities.items():
            for name in (city, *counties):
                yield name, Entry(EntryKind.CITY, city, provinces=provinces, cities=frozenset({city}))
        for city, names in province.ambiguous.items():
            for name in names:
                yield name, Entry(EntryKind.AMBIGUOUS, city, provinces=provinces, cities=frozenset({city}))
    for institution in file.institution:
        for name in institution.names:
            yield name, Entry(EntryKind.INSTITUTION, name, provinces=frozenset({institution.province}))
    for compound in file.compound:
        kind = EntryKind.CITY if compound.cities else EntryKind.PROVINCE
        yield (
            compound.name,
            Entry(kind, compound.name, provinces=frozenset(compound.provinces), cities=frozenset(compound.cities)),
        )


def _letters(files: Sequence[GazetteerFile]) -> Iterator[tuple[str, Entry]]:
    """Yield each province's letter, and every way to write two or more of them: 沪苏, 苏浙皖, 沪、苏、浙."""
    letters = {letter: province.name for file in files for province in file.province for letter in province.letters}
    for length in range(1, len(PROVINCES) + 1):
        for chosen in permutations(letters, length):
            provinces = frozenset(letters[letter] for letter in chosen)
            if len(provinces) < length:
                continue
            # A letter alone is a word's part as often as a province; all four together name the region itself.
            several = EntryKind.REGION if length == len(PROVINCES) else EntryKind.PROVINCE
            kind = EntryKind.LETTER if length == 1 else several
            for spelling in {separator.join(chosen) for separator in ("", "、", "-")}:
                yield spelling, Entry(kind, "".join(chosen), provinces=provinces)
