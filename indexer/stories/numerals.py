"""Figures: the dates, ordinals and numbers of a text, each in its slot, to tell a form filled in anew from a copy.

A weather report, a traffic notice, an epidemic or a stock bulletin and a programme guide are forms: yesterday's and
today's differ in nothing but their figures. A slot is what stands around a figure. Where two texts share the slot and
not the figure, the form was filled in anew; a copy, however much it cuts or adds, leaves the figures in their slots.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

REACH = 4
"""Characters on each side that make a slot: enough to be a place of its own, few enough to survive an edit nearby."""

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
    re.VERBOSE | re.MULTILINE,
)

Figure = tuple[bool, str]
"""Whether it says a day or a place in a series (another one is another report), and its value."""

Slots = Mapping[str, tuple[Figure, ...]]
"""Slot (the characters on both sides, other figures blotted out) to the figures that stand in it."""

_BLOT = "\0"
_NOT_TEXT = re.compile(r"[^\w\0\n]+|_+")
_DAY = re.compile(r"^\d{2,4}年(?=\d)|[号日]$")


def slots(text: str) -> Slots:
    """Return the figures of a readable text in their slots; none reaches over the end of its line."""
    figures: list[Figure] = []

    def blot_out(match: re.Match[str]) -> str:
        figures.append(_figure(match))
        return _BLOT

    blotted = _NOT_TEXT.sub("", _FIGURE.sub(blot_out, text.replace(_BLOT, "")))
    framed = "^" + blotted.replace("\n", "$\n^") + "$"
    shown = framed.replace(_BLOT, "#")
    found: defaultdict[str, list[Figure]] = defaultdict(list)
    place = -1
    for figure in figures:
        place = framed.index(_BLOT, place + 1)
        before = shown[max(0, place - REACH) : place].rpartition("\n")[2]
        after = shown[place + 1 : place + 1 + REACH].partition("\n")[0]
        found[f"{before}#{after}"].append(figure)
    return {slot: tuple(inside) for slot, inside in found.items()}


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
        mine, yours = ours[slot], theirs[slot]
        if mine == yours:  # almost always
            counts.update((day, True) for day, _ in mine)
            continue
        for day in (True, False):
            my_values = Counter(value for says_day, value in mine if says_day is day)
            your_values = Counter(value for says_day, value in yours if says_day is day)
            same = (my_values & your_values).total()
            counts[day, True] += same
            counts[day, False] += min(my_values.total(), your_values.total()) - same
    return Agreement(counts[True, True], counts[True, False], counts[False, True], counts[False, False])


def _figure(match: re.Match[str]) -> Figure:
    """Return a figure so that two ways to write it are equal: no comma of thousands, no year before a month."""
    value = match.group().replace(",", "")
    if match.lastgroup == "date":
        value = _DAY.sub("", value)
    return match.lastgroup != "number", value
