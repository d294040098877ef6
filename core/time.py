"""Times: the zone that people read them in, and the one grammar in which people type them.

Everything is stored in UTC and shown in Asia/Shanghai. `--since`, `--until`, `crawl --since` and the query's `date:`,
`since:` and `until:` all read the same forms. What is named belongs to it at both ends: `until 2026-11` takes in the
30th.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from core.clock import CLOCK
from core.errors import UsageError

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The zone that people of the delta read times in."""

FORMS = (
    "a year, month or day (2026, 2026-11, 2026-11-24, 20261124), a minute (2026-11-24T08:30), "
    "or an age (30min, 24h, 7d, 2w, 3mo)"
)
"""The forms that are understood, for a message."""

_AGE = re.compile(r"(\d{1,5})(min|h|d|w|mo|m)")
_SPANS = {
    "min": relativedelta(minutes=1),
    "h": relativedelta(hours=1),
    "d": relativedelta(days=1),
    "w": relativedelta(weeks=1),
    "mo": relativedelta(months=1),
}
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[Tt ](\d{1,2}):(\d{2}))?)?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True)
class Period:
    """A span of time: from its first second up to, and without, the first after it. Both ends are aware."""

    since: datetime | None = None
    """Inclusive."""
    until: datetime | None = None
    """Exclusive."""

    @property
    def is_backwards(self) -> bool:
        """Whether it ends before it starts, so that no time is in it."""
        return self.since is not None and self.until is not None and self.since >= self.until


def format_time(time: datetime | None, *, day_only: bool = False) -> str:
    """Write a time for a person: Asia/Shanghai, to the minute, or the day alone; empty where there is none."""
    if time is None:
        return ""
    return in_shanghai(time).strftime("%Y-%m-%d" if day_only else "%Y-%m-%d %H:%M")


def in_shanghai(time: datetime) -> datetime:
    """Return a time in Shanghai's zone; as it is where the calendar ends before (31 December 9999)."""
    try:
        return time.astimezone(SHANGHAI)
    except OverflowError:
        return time


def iso_second(time: datetime) -> str:
    """Return a time as JSON has it, in Shanghai's zone with its offset, to the second."""
    return in_shanghai(time).isoformat(timespec="seconds")


def parse_period(text: str, now: datetime | None = None) -> Period:
    """Return the period that `text` names, in UTC: a date is read in Asia/Shanghai, an age reaches from then until now.

    ValueError with the forms that are understood where it names none.
    """
    text = text.strip()
    if age := _AGE.fullmatch(text):
        return Period(since=_before(now or CLOCK.now(), int(age[1]), age[2]))
    found = _DATE.fullmatch(text) if not _COMPACT.fullmatch(text) else _COMPACT.fullmatch(text)
    try:
        return _calendar_period(found) if found else _minute_with_zone(text)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"there is no {text}: {error}" if found else str(error)) from error


def parse_range(text: str, now: datetime | None = None) -> Period:
    """Return the period of `a`, `a..b`, `a..` or `..b`; both ends belong to it. ValueError where it is none."""
    first, dots, last = text.partition("..")
    if not dots:
        return parse_period(text, now)
    if not first and not last:
        raise ValueError(f"{text} has neither a start nor an end")
    period = Period(parse_time(first, now) if first else None, parse_end(last, now) if last else None)
    if period.is_backwards:
        raise ValueError(f"{text} runs backwards: write the earlier first")
    return period


def parse_time(text: str, now: datetime | None = None) -> datetime:
    """Return the start of the period that `text` names, in UTC: what `since` means by it. ValueError."""
    since = parse_period(text, now).since
    assert since is not None  # a period that is typed has a start
    return since


def parse_end(text: str, now: datetime | None = None) -> datetime:
    """Return the end of the period that `text` names, in UTC and exclusive: what `until` means by it. ValueError.

    An age names a moment: `until 7d` ends then.
    """
    period = parse_period(text, now)
    end = period.until or period.since
    assert end is not None  # a period that is typed has a start
    return end


def period_of_options(since: str | None, until: str | None = None) -> Period:
    """Return the period of a command's --since and --until; UsageError names the option, the reason and the forms."""
    period = Period(_of_option("--since", since, parse_time), _of_option("--until", until, parse_end))
    if period.is_backwards:
        raise UsageError(f"--since {since} is after --until {until}: no time is both; exchange them")
    return period


def _of_option(name: str, text: str | None, parse: Callable[[str], datetime]) -> datetime | None:
    try:
        return None if text is None else parse(text)
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from error


def _before(now: datetime, count: int, unit: str) -> datetime:
    if unit == "m":
        raise ValueError(f"{count}m could be minutes or months: write {count}min or {count}mo")
    try:
        then: datetime = now - count * _SPANS[unit]
        return then.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{count}{unit} reaches back too far") from error


def _calendar_period(found: re.Match[str]) -> Period:
    year, month, day, hour, minute = ((*map(_number, found.groups()), None, None, None, None))[:5]
    start = datetime(year or 0, month or 1, day or 1, hour or 0, minute or 0, tzinfo=SHANGHAI)
    if minute is not None:
        end = start + timedelta(minutes=1)
    elif day is not None:
        end = start + timedelta(days=1)
    elif month is not None:
        end = start.replace(year=start.year + month // 12, month=month % 12 + 1)
    else:
        end = start.replace(year=start.year + 1)
    return Period(start.astimezone(UTC), end.astimezone(UTC))


def _minute_with_zone(text: str) -> Period:
    """Read a full ISO 8601 time, with seconds or an offset, as scripts have it."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no time; write {FORMS}") from None
    time = (time if time.tzinfo else time.replace(tzinfo=SHANGHAI)).astimezone(UTC)
    return Period(time, time + timedelta(seconds=1))


def _number(text: str | None) -> int | None:
    return int(text) if text else None
