"""Moments as a user writes them (`7d`, `24h`, `2026-11`, `2026-11-01`), read in Asia/Shanghai."""

import re
from datetime import UTC, datetime, timedelta

from core.time import SHANGHAI
from indexer.search.query.model import Period

_AGE = re.compile(r"(\d{1,5})([hdw])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[Tt ](\d{1,2}):(\d{2}))?)?)?")
FORMS = "a year, month or day (2026, 2026-11, 2026-11-24), a minute (2026-11-24T08:30) or an age (24h, 7d, 2w)"


def parse_period(text: str, now: datetime) -> Period:
    """Return the period that `text` names: from its first second to the first after it; an age reaches until now.

    ValueError with a reason where it is none.
    """
    if age := _AGE.fullmatch(text):
        try:
            return Period(since=(now - int(age[1]) * _UNITS[age[2]]).astimezone(UTC))
        except OverflowError as error:
            raise ValueError(f"{text} reaches back too far") from error
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no moment; write {FORMS}")
    year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
    try:
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
    except (ValueError, OverflowError) as error:
        raise ValueError(f"there is no {text}: {error}") from error


def parse_range(text: str, now: datetime) -> Period:
    """Return the period of `a`, `a..b`, `a..` or `..b`; both ends belong to it. ValueError where it is none."""
    first, dots, last = text.partition("..")
    if not dots:
        return parse_period(text, now)
    if not first and not last:
        raise ValueError(f"{text} has neither a start nor an end")
    return Period(
        since=parse_period(first, now).since if first else None,
        until=parse_period(last, now).until if last else None,
    )
