"""Dates and times as Chinese and English pages write them, each with how exact it is; nothing is filled in.

Where no zone is written it is Asia/Shanghai: checked for jstv.com, whose addresses hold the epoch of the printed time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from archive.article import Precision

SHANGHAI = ZoneInfo("Asia/Shanghai")
EARLIEST = datetime(1994, 1, 1, tzinfo=UTC)
"""Before that there was no web page in China."""

_TIME = (
    r"(?:[T\s,，|]*(?:\(?(?:星期|周|礼拜)[一二三四五六日天]\)?\s*)?(?P<half>上午|下午|早上|晚上|中午|凌晨)?\s*"
    r"(?P<hour>[01]?\d|2[0-4])\s*[:：时点]\s*(?P<minute>[0-5]\d)(?:\s*[:：分]\s*(?P<second>[0-5]\d)(?:\.\d+)?)?"
    r"(?:\s*(?P<zone>Z|[+-]\d\d:?\d\d)(?!\d))?)?"
)
_NUMERIC = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d|\d\d(?=[-/.]\d\d[-/.]\d\d(?!\d*[-/.])))\s*(?:年|[-/.])\s*"
    r"(?P<month>1[0-2]|0?[1-9])\s*(?:月|[-/.])\s*(?P<day>3[01]|[12]\d|0?[1-9])(?!\d*[./]\d)(?!\d(?!\d?[:：]))\s*[日号]?"
    + _TIME
)
_NO_YEAR = re.compile(
    r"(?<![\d年./-])(?P<month>1[0-2]|0?[1-9])\s*(?:月|[-/])\s*(?P<day>3[01]|[12]\d|0?[1-9])(?![\d/.-])\s*[日号]?"
    + _TIME.removesuffix("?")
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d))?(?!\d)"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ENGLISH = re.compile(
    rf"\b(?:(?P<day1>[0-3]?\d)(?:st|nd|rd|th)?\s+)?(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?\s+(?:(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?,?\s+)?"
    r"(?P<year>(?:19|20)\d\d)(?:,?\s*(?:at\s+)?(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d)?\s*(?P<half>[ap]\.?m)?)?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"(?<!\d)(1[0-9]{9})(\d{3})?(?!\d)")


@dataclass(frozen=True)
class Date:
    """One date in a text; `at` is midnight in Shanghai where only the day is known."""

    at: datetime
    precision: Precision
    start: int
    end: int


def dates_in(text: str) -> Iterator[Date]:
    """Yield the dates of a text that name their year, in its order; an impossible one (2019-02-30) is passed over."""
    for pattern in (_NUMERIC, _ENGLISH):
        for match in pattern.finditer(text):
            if date := _date(match, match["year"]):
                yield date


def dates_without_year(text: str, year: int) -> Iterator[Date]:
    """Yield the times of a text that name month, day and minute but no year, read in the given one."""
    for match in _NO_YEAR.finditer(text):
        if match["hour"] and (date := _date(match, str(year))):
            yield date


def compact_dates(text: str) -> Iterator[Date]:
    """Yield dates written as YYYYMMDD or YYYYMMDDHHMMSS."""
    for match in _COMPACT.finditer(text):
        if date := _date(match, match["year"]):
            yield date


def epochs_in(text: str) -> Iterator[Date]:
    """Yield times written in seconds or milliseconds since 1970."""
    for match in _EPOCH.finditer(text):
        yield Date(datetime.fromtimestamp(int(match[1]), UTC), Precision.MINUTE, match.start(), match.end())


def day_of(moment: datetime) -> str:
    """Return the day of a moment in Shanghai, YYYY-MM-DD."""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d")


def _date(match: re.Match[str], year: str) -> Date | None:
    groups = match.groupdict()
    if name := groups.get("name"):
        month, day = _MONTHS.index(name.lower()[:3]) + 1, groups["day1"] or groups["day2"]
        if not day:
            return None
    else:
        month, day = int(groups["month"]), groups["day"]
    hour, minute = groups.get("hour"), groups.get("minute")
    second = groups.get("second") or "0"
    # 00:00 is what a system prints that knows the day alone
    exact = hour is not None and (int(hour) % 24, int(minute or 0), int(second)) != (0, 0, 0)
    try:
        at = datetime(
            int(year) if len(year) == 4 else 2000 + int(year),
            month,
            int(day),
            _hour(int(hour or 0), groups.get("half")) if exact else 0,
            int(minute or 0) if exact else 0,
            int(second) if exact else 0,
            tzinfo=_zone(groups.get("zone") if exact else None),
        )
    except ValueError:
        return None
    return Date(at, Precision.MINUTE if exact else Precision.DAY, match.start(), match.end())


def _hour(hour: int, half: str | None) -> int:
    half = (half or "").lower().replace(".", "")
    if half in {"下午", "晚上", "pm"} and hour < 12:
        return hour + 12
    if half in {"凌晨", "am"} and hour == 12:
        return 0
    return hour


def _zone(zone: str | None) -> timezone | ZoneInfo:
    if not zone:
        return SHANGHAI
    if zone == "Z":
        return UTC
    sign = -1 if zone[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])))
