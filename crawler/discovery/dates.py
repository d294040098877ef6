"""Dates of lists and feeds: many forms in, an aware datetime out.

Without a zone a Chinese site means Beijing time; so it does with one that names no certain offset (CST is China's).
"""

import re
import unicodedata
from datetime import UTC, datetime, timedelta

from archive.article import Precision
from core.time import SHANGHAI
from crawler.extraction.dates import dates_in
from text.numerals import number

_ZONE = r"(?:\.\d+)?\s*(?P<zone>(?:GMT|UTC)(?:[+-]\d{1,2}(?::?\d\d)?)?|Z|[+-]\d\d:?\d\d)?"
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

_SERIALIZED = re.compile(r"(?:\\?/)?Date\((?P<milliseconds>-?\d{1,15})(?:[+-]\d{4})?\)(?:\\?/)?")
"""`/Date(1795133700000+0800)/`, what .NET makes of a date; the offset is for showing it alone."""
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    rf"(?P<month>(?:{'|'.join(_MONTHS)})[a-z]*\.?|1[0-2]\s*月?|0?[1-9]\s*月?|十?[一二]\s*月|[三四五六七八九十]\s*月)"
)
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
_OFFSET = r"(?P<zone>(?:GMT|UTC?|Z)?\s*[+-]\s*\d{1,2}:?(?:\d\d)?(?!\d)|[A-Za-z]{1,5}\b)?"
_MAIL = re.compile(
    rf"(?:[^\d,，]{{1,9}}[,，]?\s*)?(?P<day>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?[\s-]+{_MONTH}[\s,-]+(?P<year>\d{{4}})(?:[\s,]+{_CLOCK}\s*{_OFFSET})?",
    re.IGNORECASE,
)
"""`Mon, 05 Jan 2026 08:00:00 +0800`, the form of RSS; `星期一, 05 一月 2026 08:00:00 CST` of a Chinese program."""
_PROGRAM = re.compile(
    rf"(?:[^\d\s]{{2,9}},?\s+)?{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?:(?P<year1>\d{{4}})\s+)?{_CLOCK}\s*{_OFFSET}(?:\s*(?P<year2>\d{{4}}))?",
    re.IGNORECASE,
)
"""`Mon Jan 05 08:00:00 CST 2026` as Java prints it, `Mon Jan 05 2026 08:00:00 GMT+0800` as JavaScript does."""
_CERTAIN_ZONES = {"z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "pst": -8, "pdt": -7}

_WORD = re.compile(r"\w")
_GOES_ON = re.compile(r"[\w，,。、]")
_LABEL_ENDS = frozenset("于间期布新表")
"""How 发布于, 时间, 日期, 发布, 更新 and 发表 end, which name a date."""

_HALF_AND_CLOCK = 16
"""Characters behind a day within which its clock stands."""
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
    text = value.strip() if value.isascii() else unicodedata.normalize("NFKC", value).strip()
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return _from_epoch(int(text))
    if serialized := _SERIALIZED.fullmatch(text):
        return _from_epoch(int(serialized["milliseconds"]))
    written = _WRITTEN.match(text) or _COMPACT.match(text)
    return _from_match(written) if written else _from_mail_form(text)


def date_in(text: str) -> datetime | None:
    """Return the first date written with its year and separators in a running text, or None."""
    for match in _WRITTEN.finditer(text):
        if found := _from_match(match):
            return found
    return None


def date_apart_in(text: str) -> datetime | None:
    """Return the first date written with its year that stands apart from the words around it, or None.

    `记者 2026-11-28 10:00`, `发布于2026年11月28日`; not `2019年5月13日启动` nor `2019年5月13日，`, which go on.
    """
    for match in _WRITTEN.finditer(text):
        before = text[match.start() - 1 : match.start()]
        is_apart = not _WORD.match(before) or before in _LABEL_ENDS
        end = match.start() + len(match[0].rstrip())
        if is_apart and not _GOES_ON.match(text, end) and (found := _from_match(match)):
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
    offset = _offset(part["zone"] or "")
    if offset is None and part["hour"] is None:
        parsed = _with_part_of_day(match) or parsed
    return _plausible(parsed, offset)


def _with_part_of_day(match: re.Match[str]) -> datetime | None:
    """Return the time of a day whose clock names its half: 2026年11月25日 下午3:05."""
    date = next(dates_in(match.string[match.start() : match.end() + _HALF_AND_CLOCK]), None)
    return date.at if date and date.precision is Precision.MINUTE else None


def _from_epoch(value: float) -> datetime | None:
    if not 0 < value < 1e15:
        return None
    seconds = value / 1000 if value > 1e11 else value
    return datetime.fromtimestamp(seconds, tz=UTC) if _FIRST.timestamp() <= seconds < _LAST.timestamp() else None


def _from_mail_form(text: str) -> datetime | None:
    """Read the forms of RSS and of programs: day, month by its name, year, clock, zone."""
    match = _MAIL.match(text) or _PROGRAM.match(text)
    if match is None:
        return None
    part = match.groupdict()
    month = part["month"].lower()
    named = month[:3] in _MONTHS
    try:
        parsed = datetime(
            int(part.get("year") or part.get("year1") or part.get("year2") or 0),
            _MONTHS.index(month[:3]) + 1 if named else number(month.strip(" 月")) or 0,
            int(part["day"]),
            int(part["hour"] or 0),
            int(part["minute"] or 0),
            int(part["second"] or 0),
            tzinfo=SHANGHAI,
        )
    except ValueError:
        return None
    return _plausible(parsed, _offset(part["zone"] or ""))


def _offset(zone: str) -> timedelta | None:
    """Return how far east of Greenwich a zone is; None where it names no certain offset."""
    zone = zone.strip().lower()
    if written := re.search(r"(?P<sign>[+-])\s*(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?$", zone):
        east = timedelta(hours=int(written["hours"]), minutes=int(written["minutes"] or 0))
        return -east if written["sign"] == "-" else east
    hours = _CERTAIN_ZONES.get(zone)
    return None if hours is None else timedelta(hours=hours)


def _plausible(parsed: datetime, offset: timedelta | None) -> datetime | None:
    """Return the moment of a time in Shanghai, or so far east of Greenwich; None beyond what a list may date."""
    if not _FIRST.year - 1 <= parsed.year <= _LAST.year:
        return None  # at either end of the calendar there is no moment to count
    moment = parsed.astimezone(UTC) if offset is None else parsed.replace(tzinfo=UTC) - offset
    return moment if _FIRST <= moment < _LAST else None
