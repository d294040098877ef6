"""Figures: the dates, ordinals and numbers of a text, each in its slot, to tell a form filled in anew from a copy.

A weather report, a traffic notice, an epidemic or a stock bulletin and a programme guide are forms: yesterday's and
today's differ in nothing but their figures. A slot is what stands around a figure. Where two texts share the slot and
not the figure, the form was filled in anew; a copy, however much it cuts or adds, leaves the figures in their slots.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from indexer.stories.plain_text import plain

REACH = 4
"""Characters on each side that make a slot: enough to be a place of its own, few enough to survive an edit nearby."""


class Kind(StrEnum):
    """What a figure says; a different day or a different number in a series is a different report."""

    DATE = "date"
    ORDINAL = "ordinal"
    NUMBER = "number"


_HAN_DIGIT = "〇零一二三四五六七八九十百千万亿两"
_FIGURE = re.compile(
    rf"""
    (?=[\d第周星{_HAN_DIGIT}])  # most characters begin no figure
    (?:
    (?P<date>
        \d{{4}}[./-]\d{{1,2}}[./-]\d{{1,2}}
      | (?:\d{{2,4}}年)?\d{{1,2}}月(?:\d{{1,2}}[日号]?)?
      | \d{{1,2}}[日号](?![线楼院])
      | [一二三四五六七八九十]{{1,2}}月[一二三四五六七八九十]{{1,3}}[日号]
      | (?:星期|周)[一二三四五六日天]
    )
  | (?P<ordinal>
        第(?:\d+|[{_HAN_DIGIT}]+)
      | (?<=[(之])(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})(?=[):])
      | (?<=之)[一二三四五六七八九十]{{1,3}}$
    )
  | (?P<number>
        \d+(?:[.,:]\d+)*
      | [{_HAN_DIGIT}]{{2,}}
    )
    )
    """,
    re.VERBOSE,
)

Slots = Mapping[str, tuple[tuple[Kind, str], ...]]
"""Slot (the characters on both sides, other figures blotted out) to the figures that stand in it."""


def slots(*texts: str) -> Slots:
    """Return the figures of readable texts (a title, a body) in their slots."""
    found: defaultdict[str, list[tuple[Kind, str]]] = defaultdict(list)
    for text in texts:
        blotted: list[str] = ["^"]
        places: list[tuple[int, Kind, str]] = []
        length, end = 1, 0
        for match in _FIGURE.finditer(text):
            between = plain(text[end : match.start()])
            blotted += (between, "#")
            places.append((length + len(between), Kind(match.lastgroup or ""), _value(match)))
            length += len(between) + 1
            end = match.end()
        blotted += (plain(text[end:]), "$")
        line = "".join(blotted)
        for place, kind, value in places:
            found[f"{line[max(0, place - REACH) : place]}#{line[place + 1 : place + 1 + REACH]}"].append((kind, value))
    return {slot: tuple(figures) for slot, figures in found.items()}


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the figures of two texts compare, in the slots that both have."""

    same_days: int = 0
    """Dates, and numbers in a series, that stand in the same slot in both."""
    other_days: int = 0
    """Slots that hold a different date, or a different number in a series."""
    same_numbers: int = 0
    """Other numbers that stand in the same slot in both."""
    other_numbers: int = 0
    """Slots that hold a different number."""

    @property
    def others(self) -> int:
        """Slots that hold a different figure."""
        return self.other_days + self.other_numbers

    @property
    def filled_in_anew(self) -> bool:
        """Whether the two are one form with other figures: different reports, however alike they read.

        One figure may be corrected. Of two or more, dates weigh alone, numbers against those that are alike.
        """
        if self.others < 2:
            return False
        return self.other_days > self.same_days or self.others * 2 > self.same_days + self.same_numbers

    @property
    def tell_a_notice_from_another(self) -> bool:
        """Whether two short texts are different notices: another day, unless as many are alike, or any two figures."""
        return self.other_days > self.same_days or self.others >= 2


def agreement(ours: Slots, theirs: Slots) -> Agreement:
    """Compare the figures of two texts, slot by slot."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for slot in ours.keys() & theirs.keys():
        for dated in (True, False):
            mine = Counter(value for kind, value in ours[slot] if (kind is not Kind.NUMBER) is dated)
            yours = Counter(value for kind, value in theirs[slot] if (kind is not Kind.NUMBER) is dated)
            same = (mine & yours).total()
            counts[dated, True] += same
            counts[dated, False] += min(mine.total(), yours.total()) - same
    return Agreement(counts[True, True], counts[True, False], counts[False, True], counts[False, False])


def _value(match: re.Match[str]) -> str:
    """Return a figure so that two ways to write it are equal: no comma of thousands, no year before a month."""
    value = match.group().replace(",", "")
    return re.sub(r"^\d{2,4}年(?=\d)|号$|日$", "", value) if match.lastgroup == Kind.DATE else value
