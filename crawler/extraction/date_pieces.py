"""The pieces of which dates are written: day, month and day, year, clock with its part of the day, relative words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from text.numerals import number

_PLAIN = str.maketrans("０１２３４５６７８９：／－．，｜（）［］　Ｏ—–", "0123456789:/-.,|()[] O--")
"""Full width made half, a character for a character, so that places stay what they are."""
_ANY = re.compile(r"\d|[〇零○一二三四五六七八九十廿卅]|刚|昨|前|今|半|yesterday|today|just", re.IGNORECASE)

_HAN_MONTH = "十[一二]|[一二三四五六七八九十]"
_HAN_DAY = (
    "三十一|三十|卅一|卅|二十[一二三四五六七八九]|二十|"
    "廿[一二三四五六七八九]|廿|十[一二三四五六七八九]|[一二三四五六七八九十]"
)
_HAN_NUMBER = "[一二两三四五六七八九]?十[一二三四五六七八九]?|[〇零○]?[〇零○一二两三四五六七八九]"
_MONTH, _DAY = "1[0-2]|0?[1-9]", "3[01]|[12]\\d|0?[1-9]"
_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_HALF = (
    "上午|下午|早上|早晨|早间|晚上|晚间|夜晚|傍晚|夜间|夜里|深夜|午夜|半夜|清晨|清早|凌晨|拂晓|午后|午间|中午|正午|晚|夜|早|晨"
    r"|[ap]\.?m\.?(?![a-z])"
)
_PATTERNS = {
    "roc": r"民[国國]\s*(?P<y16>\d{2,3}|[一二三四五六七八九十〇零○]{1,5})\s*年\s*"
    rf"(?P<m16>{_HAN_MONTH}|{_MONTH})\s*月\s*(?P<d16>{_HAN_DAY}|{_DAY})\s*[日号號]",
    "day": r"(?<![\d.])(?P<y1>(?:19|20)\d\d|\d\d(?=[-/.]\d\d[-/.]\d\d(?!\d*[-/.])|年\d{1,2}月\d{1,2}日"
    r"|-\d{1,2}-\d{1,2}\s+\d{1,2}:\d\d))"
    r"\s*(?:年|[-/.])\s*"
    rf"(?P<m1>{_MONTH})\s*(?:月|[-/.])\s*(?P<d1>{_DAY})(?!\d*[./]\d(?!\d?:\d\d))(?!\d(?!\d?:))\s*[日号]?",
    "han": rf"(?P<y2>[一二][〇零○Oo0一二三四五六七八九]{{3}}|[〇零○][一二三四五六七八九]|(?:19|20)\d\d)"
    rf"\s*年\s*(?P<m2>{_HAN_MONTH}|{_MONTH})\s*月\s*"
    rf"(?P<d2>{_HAN_DAY}|{_DAY})\s*[日号]",
    "american": rf"(?<![\d/.-])(?P<m3>{_MONTH})/(?P<d3>{_DAY})/(?P<y3>20\d\d)(?![\d/])"
    r"(?:(?<=/(?:1[3-9]|2\d|3[01])/20\d\d)|(?=,?\s+\d\d?:\d\d(?::\d\d)?\s*[AP]M\b))",  # 01/07/2025 may be either
    "european": rf"(?<![\d/.-])(?P<d14>1[3-9]|2\d|3[01])/(?P<m14>{_MONTH})/(?P<y14>20\d\d)(?![\d/])",
    "english": rf"\b(?:(?P<d4>[0-3]?\d)(?:st|nd|rd|th)?\s+)?(?P<m4>{'|'.join(_NAMES)})[a-z]*\.?\s+"
    r"(?:(?P<d5>[0-3]?\d)(?:st|nd|rd|th)?,?\s+)?(?P<y4>(?:19|20)\d\d)",
    "ctime": rf"\b(?P<m15>{'|'.join(_NAMES)})\s+(?P<d15>{_DAY})"
    r"(?=\s+\d\d?:\d\d(?::\d\d)?\s+(?:[A-Z]{3}\s+)?(?:19|20)\d\d)",
    "ago": r"(?<!\d)(?<!\d[.:-])(?<![一二三四五六七八九十])(?:(?P<just>刚刚|刚才|just now)|(?P<n>\d{1,8}|半"
    r"|[一二两三四五六七八九十]{1,8}|an?(?=\s))\s*个?\s*"
    r"(?P<unit>秒钟?|分钟?|小时|钟头|天|second|minute|min|hour|day)s?\s*(?:(?P<more>\d{1,4}|半)\s*(?:分钟?"
    r"|minutes?)?\s*)?(?:之?前|以前|ago))"
    r"(?![\u4e00-\u9fff])",
    "relative": r"(?:(?<![\u4e00-\u9fff])|(?<=[于於]))(?P<when>大前天|[昨前今](?:天|日)(?![\u4e00-\u9fff])"
    r"|[昨前今](?=[晚早晨夜]\s*上?\s*\d)"
    r"|[昨前今][天日](?=(?:上午|下午|早|晚|凌晨|清晨|中午|傍晚|深夜|夜)\S{0,2}\s*\d)|(?:yesterday|today)\b)",
    "clock": rf"(?<!\d)(?<!\d[.:-])(?:(?P<half>{_HALF})\s*)?(?P<hour>[01]?\d|2[0-4])\s*[:时点]\s*(?P<minute>[0-5]\d)"
    rf"(?:\s*[:分]\s*(?P<second>[0-5]\d)(?:\.\d+)?)?\s*[分秒]?(?![\d:])(?:\s*(?P<after>[ap]\.?m\b\.?))?"
    r"(?:\s*(?P<zone>Z\b|UTC\b|GMT\b(?![+-])|[+-]\d\d:?\d\d)(?!\d))?",
    "han_clock": rf"(?:(?P<half2>{_HALF})\s*)?(?P<hour2>{_HAN_NUMBER})\s*[时点]\s*(?P<minute2>{_HAN_NUMBER})\s*分",
    "month_day": rf"(?<![\d年])(?<!\d[./:-])(?P<m6>{_MONTH})(?:\s*月\s*(?P<d6>{_DAY})(?:\s*[日号]|(?![\d/.:-]))"
    rf"|\s*[-/]\s*(?P<d7>{_DAY})(?![\d/.:-]))",
    "boxed": rf"(?<![\d\u4e00-\u9fff])(?<!\d[:./-])(?P<d8>{_DAY})\s*[日号]?[\s/|,]+(?P<y8>(?:19|20)\d\d)\s*(?:年"
    rf"|[-/.])\s*(?P<m8>{_MONTH})(?![\d.:/-])\s*月?(?!\s*\d{{1,2}}\s*[日号]|\d)",
    "year_month": r"(?<!\d)(?<!\d[.:/-])(?P<y9>(?:19|20)\d\d)\s*(?:年|[-/.])\s*(?P<m9>1[0-2]|0[1-9]"
    r"|[1-9](?=\s*月))(?![\d.:/-])\s*月?",
    "day_of_month": rf"(?<![\d月])(?<!\d[/.:-])(?P<d10>{_DAY})\s*[日号](?![\u4e00-\u9fff\d])"
    rf"|(?<=月\s)(?P<d11>{_DAY})\s*[日号]",
    "month": rf"(?<![\d年])(?<!\d[/.:-])(?P<m12>{_MONTH})\s*月(?!\s*\d|[\u4e00-\u9fff])",
    "year": r"(?<!\d)(?<!\d[.:/-])(?P<y13>(?:19|20)\d\d)(?:\s*年(?!\s*\d)|(?![\d.:/年-]))",
}
_ORDER = [
    "roc",
    "american",
    "european",
    "day",
    "han",
    "english",
    "ctime",
    "boxed",
    "ago",
    "relative",
    "clock",
    "han_clock",
    "year_month",
    "month_day",
    "day_of_month",
    "month",
    "year",
]
_PIECE = re.compile("|".join(f"(?P<{name}>{_PATTERNS[name]})" for name in _ORDER), re.IGNORECASE)

_Hours = dict[int, int | None]
_AFTERNOON: _Hours = {hour: hour + 12 for hour in range(12)}
_EVENING: _Hours = {**dict.fromkeys(range(4)), **{hour: hour + 12 for hour in range(4, 12)}, 12: 24}
_NIGHT: _Hours = {**{hour: hour + 12 for hour in range(6, 12)}, 12: 24}
_NOON: _Hours = {hour: hour + 12 for hour in range(4)}
_BEFORE_DAWN: _Hours = {12: 0, **dict.fromkeys(range(13, 25))}
_HOURS: dict[str, _Hours] = {
    **dict.fromkeys(("下午", "午后", "pm"), _AFTERNOON),
    **dict.fromkeys(("晚上", "晚间", "夜晚", "傍晚", "晚"), _EVENING),
    **dict.fromkeys(("夜间", "夜里", "深夜", "午夜", "半夜", "夜"), _NIGHT),
    **dict.fromkeys(("中午", "正午", "午间"), _NOON),
    **dict.fromkeys(("凌晨", "am"), _BEFORE_DAWN),
    "上午": {12: None},  # noon to people, midnight to programs
}
"""The hours that a part of the day changes: 24 is the midnight that ends it, None where the two contradict."""
_UNITS = {
    "秒": timedelta(seconds=1),
    "分": timedelta(minutes=1),
    "小": timedelta(hours=1),
    "钟": timedelta(hours=1),
    "天": timedelta(days=1),
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
_CENTURY, _FIRST = 100, 94
_REPUBLIC = 1911
"""The year before the first of the Republic's count, by which papers of Taiwan and Hong Kong date themselves."""
_DAYS_AGO = {"今": 0, "昨": 1, "前": 2, "大": 3, "t": 0, "y": 1}


@dataclass(frozen=True)
class ClockTime:
    """A time of day; `days` is one where it is past midnight of the evening that is meant (晚12:05)."""

    seconds: int
    days: int = 0
    offset: timedelta | None = None
    """From UTC, where one is written."""


@dataclass(frozen=True)
class Piece:
    """One piece of a date: where it stands, what kinds of things it tells, and the values."""

    start: int
    end: int
    tells: frozenset[str]
    """Of year, month, day, clock, relative."""
    values: Mapping[str, Any]
    """Values for the fields of a Written, whose types differ."""


def pieces_in(text: str) -> tuple[str, list[Piece]]:
    """Return the text in plain width, of the same length, and the pieces of dates in it."""
    text = text.translate(_PLAIN)
    if _ANY.search(text) is None:
        return text, []
    found = []
    for match in _PIECE.finditer(text):
        part = {name: value for name, value in match.groupdict().items() if value is not None}
        kind = next(name for name in _ORDER if name in part)
        piece = _READERS.get(kind, _calendar)(match, part)
        if piece is not None:
            found.append(piece)
    return text, found


_Reader = Callable[[re.Match[str], dict[str, str]], Piece | None]


def _calendar(match: re.Match[str], part: dict[str, str]) -> Piece | None:
    values: dict[str, int] = {}
    for field, letter in (("year", "y"), ("month", "m"), ("day", "d")):
        written = next((value for name, value in part.items() if re.fullmatch(rf"{letter}\d+", name)), None)
        if written is None:
            continue
        value = _NAMES.index(written.lower()[:3]) + 1 if written[:3].lower() in _NAMES else number(written)
        if value is None:
            return None
        values[field] = _year(value, republic="roc" in part) if field == "year" else value
    if "english" in part and "day" not in values:
        return None
    return Piece(match.start(), match.end(), frozenset(values), values)


def _year(written: int, *, republic: bool = False) -> int:
    """Return a year that may be of the Republic's count, or in two digits; China had no web page before 1994."""
    if republic:
        return written + _REPUBLIC
    return written if written >= _CENTURY else written + (1900 if written >= _FIRST else 2000)


def _ago(match: re.Match[str], part: dict[str, str]) -> Piece | None:
    if "just" in part:
        ago, unit = timedelta(), timedelta(minutes=1)
    else:
        unit = _UNITS[part["unit"][0].lower()]
        half = part["n"] == "半"
        if half and unit > timedelta(hours=1):
            return None
        ago = unit / 2 if half else unit * (1 if part["n"].lower() in {"a", "an"} else number(part["n"]) or 0)
        if "more" in part and unit >= timedelta(hours=1):
            ago += timedelta(minutes=30 if part["more"] == "半" else int(part["more"]))
            unit = timedelta(minutes=1)
        elif half:
            unit = ago
    return Piece(match.start(), match.end(), _RELATIVE | {"clock"}, {"ago": ago, "unit": unit})


def _relative(match: re.Match[str], part: dict[str, str]) -> Piece:
    return Piece(match.start(), match.end(), _RELATIVE, {"days_ago": _DAYS_AGO[part["when"][0].lower()]})


def _clock(match: re.Match[str], part: dict[str, str]) -> Piece | None:
    hour, minute = number(part.get("hour") or part["hour2"]), number(part.get("minute") or part["minute2"])
    second = int(part.get("second") or 0)
    half = (part.get("half") or part.get("half2") or part.get("after") or "").lower().replace(".", "")
    if hour is None or minute is None or hour > 24 or minute > 59:
        return None
    placed = _HOURS.get(half, {}).get(hour, hour)
    if placed is None or (half.isascii() and (placed % 24, minute, second) == (0, 0, 0)):
        return Piece(match.start(), match.end(), _CLOCK, {})  # 00:00 is what a system prints that knows the day alone
    clock = ClockTime((placed % 24) * 3600 + minute * 60 + second, placed // 24, _offset(part.get("zone")))
    return Piece(match.start(), match.end(), _CLOCK, {"clock": clock})


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    if zone[0] not in "+-":
        return timedelta()
    east = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    if east > timedelta(hours=14):
        return None
    return -east if zone[0] == "-" else east


_CLOCK, _RELATIVE = frozenset({"clock"}), frozenset({"relative"})
_READERS: dict[str, _Reader] = {"ago": _ago, "relative": _relative, "clock": _clock, "han_clock": _clock}
