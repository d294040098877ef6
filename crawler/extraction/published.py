"""When a page says it was published: every date with what speaks for it, and the one for which most speaks.

What a reader sees beside the headline goes before what only machines read (the two differ on real pages); a day is
kept as a day. Of a date count the words that label it, its place, and how exact it is. Dates of changes give way to any
date of publication; those of the footer, of other articles, of sentences and of other events are none.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from archive.article import Precision
from crawler.extraction.beside import Beside
from crawler.extraction.date_data import in_address, in_attributes, in_fields, in_metadata, in_scripts
from crawler.extraction.dates import (
    EARLIEST,
    SHANGHAI,
    Date,
    dates_in,
    day_of,
    epochs_in,
)
from crawler.extraction.document import Document
from crawler.extraction.found import Found, best_of
from crawler.extraction.layout import PageLayout
from crawler.extraction.visible_dates import TOLERANCE, SeenDate, VisibleDates

URL_EPOCH = "url:epoch-ms"
"""In a source's hints for published_at: its addresses hold the time of publication in milliseconds since 1970."""
SEEN_BY_THE_READER = 76
"""Rank from which a date was read in the article's own byline, not in data or an address."""

_PAPER = re.compile(
    "(?:[日晚早晨时時周邮郵商导導快新学學农農旬月]|都市|工人|青年)[报報刊]|(?:电子|電子|数字|數位|多媒体)(?:版|[报報])"
)
"""In the name of a page: it is one of a newspaper's."""
_FIRST_HAND = 50
"""Rank from which a date of publication goes before the visible date of a change."""
_LISTED = 46
"""Rank of the list's own timestamp: before a bare date below the text, behind what the article says of itself."""
_NO_FIELDS = Beside()
_FoundDate = Found[Date]


def find_published(
    document: Document,
    layout: PageLayout,
    beside: Beside = _NO_FIELDS,
    *,
    hints: Sequence[str] = (),
    fetched_at: datetime | None = None,
    listed_at: datetime | None = None,
) -> Found[Date]:
    """Return the date of publication and where it was read; without one, the reason.

    A date later than `fetched_at` + 10 min is refused. A day alone is completed to the minute only by another candidate
    of that very day. A date without its year takes it from another candidate of that day, from `listed_at` (what the
    list says) or is the last one before the fetch; relative ones are counted from the fetch, in Shanghai.
    """
    from_data = [*_at_hints(document, hints), *in_metadata(document), *in_address(document.url), *_listed(listed_at)]
    from_data += in_fields(beside)
    is_paper = _PAPER.search(document.head_title) is not None
    seen = VisibleDates(layout, from_data, fetched_at, listed_at, is_paper=is_paper)
    candidates: list[_FoundDate] = [*from_data, *seen.dates()]
    if not any(_is_exact(found) and _is_first_hand(found) and found.rank >= SEEN_BY_THE_READER for found in candidates):
        candidates += [*in_attributes(document, layout), *in_scripts(document)]
    possible = [found for found in candidates if found.value and _is_possible(found.value.at, fetched_at)]
    if not possible:
        return Found(None, "only impossible or future dates" if candidates else seen.missing or "no date on the page")
    first_hand = [found for found in possible if _is_first_hand(found) and found.rank >= _FIRST_HAND]
    return _completed(best_of(first_hand or possible, ""), possible)


def _completed(best: _FoundDate, possible: Sequence[_FoundDate]) -> _FoundDate:
    """Return the exact candidate of the same day, or within what the best one is rounded to, if there is one."""
    at = best.value.at if best.value else EARLIEST
    unit = best.unit if isinstance(best, SeenDate) else timedelta()
    exact = [
        found
        for found in possible
        if found.value and _is_exact(found) and (_is_first_hand(found) or not _is_first_hand(best))
    ]
    if best.value and best.value.precision is Precision.DAY:
        exact = [found for found in exact if found.value and day_of(found.value.at) == day_of(at)]
    elif unit:
        exact = [found for found in exact if found.value and abs(found.value.at - at) <= unit]
    else:
        return best
    return best_of(exact, "") if exact else best


def _is_exact(found: _FoundDate) -> bool:
    rounded = isinstance(found, SeenDate) and bool(found.unit)
    return found.value is not None and found.value.precision is Precision.MINUTE and not rounded


def _is_first_hand(found: _FoundDate) -> bool:
    return not (isinstance(found, SeenDate) and found.label.is_second_hand)


def _is_possible(at: datetime, fetched_at: datetime | None) -> bool:
    return at >= EARLIEST and (fetched_at is None or at <= fetched_at + TOLERANCE)


def _at_hints(document: Document, hints: Sequence[str]) -> Iterator[_FoundDate]:
    for place, hint in enumerate(hints):
        if hint == URL_EPOCH:
            yield from (Found(date, hint, 10) for date in epochs_in(document.url))
            continue
        for element in document.tree.cssselect(hint):
            text = f"{element.get('datetime') or ''} {element.get('content') or ''} {element.text_content()}"
            yield from (Found(date, f"css:{hint}", 200 - place) for date in dates_in(text))


def _listed(listed_at: datetime | None) -> Iterator[_FoundDate]:
    if listed_at is not None:
        local = listed_at.astimezone(SHANGHAI)
        day_only = (local.hour, local.minute, local.second) == (0, 0, 0)
        yield Found(Date(local, Precision.DAY if day_only else Precision.MINUTE, 0, 0), "list", _LISTED)
