"""Histogram: stories a day as bars, each with the address that narrows the search to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

MOST_BARS = 62
WIDTH, HEIGHT = 1000, 72
"""Of the drawing, in its own units; the page stretches it."""
_GAP = 0.12
"""Share of a bar's place that stays empty."""
_LEAST = 3
"""Height of the smallest bar that is not nothing."""


@dataclass(frozen=True)
class Bar:
    """One day, week, month or year with its stories."""

    since: str
    """First day, as 2026-11-24."""
    until: str
    """Last day."""
    label: str
    stories: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Histogram:
    """Bars from the first day with a story to the last, none left out."""

    unit: str
    """日, 周, 月 or 年."""
    bars: tuple[Bar, ...]

    @property
    def first(self) -> str:
        """The first day."""
        return self.bars[0].since

    @property
    def last(self) -> str:
        """The last day."""
        return self.bars[-1].until

    @property
    def most(self) -> int:
        """Stories of the highest bar."""
        return max(bar.stories for bar in self.bars)


_UNITS: tuple[tuple[str, relativedelta, Callable[[date], date]], ...] = (
    ("日", relativedelta(days=1), lambda day: day),
    ("周", relativedelta(weeks=1), lambda day: day - timedelta(days=day.weekday())),
    ("月", relativedelta(months=1), lambda day: day.replace(day=1)),
    ("年", relativedelta(years=1), lambda day: day.replace(month=1, day=1)),
)


def histogram(days: Mapping[str, int]) -> Histogram | None:
    """Return the bars of counts by day, in the finest unit that makes no more than `MOST_BARS`; None for no day."""
    if not days:
        return None
    counts = {date.fromisoformat(day): count for day, count in days.items()}
    first, last = min(counts), max(counts)
    for unit, step, start_of in _UNITS:
        starts = _starts(start_of(first), last, step, most=10_000 if unit == "年" else MOST_BARS)
        if starts is None:
            continue
        sums = dict.fromkeys(starts, 0)
        for day, count in counts.items():
            sums[start_of(day)] += count
        return Histogram(unit, _bars(sums, step, unit))
    raise AssertionError("ten thousand years are enough")


def _starts(first: date, last: date, step: relativedelta, *, most: int) -> list[date] | None:
    starts = [first]
    while starts[-1] + step <= last:
        starts.append(starts[-1] + step)
        if len(starts) > most:
            return None
    return starts


def _bars(sums: Mapping[date, int], step: relativedelta, unit: str) -> tuple[Bar, ...]:
    most, place = max(sums.values()), WIDTH / max(len(sums), 12)
    bars = []
    for number, (start, count) in enumerate(sums.items()):
        height = max(_LEAST, round(HEIGHT * count / most, 1)) if count else 0
        last = start + step - timedelta(days=1)
        bars.append(
            Bar(
                start.isoformat(),
                last.isoformat(),
                _label(start, last, unit),
                count,
                *(round(place * (number + _GAP / 2), 2), round(HEIGHT - height, 1)),
                *(round(place * (1 - _GAP), 2), height),
            )
        )
    return tuple(bars)


def _label(start: date, last: date, unit: str) -> str:
    match unit:
        case "日":
            return f"{start.year}年{start.month}月{start.day}日"
        case "周":
            return f"{start.year}年{start.month}月{start.day}日至{last.month}月{last.day}日"
        case "月":
            return f"{start.year}年{start.month}月"
        case _:
            return f"{start.year}年"
