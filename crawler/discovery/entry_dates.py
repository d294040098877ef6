"""When a list says that an entry was published: the date beside its link, in whatever form it stands there.

A relative date is counted from when the list was fetched. One without its year takes it from the link's address, where
that holds the same day: the last one before the fetch would be wrong for what a list has pinned at its head for years.
Both count only where they stand alone (`<span>11-18</span>`), not within a sentence. A date within a headline is
what the report is about, and dates its entry nowhere but at an end of it, set apart: `标题 (2026-11-28)`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from core.time import SHANGHAI
from crawler.discovery.dates import date_apart_in, date_in
from crawler.extraction.date_data import in_address
from crawler.extraction.dates import Written, written_in

_ITEM = frozenset({"li", "tr", "dd", "article"})
_HIGHEST = 6
"""Elements around a link that are asked."""
_MOST_TEXT = 1_000
_MOST_ELEMENTS = 60
_MOST_PIECES = 8
_MOST_LINKS = 8
_LONGEST_ALONE = 28
"""Characters of a text that is nothing but a date: 更新时间:11月28日 下午3:05."""
_HEADLINE = 7
"""Characters from which a link's text is a headline, and not 评论, a column or an outlet."""
_AROUND = re.compile(r"(?:发布|更新|发表|时间|日期|于|[\s\[\]()【】:|·,.\-–—/>»*•]){0,12}")
"""What may stand around a date that stands alone."""
_BADGE = re.compile(
    r"(?P<day>\d{1,2})\s*日?\s+(?P<year>20\d\d)\s*[-./年]\s*(?P<month>\d{1,2})\s*月?"
    r"|(?P<year2>20\d\d)\s*[-./年]\s*(?P<month2>\d{1,2})\s*月?\s+(?P<day2>\d{1,2})\s*日?"
)
"""A day in large figures above or below its month: `28` over `2026-11`."""
_LAST_IN_BRACKETS = re.compile(r"[\[(【〔](?P<date>[^\[\](){}【】〔〕]{4,28})[\])】〕]$")
_FIRST_IN_BRACKETS = re.compile(r"[\[(【〔](?P<date>[^\[\](){}【】〔〕]{4,28})[\])】〕]")
_BEHIND_A_BLANK = re.compile(r"\s(?P<date>\d{4}[-/.年]\d\d?[-/.月]\d\d?日?(?: \d\d?:\d\d(?::\d\d)?)?)$")
_PLACE = re.compile(r"#(?![/!]).*", re.DOTALL)
"""The end of an address that names a place on its page; not the route of a program."""
_VAGUE = timedelta(hours=1)
"""Units from which a relative time tells the day alone: of 3小时前 the minute is not known."""


def date_of_entry(anchor: HtmlElement, address: str, read_at: datetime | None) -> datetime | None:
    """Return the date beside a link to an address; `read_at` (aware) is when the list was fetched."""
    item = _item_of(anchor)
    found = (None if item is None else _beside(item)) or _alone_within(anchor, address, read_at)
    around = anchor
    for _ in range(_HIGHEST):
        if found or around.getparent() is None or _has_other_headline(around.getparent(), anchor):
            break
        around = around.getparent()
        found = _beside(around)
    found = found or next(filter(None, (date_written(text, address, read_at) for text in _texts_in(around))), None)
    return found or _at_an_end(anchor, address, read_at)


def _beside(around: HtmlElement) -> datetime | None:
    """Return the date with its year in the texts of an element that are no link's: one apart from words, or any."""
    pieces: list[str] = []
    length = 0
    for text in _texts_outside_links(around):
        pieces.append(text)
        length += len(text)
        if length >= _MOST_TEXT:
            break
    text = " ".join(pieces)[:_MOST_TEXT]
    return date_apart_in(text) or date_in(text)


def _texts_outside_links(around: HtmlElement) -> Iterator[str]:
    """Give the texts of an element in their order, without those of the links in it."""
    link = None
    for event, element in etree.iterwalk(around, events=("start", "end")):
        if event == "start":
            if link is None and element.tag == "a":
                link = element
            text = element.text if link is None and isinstance(element.tag, str) else None
        else:
            link = None if element is link else link
            text = element.tail if link is None and element is not around else None
        if text and (text := text.strip()):
            yield text


def _alone_within(anchor: HtmlElement, address: str, read_at: datetime | None) -> datetime | None:
    """Return the date with its year that an element within a link is."""
    for element in islice(anchor.iterdescendants(), _MOST_ELEMENTS):
        text = _spaced(element) if isinstance(element.tag, str) else ""
        if date_in(text) and (found := date_written(text, address, read_at)):
            return found
    return None


def _at_an_end(anchor: HtmlElement, address: str, read_at: datetime | None) -> datetime | None:
    """Return the date at an end of a link's text: in brackets, behind a blank; of several texts one apart."""
    pieces = [piece for piece in islice(anchor.itertext(), _MOST_ELEMENTS) if piece.strip()]
    text = unicodedata.normalize("NFKC", " ".join(pieces))[:_MOST_TEXT].strip()
    if len(pieces) > 1 and (found := date_apart_in(text)):
        return found
    for match in filter(None, (_LAST_IN_BRACKETS.search(text), _FIRST_IN_BRACKETS.match(text))):
        if found := date_written(match["date"], address, read_at):
            return found
    last = _BEHIND_A_BLANK.search(text)
    return date_in(last["date"]) if last else None


def date_in_texts(texts: Sequence[str], address: str, read_at: datetime | None) -> datetime | None:
    """Return the date of the texts where a list has it: any with its year, or one that is a whole text."""
    found = date_in(" ".join(texts))
    return found or next(filter(None, (date_written(text, address, read_at) for text in texts)), None)


def date_written(text: str, address: str, read_at: datetime | None) -> datetime | None:
    """Return the date that a text is, and nothing else; None where it says more, or not enough."""
    text = unicodedata.normalize("NFKC", text).strip()
    if badge := _BADGE.fullmatch(text[:_LONGEST_ALONE]):
        return date_in("-".join(badge[name] or badge[f"{name}2"] for name in ("year", "month", "day")))
    written = _alone(text)
    return None if written is None else _completed(written, address, read_at)


def is_date(element: HtmlElement) -> bool:
    """Tell whether an element holds a date and nothing else, be it without its year."""
    text = unicodedata.normalize("NFKC", _spaced(element))
    return _BADGE.fullmatch(text[:_LONGEST_ALONE]) is not None or _alone(text) is not None


def _alone(text: str) -> Written | None:
    written = written_in(text) if len(text) <= _LONGEST_ALONE else ()
    if len(written) != 1 or not written[0].has_day:
        return None
    (date,) = written
    return date if _AROUND.fullmatch(text[: date.start]) and _AROUND.fullmatch(text[date.end :]) else None


def _completed(written: Written, address: str, read_at: datetime | None) -> datetime | None:
    if not (written.is_relative or written.lacks_year):
        date = written.date()
    elif written.is_relative:
        date = written.date(now=read_at)
    else:
        days = (found.value.at for found in in_address(address) if found.value)
        date = next((same for day in days if (same := written.date(year=day.year)) and _day(same.at) == day), None)
    if date is None:
        return None
    return _day(date.at) if written.ago is not None and written.unit >= _VAGUE else date.at


def _texts_in(around: HtmlElement) -> Iterator[str]:
    """Give the texts of the elements within one, each with blanks between its pieces."""
    for element in islice(around.iter(), _MOST_ELEMENTS):
        if isinstance(element.tag, str):
            yield _spaced(element)


def _spaced(element: HtmlElement) -> str:
    return " ".join(filter(None, (piece.strip() for piece in islice(element.itertext(), _MOST_PIECES))))


def _has_other_headline(around: HtmlElement, anchor: HtmlElement) -> bool:
    """Tell whether a link to something else stands there, with a text as long as a headline; or many do."""
    own = _address(anchor)
    for count, other in enumerate(around.iter("a")):
        text = other.text_content().strip() or other.get("title") or ""
        if count >= _MOST_LINKS or (_address(other) != own and len(text) >= _HEADLINE):
            return True
    return False


def _address(anchor: HtmlElement) -> str:
    return _PLACE.sub("", anchor.get("href") or "")


def _item_of(anchor: HtmlElement) -> HtmlElement | None:
    """Return the list item around a link, where it is one with few links and so the date in it is the link's."""
    ancestor = anchor.getparent()
    for _ in range(_HIGHEST):
        if ancestor is None:
            return None
        if ancestor.tag in _ITEM:
            few = sum(1 for _ in islice(ancestor.iter("a"), 5)) < 5
            return ancestor if few else None
        ancestor = ancestor.getparent()
    return None


def _day(moment: datetime) -> datetime:
    return moment.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
