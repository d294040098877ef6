"""Dates of lists and feeds: many forms in, an aware datetime out. Without a zone a Chinese site means Beijing time."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from core.time import SHANGHAI

_ZONE = r"(?:\.\d+)?\s*(?P<zone>Z|[+-]\d\d:?\d\d)?"
_WRITTEN = re.compile(
    r"(?<!\d)(?P<year>20\d\d|19\d\d)\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})(?!\d{3})\s*日?"
    rf"(?:[T\s]*(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::(?P<second>\d\d))?{_ZONE})?"
)
"""`2020年11月30日 18:59:33`, `2022年08月14日09:00`, `2023/10/24 21:31`, ISO 8601."""
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>20\d\d|19\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    rf"(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?{_ZONE})?(?!\d)"
)
"""`20261004`, `20261004123456`."""

_FIRST, _LAST = datetime(1995, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def parse_date(value: object) -> datetime | None:
    """Return the time that a value of JSON, a feed or a sitemap names; None where it names none for certain.

    Numbers are seconds or milliseconds since 1970, distinguished by their size. A day alone is its first
    minute in Shanghai. A date without a year is not completed.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _from_epoch(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return _from_epoch(int(text))
    written = _WRITTEN.match(text) or _COMPACT.match(text)
    return _from_match(written) if written else _from_mail_form(text)


def date_in(text: str) -> datetime | None:
    """Return the first date written with its year and separators in a running text, or None."""
    for match in _WRITTEN.finditer(text):
        if found := _from_match(match):
            return found
    return None


def _from_match(match: re.Match[str]) -> datetime | None:
    part = match.groupdict()
    try:
        parsed = datetime(
            int(part["year"]),
            int(part["month"]),
            int(part["day"]),
            int(part["hour"] or 0),
            int(part["minute"] or 0),
            int(part["second"] or 0),
            tzinfo=SHANGHAI,
        )
    except ValueError:
        return None
    if zone := part["zone"]:
        digits = re.sub(r"\D", "", zone) or "0000"
        east = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        parsed = parsed.replace(tzinfo=UTC) + (east if zone.startswith("-") else -east)
    return _plausible(parsed)


def _from_epoch(value: float) -> datetime | None:
    if not 0 < value < 1e15:
        return None
    return _plausible(datetime.fromtimestamp(value / 1000 if value > 1e11 else value, tz=UTC))


def _from_mail_form(text: str) -> datetime | None:
    """Read `Mon, 05 Jan 2026 08:00:00 +0800`, the form of RSS."""
    try:
        parsed = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return _plausible(parsed if parsed.tzinfo else parsed.replace(tzinfo=SHANGHAI))


def _plausible(parsed: datetime) -> datetime | None:
    parsed = parsed.astimezone(UTC)
    return parsed if _FIRST <= parsed < _LAST else None
