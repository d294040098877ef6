"""Dates and times as Chinese and English pages write them: what a text says of a date, and the moment that this means.

A text is read into its pieces (year, month and day; part of the day and clock; 昨天; 3小时前). Pieces that stand side
by side are put together in whatever order they stand. Only what is written is known: `Written.date` takes a year from
elsewhere, and counts from the fetch, where it is told them. Where no zone is written it is Asia/Shanghai: checked for
jstv.com, whose addresses hold the epoch of the printed time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from archive.article import Precision
from crawler.extraction.date_pieces import ClockTime, Piece, pieces_in

SHANGHAI = ZoneInfo("Asia/Shanghai")
EARLIEST = datetime(1994, 1, 1, tzinfo=UTC)
"""Before that there was no web page in China."""

_BETWEEN = re.compile(
    r"[\s,./|·•、\[\]()【】]*(?:(?:(?:(?:星期|周|礼拜)|(?<=\())[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)[\s,|)]*)?"
    r"T?(?:(?<=\n)(?:发布|发表|发稿)?时间:?\s*)?(?:at\s+)?",
    re.IGNORECASE,
)
"""What may stand between two pieces of one date."""
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d))?(?!\d)"
)
_EPOCH = re.compile(r"(?<!\d)(1[0-9]{9})(\d{3})?(?!\d)")


@dataclass(frozen=True)
class Date:
    """One date in a text; `at` is midnight in Shanghai where only the day is known."""

    at: datetime
    precision: Precision
    start: int
    end: int


@dataclass(frozen=True)
class Written:
    """What one place of a text says of a date; what it does not say is None."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    clock: ClockTime | None = None
    days_ago: int | None = None
    """昨天 is one."""
    ago: timedelta | None = None
    """3小时前, 15分钟前."""
    unit: timedelta = timedelta()
    """To what `ago` is rounded."""

    @property
    def is_relative(self) -> bool:
        """Whether it is counted from the moment of layout."""
        return self.ago is not None or self.days_ago is not None

    @property
    def lacks_year(self) -> bool:
        """Whether it names month and day, and no year."""
        return self.year is None and self.month is not None and self.day is not None

    @property
    def has_day(self) -> bool:
        """Whether it tells a day, be it without its year or relative."""
        return self.is_relative or (self.month is not None and self.day is not None)

    def date(self, *, year: int | None = None, now: datetime | None = None) -> Date | None:
        """Return the date that it means: its own, that of the given year, or counted from `now` (aware).

        None where it names no day or an impossible one (2019-02-30, 740000天前), or what it needs is not given.
        """
        if self.is_relative:
            return self._counted(now) if now else None
        year = self.year if self.year is not None else year
        if year is None or self.month is None or self.day is None:
            return None
        try:
            midnight = datetime(year, self.month, self.day, tzinfo=SHANGHAI)
        except ValueError:
            return None
        return self._on(midnight)

    def _counted(self, now: datetime) -> Date | None:
        local = now.astimezone(SHANGHAI)
        if self.ago is not None:
            if self.ago > now - EARLIEST:
                return None
            if self.unit >= timedelta(days=1):
                return self._on((local - self.ago).replace(hour=0, minute=0, second=0, microsecond=0))
            return Date((local - self.ago).replace(microsecond=0), Precision.MINUTE, self.start, self.end)
        return self._on((local - timedelta(days=self.days_ago or 0)).replace(hour=0, minute=0, second=0, microsecond=0))

    def _on(self, midnight: datetime) -> Date:
        if self.clock is None:
            return Date(midnight, Precision.DAY, self.start, self.end)
        at = midnight + timedelta(days=self.clock.days, seconds=self.clock.seconds)
        if self.clock.offset is not None:
            at = at.replace(tzinfo=timezone(self.clock.offset))
        return Date(at, Precision.MINUTE, self.start, self.end)


@lru_cache(maxsize=1024)
def written_in(text: str) -> tuple[Written, ...]:
    """Return everything that a text says of dates, in its order: whole ones, and those that lack year, day or clock."""
    found: list[Written] = []
    run: list[Piece] = []
    text, pieces = pieces_in(text)
    for piece in pieces:
        if run and not _goes_on(text, run, piece):
            found.append(_together(run))
            run = []
        run.append(piece)
    if run:
        found.append(_together(run))
    return tuple(found)


def dates_in(text: str) -> Iterator[Date]:
    """Yield the dates of a text that name their year, in its order; an impossible one (2019-02-30) is passed over."""
    for written in written_in(text):
        if not written.is_relative and (date := written.date()):
            yield date


def compact_dates(text: str) -> Iterator[Date]:
    """Yield dates written as YYYYMMDD or YYYYMMDDHHMMSS."""
    for match in _COMPACT.finditer(text):
        part = {name: int(value) for name, value in match.groupdict().items() if value}
        try:
            at = datetime(**part, tzinfo=SHANGHAI)
        except ValueError:
            continue
        exact = (at.hour, at.minute, at.second) != (0, 0, 0)
        yield Date(at, Precision.MINUTE if exact else Precision.DAY, match.start(), match.end())


def epochs_in(text: str) -> Iterator[Date]:
    """Yield times written in seconds or milliseconds since 1970."""
    for match in _EPOCH.finditer(text):
        yield Date(datetime.fromtimestamp(int(match[1]), UTC), Precision.MINUTE, match.start(), match.end())


def day_of(moment: datetime) -> str:
    """Return the day of a moment in Shanghai, YYYY-MM-DD."""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d")


def _goes_on(text: str, run: list[Piece], piece: Piece) -> bool:
    """Tell whether a piece belongs to the date whose pieces stand before it: nothing twice, nothing in between."""
    if _BETWEEN.fullmatch(text, run[-1].end, piece.start) is None:
        return False
    told = frozenset().union(*(before.tells for before in run))
    if piece.tells == {"clock"} and run[0].tells == {"clock"} and len(run) > 1 and len(told) > 1:
        run.pop(0)  # 08:00 2025-07-01 09:31: the clock behind the day is its own
        return True
    return told.isdisjoint(piece.tells) and not (told | piece.tells >= {"day", "relative"})


def _together(run: list[Piece]) -> Written:
    values = {name: value for piece in run for name, value in piece.values.items()}
    return Written(start=run[0].start, end=run[-1].end, **values)
