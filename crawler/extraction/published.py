"""When a page says it was published: read where the byline stands, then in its data, then in its address.

What a reader sees goes before what only machines read (the two differ on real pages); a day is kept as a day. Dates of
the footer, the sidebar and of sentences are none of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from archive.article import Precision
from crawler.extraction.dates import (
    EARLIEST,
    SHANGHAI,
    Date,
    compact_dates,
    dates_in,
    dates_without_year,
    day_of,
    epochs_in,
)
from crawler.extraction.document import Document
from crawler.extraction.elements import described
from crawler.extraction.found import Found, best_of
from crawler.extraction.lines import Line
from crawler.extraction.reading import Reading

URL_EPOCH = "url:epoch-ms"
"""In a source's hints for published_at: its addresses hold the time of publication in milliseconds since 1970."""
SEEN_BY_THE_READER = 76
"""Rank from which a date was read in the article's own byline, not in data or an address."""
TOLERANCE = timedelta(minutes=10)
"""How far a clock may be ahead of ours before its date is refused."""

_PUBLISHED = re.compile(
    r"(?:发布|发表|发文|刊发|上传|时间|日期|发稿)[^\d]{0,8}$|(?:发布|发表)于\s*$|(?:posted|published)[^\d]{0,12}$",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"(?:更新|修改|编辑时间|抓取|updated|modified)[^\d]{0,8}$", re.IGNORECASE)
_TIME_NAME = re.compile(r"time|date|pub|sj\b|riqi|shijian", re.IGNORECASE)
_METAS = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publishtime",
    "publish_time",
    "published_time",
    "weibo:article:create_at",
    "og:release_date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "apub:time",
    "dc.date",
    "dc.date.issued",
    "dateupdate",
    "date",
)
_SCRIPT = re.compile(
    r"(?:\b(?:ct|ctime)|pub(?:lish(?:ed)?)?_?(?:time|date|at)|create_?(?:time|date|at)|release_?(?:time|date)|"
    r"issue_?(?:time|date)|date_?published|news_?time|show_?time)[\"']?\s*[:=]\s*[\"']?(?P<value>[\dT:+./Z\s年月日-]{8,32})",
    re.IGNORECASE,
)
_URL_DAY = re.compile(
    r"(?<!\d)(?P<year>20[0-3]\d)[-/_]?(?P<month>0[1-9]|1[0-2])[-/_]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
_IN_BRACKETS = re.compile(r"^[（(].{24,}[）)]$")
_SENTENCE = 60

_Reading = Found[Date]


def find_published(
    document: Document, reading: Reading, *, hints: Sequence[str] = (), fetched_at: datetime | None = None
) -> Found[Date]:
    """Return the date of publication and where it was read; without one, the reason.

    A date later than `fetched_at` + 10 min is refused. A day alone is completed to the minute only by another reading
    of that very day.
    """
    readings = [*_at_hints(document, hints), *_visible(reading), *_in_data(document), *_in_address(document.url)]
    if not any(_is_exact(found) and found.rank >= SEEN_BY_THE_READER for found in readings):
        readings += _in_scripts(document)
    readings += _yearless(reading, readings, fetched_at)
    possible = [found for found in readings if found.value and _is_possible(found.value.at, fetched_at)]
    if not possible:
        return Found(None, "only impossible or future dates" if readings else "no date on the page")
    best = best_of(possible, "")
    if best.value and best.value.precision is Precision.DAY:
        exact = [
            found
            for found in possible
            if found.value and _is_exact(found) and day_of(found.value.at) == day_of(best.value.at)
        ]
        return best_of(exact, "") if exact else best
    return best


def _is_exact(found: _Reading) -> bool:
    return found.value is not None and found.value.precision is Precision.MINUTE


def _is_possible(at: datetime, fetched_at: datetime | None) -> bool:
    return at >= EARLIEST and (fetched_at is None or at <= fetched_at + TOLERANCE)


def _at_hints(document: Document, hints: Sequence[str]) -> Iterator[_Reading]:
    for place, hint in enumerate(hints):
        if hint == URL_EPOCH:
            yield from (Found(date, hint, 10) for date in epochs_in(document.url))
            continue
        for element in document.tree.cssselect(hint):
            text = f"{element.get('datetime') or ''} {element.get('content') or ''} {element.text_content()}"
            yield from (Found(date, f"css:{hint}", 200 - place) for date in dates_in(text))


def _visible(reading: Reading) -> Iterator[_Reading]:
    for place, line in enumerate(reading.byline):
        if _IN_BRACKETS.search(line.text):  # when a law was passed, a meeting held: part of the text
            continue
        for date in dates_in(line.spaced):
            yield Found(date, f"css:{described(line.element)}", 100 - 1.5 * place + _speaks_for(line, date))
    beside_links = False
    for place, line in enumerate(reading.tail):
        beside_links = beside_links or line.is_link
        for date in dates_in(line.spaced):
            labelled = _PUBLISHED.search(line.spaced[: date.start]) is not None
            if labelled or (_is_all_of(line, date) and not beside_links):  # a date beside links is another article's
                yield Found(date, f"css:{described(line.element)}", (70 if labelled else 40) - place - 25 * line.apart)
    for where, rank, lines in (("first line", 55, reading.opening), ("last line", 35, reading.ending)):
        for line in lines:
            yield from (Found(date, where, rank) for date in dates_in(line.text) if _is_all_of(line, date))


def _is_all_of(line: Line, date: Date) -> bool:
    return date.end - date.start >= len(line.text) - 4


def _speaks_for(line: Line, date: Date) -> float:
    """Return how much a line of the byline and its date look like the date of publication."""
    before = line.spaced[: date.start]
    names = f"{line.element.get('class') or ''} {line.element.get('id') or ''} {line.element.tag}"
    return (
        20 * (date.precision is Precision.MINUTE)
        + 8 * (_PUBLISHED.search(before) is not None)
        - 8 * (_UPDATED.search(before) is not None)
        + 4 * (_TIME_NAME.search(names) is not None)
        - 25 * line.apart
        - 30 * line.is_link
        - 50 * (len(line.text) > _SENTENCE and line.is_prose and date.start > 20)
        - 50 * (line.is_prose and date.start == 0 and "，" in line.text)
    )


def _in_data(document: Document) -> Iterator[_Reading]:
    for place, name in enumerate(_METAS):
        for content in document.metas.get(name, ()):
            for date in (*dates_in(content), *compact_dates(content)):
                yield Found(date, f"meta:{name}", 75 - place * 0.5)
    for item in document.data:
        for key, rank in (("datePublished", 74), ("uploadDate", 60), ("dateCreated", 58)):
            for date in dates_in(str(item.get(key) or "")):
                yield Found(date, f"json-ld:{key}", rank)
    for element in document.tree.iter("time"):
        for date in dates_in(element.get("datetime") or ""):
            yield Found(date, "css:time[datetime]", 60)


def _in_scripts(document: Document) -> Iterator[_Reading]:
    for place, match in enumerate(_SCRIPT.finditer(document.script_text)):
        name = re.split(r"[\"'\s:=]", match[0])[0]
        for date in (*dates_in(match["value"]), *compact_dates(match["value"]), *epochs_in(match["value"])):
            yield Found(date, f"script:{name}", 50 - min(place, 20))


def _in_address(url: str) -> Iterator[_Reading]:
    for match in _URL_DAY.finditer(url):
        for date in dates_in(f"{match['year']}-{match['month']}-{match['day']}"):
            yield Found(date, "url", 20)


def _yearless(reading: Reading, readings: Sequence[_Reading], fetched_at: datetime | None) -> list[_Reading]:
    """Return times that the byline writes without their year, in the year that another date of the page tells.

    That is a reading of the same day; else, where it is known when the page was fetched, the last such day before.
    """
    known = {day_of(found.value.at) for found in readings if found.value}
    found = []
    for place, line in enumerate(reading.byline):
        years = sorted({day[:4] for day in known}, reverse=True)
        same = [
            date for year in years for date in dates_without_year(line.spaced, int(year)) if day_of(date.at) in known
        ]
        if not same and fetched_at is not None:
            year = fetched_at.astimezone(SHANGHAI).year
            dates = [*dates_without_year(line.spaced, year), *dates_without_year(line.spaced, year - 1)]
            same = [date for date in dates if date.at <= fetched_at + TOLERANCE]
        for date in same[:1]:
            origin = f"css:{described(line.element)}, year from another date"
            found.append(Found(replace(date), origin, 100 - 1.5 * place + _speaks_for(line, date)))
    return found
