"""The gazetteer in force: every spelling with what it stands for, compiled once, never changed."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from types import MappingProxyType

import ahocorasick
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from core.errors import SettingsError, system_reason
from core.mistakes import plain_mistake
from crawler.relevance.denials import Denials
from crawler.relevance.entry import Entry, Match
from crawler.relevance.solicitation import CompiledSign, CompiledSigns
from crawler.relevance.spellings import spellings, structures
from crawler.relevance.tables import GazetteerFile, Signs

BUNDLED = Path(__file__).parent / "gazetteer"
"""Folder of the files that come with DeltaNews."""

_new = tuple.__new__
"""Builds a match without the call that a named tuple's own constructor costs; there are hundreds in each text."""

_NUMBER = "[\\d一二三四五六七八九十百千万两〇零半.]+"
"""What N stands for in the patterns of signs."""

_REACH = 12
"""Characters before a name that its context is looked for in."""


class GazetteerError(SettingsError):
    """A gazetteer file is wrong; the message names the file, the key and the reason."""


@dataclass(frozen=True, slots=True)
class Contexts:
    """What stands around a name that is only a location, a market or a slogan there."""

    before: re.Pattern[str]
    after: re.Pattern[str]

    def hold(self, text: str, start: int, end: int) -> bool:
        """Tell whether the name at start:end stands in one of them."""
        return bool(self.after.match(text, end) or self.before.search(text, max(0, start - _REACH), start))


@dataclass(frozen=True)
class Gazetteer:
    """Spellings, contexts and topics that decide what an article has to do with the delta."""

    entries: tuple[tuple[str, Entry], ...]
    contexts: Mapping[tuple[bool, bool], Contexts]
    """By whether the name stands in a title, and whether it is an initiative's."""
    denials: Denials
    structures: tuple[tuple[re.Pattern[str], Entry], ...]
    """What cues are said by the make of a sentence."""
    kinds_by_title: tuple[tuple[re.Pattern[str], str], ...]
    """Titles that say by themselves of which routine kind a text is."""
    bars: Mapping[str, float]
    """By the kind of text, the weight that a passage must have there: more in lawsuits and books, most in games."""
    topics: tuple[str, ...]
    signs: CompiledSigns
    """What advertisements and reports do."""
    _automaton: ahocorasick.Automaton = field(repr=False, compare=False)

    def find(self, text: str) -> list[Match]:
        """Return the spellings in a text that `normal` has made plain: leftmost, then longest, none overlapping."""
        # The library's own iter_long() loses matches after a long prefix that fails, so the choice is made here.
        # Matches come by their ends: a new one replaces those within it, and gives way to one it overlaps on the left.
        chosen: list[tuple[int, int, Entry]] = []
        free = 0
        for last, (length, entry) in self._automaton.iter(text):
            start = last + 1 - length
            if start < free:
                within = len(chosen) - 1
                while within and chosen[within - 1][0] >= start:
                    within -= 1
                if chosen[within][0] < start or (within and chosen[within - 1][1] > start):
                    continue
                del chosen[within:]
            free = last + 1
            chosen.append((start, free, entry))
        return [_new(Match, found) for found in chosen]


def load_gazetteer(extra: Sequence[Path] = ()) -> Gazetteer:
    """Read the bundled files and those of the user, which add to them.

    Raises GazetteerError, which names file, key and reason, where a file cannot be read or says something unknown.
    """
    paths = [*sorted(BUNDLED.glob("*.toml")), *extra]
    return _compiled([_read(path) for path in paths])


def _read(path: Path) -> GazetteerFile:
    try:
        return GazetteerFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GazetteerError(f"{path}: {system_reason(error)}") from error
    except ValidationError as error:
        raise GazetteerError("; ".join(_explained(path, problem) for problem in error.errors())) from error


def _explained(path: Path, problem: ErrorDetails) -> str:
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in problem["loc"]).lstrip(".")
    known = "; docs/relevance.md lists the tables and their keys" if problem["type"] == "extra_forbidden" else ""
    return f"{path}: {key}: {plain_mistake(problem)}{known}"


def _compiled(files: Sequence[GazetteerFile]) -> Gazetteer:
    entries = spellings(files)
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
        denials=Denials.compiled([denial for file in files for denial in file.denial]),
        structures=structures(files),
        kinds_by_title=tuple(
            (re.compile("|".join(routine.titles)), routine.name)
            for file in files
            for routine in file.routine
            if routine.titles
        ),
        bars=MappingProxyType({routine.name: routine.bar for file in files for routine in file.routine if routine.bar}),
        topics=tuple(dict.fromkeys(topic.name for file in files for topic in file.topic)),
        signs=CompiledSigns(
            _signs(table for file in files for table in file.solicitation),
            _signs(table for file in files for table in file.report),
        ),
        _automaton=automaton,
    )


def _signs(tables: Iterable[Signs]) -> tuple[CompiledSign, ...]:
    """Return one sign for each name: a user's patterns add to ours."""
    named: defaultdict[str, list[Signs]] = defaultdict(list)
    for table in tables:
        named[table.name].append(table)
    return tuple(
        CompiledSign(
            name,
            re.compile("|".join(pattern for table in same for pattern in table.patterns).replace("N", _NUMBER)),
            offers=any(table.offers for table in same),
        )
        for name, same in named.items()
    )


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
