"""The dates that a reader sees, each with the words that label it, its place, and how exact it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise, takewhile

from archive.article import Precision
from crawler.extraction.date_labels import Label, column_label, label_of, named
from crawler.extraction.dates import SHANGHAI, Date, Written, compact_dates, dates_in, day_of, written_in
from crawler.extraction.elements import described
from crawler.extraction.found import Found
from crawler.extraction.layout import PageLayout
from crawler.extraction.lines import Line

TOLERANCE = timedelta(minutes=10)
"""How far a clock may be ahead of ours before its date is refused."""

_TIME_NAME = re.compile(r"time|date|pub|sj\b|riqi|shijian", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"^[（(].{24,}[）)]$")
_SENTENCE = re.compile(r"[，。！？；]")
_ONLY_YEAR = re.compile(r"\W?(?:19|20)\d\d年?\W?")
_SURELY_A_DAY = re.compile(r"\d\d-\d\d$")
"""A day without its year that is no counter (1/5)."""
_BESIDE = 6
"""Characters beside a date that is its whole line."""
_SIGNED = 40
"""Characters of a last line that may end in its date."""
_OFFICE = re.compile(r"[府局委办厅会院校部司心社处站网队团]\s*$")
_OTHERS = re.compile(r"评论|留言|回复|跟帖|热门|推荐|相关|最新|[上下]一[篇条]")
"""What begins the part below the article that is about others."""
_GREETING = re.compile(r"℃|多云|欢迎|今天|现在")
_WEATHER, _WEEKDAY = re.compile(r"℃|多云|农历|欢迎"), re.compile(r"星期|周[一二三四五六日]")
"""Beside a day above the headline: the page shows what day it is; with a weekday alone where that is the fetch's."""
_EDITION_COSTS = 15
"""What a day with its weekday loses above the headline: the page's own day goes behind the article's time."""
_CELLS, _LONGEST_LABEL = 60, 6
"""Lines above the text within which a table says what it is, and characters of a label in it."""
_NAME = 8
"""Characters of the name beside a writer's time."""
_MASTHEAD, _EDITION = 20, 12
"""Lines of a page that may be a newspaper's head, and the rank of the day that stands there."""
_SIGNATURE = 2
"""Lines below the prose within which a notice is signed."""


@dataclass(frozen=True)
class SeenDate(Found[Date]):
    """A date on the page as people read it, and what its words say."""

    label: Label = Label.NONE
    unit: timedelta = timedelta()
    """To what it is rounded, where it is relative."""


class VisibleDates:
    """The dates that a reader sees; `from_data` tell the year where none is written."""

    def __init__(
        self,
        layout: PageLayout,
        from_data: Sequence[Found[Date]],
        fetched_at: datetime | None,
        listed_at: datetime | None,
        *,
        is_paper: bool = False,
    ) -> None:
        self._layout = layout
        self._days = {day_of(found.value.at) for found in from_data if found.value}
        self._fetched_at = fetched_at
        self._listed_at = listed_at
        self._is_paper = is_paper
        self._below: Sequence[Line] = ()
        self.missing = ""
        """Why a date that stands in the byline could not be used."""

    def dates(self) -> Iterator[SeenDate]:
        """Yield them, each with its rank."""
        layout = self._layout
        below, above = layout.below, layout.aloft
        self._below = below
        yield from self._in_cells()
        opening = list(takewhile(lambda line: not (line.is_link or _SENTENCE.search(line.text)), layout.opening))
        size = len(below)
        yield from self._in_zone(below, [100 - 1.5 * min(place, size - 1 - place) for place in range(size)])
        yield from self._in_zone(above, [92 - 1.5 * (len(above) - 1 - place) for place in range(len(above))])
        yield from self._in_zone(opening, [80 - place for place in range(len(opening))])
        yield from self._in_tail(layout.tail)
        for line in layout.ending:
            yield from self._in_last_line(line)
        if self._is_paper:
            yield from self._of_the_edition()

    def _in_zone(self, lines: Sequence[Line], ranks: Sequence[float]) -> Iterator[SeenDate]:
        """Yield the dates of lines that follow one another: the pieces of one date may stand in several."""
        for line, rank, text, written, after in _in_lines(lines, ranks):
            if _IN_BRACKETS.search(line.text):  # when a law was passed, a meeting held: part of the text
                continue
            begin = text.rfind("\n", 0, written.start) + 1
            column = column_label(line.element)
            label = label_of(text, written.start, written.end, after) if column is Label.NONE else column
            date = self._date(line, written, label, text[written.start : written.end])
            if date is not None and label is Label.NONE and self._is_today(line, date, above=lines is not self._below):
                continue
            if date is not None and label is not Label.OTHER:
                more = _speaks_for(line, date, label, written.start - begin) - 20 * _is_vague(written)
                more -= _EDITION_COSTS * (lines is not self._below and _is_days_page(line, date, label))
                origin = f"css:{described(line.element)}{self._how(written)}"
                yield SeenDate(date, origin, rank + more, label, written.unit)

    def _in_cells(self) -> Iterator[SeenDate]:
        """Yield the dates of a table above the text that says what a document is: a label and its date in two cells."""
        lines = self._layout.lines[max(self._layout.first - _CELLS, 0) : self._layout.first]
        for label, line in pairwise(lines):
            name = label.squashed.strip(":【】[]")
            if label.is_link or line.is_link or len(name) > _LONGEST_LABEL:
                continue
            if (said := named(name)) not in {Label.PUBLISHED, Label.WRITTEN}:
                continue
            dates = [written.date() for written in written_in(line.spaced) if not written.is_relative]
            date = next(iter(dates), None) or next(compact_dates(line.spaced), None)
            if date is not None and _is_all_of(line, date):
                yield SeenDate(date, f"css:{described(line.element)}, beside its label", 88 + said.value, said)

    def _in_tail(self, lines: Sequence[Line]) -> Iterator[SeenDate]:
        beside_links = False
        alone_here = sum(any(written.has_day for written in written_in(line.spaced)) for line in lines) == 1
        for place, line in enumerate(lines):
            beside_links = beside_links or line.is_link or _OTHERS.search(line.text) is not None
            for _, _, text, written, after in _in_lines([line], [0.0]):
                label = label_of(text, written.start, written.end, after)
                if label is Label.NONE and place:
                    label = _label_across(lines[place - 1], line, written)
                date = self._date(line, written, label, text[written.start : written.end])
                if date is None or label is Label.OTHER:
                    continue
                labelled = label is not Label.NONE
                alone = _is_all_of(line, date) or (not place and alone_here and _is_by(line, date))
                alone = alone or (place < _SIGNATURE and not line.linked and _is_signed(text, date))
                if labelled or (alone and not beside_links):  # beside links it is another article's
                    origin = f"css:{described(line.element)}{self._how(written)}"
                    rank = (70 if label is Label.PUBLISHED else 45 if labelled else 40) - place - 25 * line.apart
                    yield SeenDate(date, origin, rank, label, written.unit)

    def _in_last_line(self, line: Line) -> Iterator[SeenDate]:
        """Yield the date that a notice is signed with, and one that a last line calls that of publication."""
        for _, _, text, written, after in _in_lines([line], [0.0]):
            label = label_of(text, written.start, written.end, after)
            date = None if written.is_relative or written.lacks_year else written.date()
            if date is None or label is Label.OTHER:
                continue
            if label is Label.PUBLISHED and _SENTENCE.search(text) is None:
                yield SeenDate(date, "last line", 66, label)
            elif _is_signed(text, date) or _is_all_of(line, date):
                yield SeenDate(date, "last line", 35, label)

    def _of_the_edition(self) -> Iterator[SeenDate]:
        """Yield the day in the head of a newspaper's page: its edition's, where nothing else dates the article."""
        for line in self._layout.lines[: min(self._layout.above, _MASTHEAD)]:
            if line.is_link or line.apart or _SENTENCE.search(line.text):
                continue
            for _, _, text, written, after in _in_lines([line], [0.0]):
                label = label_of(text, written.start, written.end, after)
                date = None if written.is_relative else written.date()
                today = _GREETING.search(line.text) or (date and self._is_of_the_fetch(date))
                if date and label is not Label.OTHER and not today:
                    yield SeenDate(date, f"css:{described(line.element)}, of the edition", _EDITION, Label.WRITTEN)

    def _date(self, line: Line, written: Written, label: Label, text: str) -> Date | None:
        """Return the date that is written, where what it lacks is known; else remember why it cannot be used."""
        if not (written.is_relative or written.lacks_year):
            return written.date()
        if label is Label.OTHER or line.is_link or line.apart or _SENTENCE.search(line.text):
            return None
        if written.is_relative:
            if self._fetched_at is None:
                self.missing = "only a time relative to when the page was fetched, which is not known"
            return written.date(now=self._fetched_at)
        surely = (
            written.clock is not None
            or label is Label.PUBLISHED
            or "月" in text
            or (_SURELY_A_DAY.match(text) is not None and text in map(str.strip, line.pieces))
        )
        return self._in_its_year(line, written) if surely else None

    def _is_today(self, line: Line, date: Date, *, above: bool) -> bool:
        """Tell whether a page shows there what day it is: 2026年11月28日 星期六 多云."""
        if not above or date.precision is not Precision.DAY:
            return False
        today = self._is_of_the_fetch(date) and _WEEKDAY.search(line.text) is not None
        return today or _WEATHER.search(line.text) is not None

    def _is_of_the_fetch(self, date: Date) -> bool:
        return self._fetched_at is not None and day_of(date.at) == day_of(self._fetched_at)

    def _in_its_year(self, line: Line, written: Written) -> Date | None:
        if (year := _year_in(line)) is not None:  # 2008年第22期 11月19日
            return written.date(year=year)
        same = [date for day in sorted(self._days, reverse=True) if (date := written.date(year=int(day[:4])))]
        same = [date for date in same if day_of(date.at) in self._days]
        if not same and (last := self._last_year) is not None:
            dates = [written.date(year=last.year), written.date(year=last.year - 1)]
            same = [date for date in dates if date and date.at <= last]
        if not same and (known := self._listed_at or self._fetched_at) is not None:
            local = known.astimezone(SHANGHAI)
            late = known + (TOLERANCE if self._listed_at is None else timedelta(days=30))
            dates = [written.date(year=local.year), written.date(year=local.year - 1)]
            same = [date for date in dates if date and date.at <= late]
        if not same:
            self.missing = "only a date without its year, and nothing tells the year"
            return None
        return same[0]

    @cached_property
    def _last_year(self) -> datetime | None:
        """The moment up to which the article was published, where a line at its end tells the year: (2003年)."""
        layout = self._layout
        for line in [*layout.ending, *layout.tail]:
            if line.is_link or line.apart or len(line.text) > _SIGNED or _SENTENCE.search(line.text):
                continue
            if date := next(dates_in(line.spaced), None):
                return date.at + timedelta(days=1)
            if (year := _year_in(line)) is not None and _ONLY_YEAR.fullmatch(line.squashed):
                return datetime(year, 12, 31, 23, 59, tzinfo=SHANGHAI)
        return None

    def _how(self, written: Written) -> str:
        if written.is_relative:
            return ", counted from the fetch"
        return ", year from another date" if written.lacks_year else ""


def _in_lines(lines: Sequence[Line], ranks: Sequence[float]) -> Iterator[tuple[Line, float, str, Written, int]]:
    """Yield what lines say of dates: line, its rank, their whole text, what is written, the end of the one before."""
    text = "\n".join(line.spaced for line in lines)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.spaced) + 1)
    after, place = 0, 0
    for written in written_in(text):
        while written.start >= starts[place + 1]:
            place += 1
        yield lines[place], ranks[place], text, written, after
        after = written.end


def _year_in(line: Line) -> int | None:
    """Return the year that a line names without a month or a day."""
    return next((written.year for written in written_in(line.spaced) if written.year and not written.month), None)


def _is_vague(written: Written) -> bool:
    """Tell whether it is relative and has no clock: an exact date goes before it even where it is not seen."""
    return written.is_relative and (written.clock is None or bool(written.unit))


def _label_across(before: Line, line: Line, written: Written) -> Label:
    """Return what the line before says of a date that begins its own."""
    if written.start > 2 or before.is_link:
        return Label.NONE
    text = f"{before.spaced}\n{line.spaced}"
    start = len(before.spaced) + 1 + written.start
    return label_of(text, start, start + written.end - written.start)


def _is_days_page(line: Line, date: Date, label: Label) -> bool:
    """Tell whether a line may say what day it is: a day with its weekday, and no word that it is of an article."""
    return label is Label.NONE and date.precision is Precision.DAY and _WEEKDAY.search(line.text) is not None


def _is_by(line: Line, date: Date) -> bool:
    """Tell whether a line is a name and the time at which it wrote: 江上客 2006-11-20 08:15."""
    return date.end - date.start >= len(line.spaced) - _NAME and not line.linked and line.spaced[:1].isalpha()


def _is_signed(text: str, date: Date) -> bool:
    """Tell whether a line is an office's signature with its day: 示范区执委会 2025年7月1日."""
    signed = len(text) <= _SIGNED and date.end >= len(text) - 1 and _OFFICE.search(text[: date.start]) is not None
    return signed and date.precision is Precision.DAY


def _is_all_of(line: Line, date: Date) -> bool:
    beside = line.spaced[: date.start] + line.spaced[date.end :]
    return len(beside) <= _BESIDE and not any(map(str.isalpha, beside.replace("日期", "").replace("时间", "")))


def _speaks_for(line: Line, date: Date, label: Label, column: int) -> float:
    """Return how much a line of the byline and its date look like the date of publication."""
    names = f"{line.element.get('class') or ''} {line.element.get('id') or ''} {line.element.tag}"
    sentence = label is Label.NONE and _SENTENCE.search(line.text) is not None
    return (
        20 * (date.precision is Precision.MINUTE)
        + label.value
        + 4 * (_TIME_NAME.search(names) is not None)
        - 25 * line.apart
        - 30 * line.is_link
        - 50 * (sentence and (line.is_prose or column == 0))
    )
