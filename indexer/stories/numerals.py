"""Numerals: the figures of a text, in whatever way they are written, and the text with every figure blotted out.

A weather report, a traffic notice, a listed company's announcement follow a template: yesterday's and today's differ in
nothing but their figures and names. And a desk that takes a report over writes 12 as 十二, or corrects it. So texts are
compared with their figures blotted out (the *skeleton*), and the figures apart, each in its *slot*: by the characters
on both sides.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

BEFORE, AFTER = 3, 2
"""Characters on both sides that make a slot: enough to be a place of its own, few enough to survive an edit nearby."""

NEAR_WHOLE, NEAR, NEAR_SHARE = 3, 1, 0.05
"""How far a figure is from one nearby: whole ones, others, and what share of the greater it may be instead."""

BLOT = "0"
"""Stands for a figure in a skeleton, which has no other digits."""

_DIGIT = "0-9〇零一二三四五六七八九十百千万亿两"
FIGURE = rf"((?:百分之)?[{_DIGIT}]+(?:[.:点][{_DIGIT}]+|,[0-9]{{3}}(?![0-9]))*)"
"""Pattern of a figure in a readable text, in whatever way it is written; one group."""

_FIGURE = re.compile(FIGURE)

_BRACKETED = re.compile(rf"\(([{_DIGIT}]{{1,3}})\)")

Figures = Mapping[str, tuple[str, ...]]
"""Slot (the characters on both sides, other figures blotted out) to the figures that stand in it."""


class Slots(NamedTuple):
    """The figures of a text, each in its slot."""

    days: Figures
    """Days (3月5日, 周五) and places in a series (第12集, 之三): another one is another report."""
    numbers: Figures
    """All others."""


def in_series(readable_title: str) -> str:
    """Return a title whose number in brackets (三) reads as the number in a series that it is."""
    return _BRACKETED.sub(r"第\1", readable_title)


def blotted(readable_text: str) -> tuple[str, list[str]]:
    """Return the text with each figure made one `BLOT`, and the values of the figures in the order of the text."""
    parts = _FIGURE.split(readable_text)
    return BLOT.join(parts[::2]), [value(found) for found in parts[1::2]]


def slots(skeleton: str, values: list[str]) -> Slots:
    """Return the figures of a skeleton (`blotted`, without punctuation) in their slots."""
    found: tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]] = ({}, {})
    place = -1
    for one in values:
        place = skeleton.index(BLOT, place + 1)
        before, after = skeleton[max(0, place - BEFORE) : place], skeleton[place + 1 : place + 1 + AFTER]
        kind = found[0 if _says_day(before, after) else 1]
        slot = f"{before}#{after}"
        kind[slot] = (*kind.get(slot, ()), one)
    return Slots(*found)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the figures of two texts compare, in the slots that both have."""

    same_days: int = 0
    """Days, and numbers in a series, that stand in the same slot in both."""
    other_days: int = 0
    """Slots that hold a different day, or a different number in a series."""
    same_numbers: int = 0
    """Other numbers that stand in the same slot in both."""
    other_numbers: int = 0
    """Slots that hold a different number."""
    near_numbers: int = 0
    """Those of them that hold one nearby, as a correction is."""


def agreement(ours: Slots, theirs: Slots) -> Agreement:
    """Compare the figures of two texts, slot by slot."""
    same_days, other_days, _ = _agreement(ours.days, theirs.days)
    return Agreement(same_days, other_days, *_agreement(ours.numbers, theirs.numbers))


def _agreement(ours: Figures, theirs: Figures) -> tuple[int, int, int]:
    """Return how many figures are the same, how many are others and how many of these are nearby, in common slots."""
    same = other = near = 0
    for slot, mine in ours.items():
        yours = theirs.get(slot)
        if yours is None:
            continue
        if mine == yours:
            same += len(mine)
            continue
        alike = (Counter(mine) & Counter(yours)).total() if len(mine) > 1 or len(yours) > 1 else 0
        same += alike
        other += min(len(mine), len(yours)) - alike
        if len(mine) == len(yours):
            near += sum(one != another and _is_near(one, another) for one, another in zip(mine, yours, strict=True))
    return same, other, near


def _is_near(mine: str, yours: str) -> bool:
    try:
        one, other = float(mine), float(yours)
    except ValueError:  # 9:30, 3.5.1
        return False
    step = NEAR_WHOLE if one.is_integer() and other.is_integer() else NEAR
    return abs(one - other) <= max(step, NEAR_SHARE * max(one, other))


def _says_day(before: str, after: str) -> bool:
    return after[:1] in _AFTER_A_DAY or before.endswith(_BEFORE_A_DAY) or (after[:1] == "号" and before[-1:] == "月")


_AFTER_A_DAY = frozenset("日期")
_BEFORE_A_DAY = ("第", "周", "星期", "之")


@lru_cache(2**16)
def value(figure: str) -> str:
    """Return a figure's value, the same in whatever way it is written: `12` for 12, 十二 and 百分之十二."""
    written = figure.removeprefix("百分之").replace(",", "")
    if written.isascii():
        whole, point, decimals = written.partition(".")
        if ":" in written or "." in decimals:
            return written
        whole, decimals = whole.lstrip("0") or "0", decimals.rstrip("0")
        return f"{whole}.{decimals}" if point and decimals else whole
    if ":" in written:
        return written
    unit = 1
    if "." in written or "点" in written:  # 3.6亿, 三点六亿
        bare = written.rstrip("百千万亿")
        for name in written[len(bare) :]:
            unit *= _UNITS[name]
        whole, _, decimals = bare.replace("点", ".").partition(".")
        digits = "".join(_DIGITS.get(digit, digit) for digit in decimals)
        if not digits.isascii() or not digits.isdigit():
            return written
        scaled = _whole(whole) * unit * 10 ** len(digits) + int(digits) * unit
        return value(f"{scaled // 10 ** len(digits)}.{scaled % 10 ** len(digits):0{len(digits)}}")
    return str(_whole(written))


_DIGITS = {character: str(number) for number, character in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_PART = re.compile(r"([0-9〇零一二三四五六七八九两]*)([十百千万亿]?)")


def _whole(written: str) -> int:
    """Return the value of a whole number: 3亿6000万, 一百零五, 二〇二六, 三十."""
    total = section = 0
    for digits, unit in _PART.findall(written):
        number = int("".join(_DIGITS.get(digit, digit) for digit in digits) or 0)
        factor = _UNITS.get(unit, 1)
        if factor >= 10**4:
            section += number
            total = total + section * factor if section or not total else total * factor  # 万亿 multiplies
            total, section = total or factor, 0
        else:
            section += (number if digits.strip("零〇") or not unit else 1) * factor
    return total + section
