"""Cursors of the API: where a page of stories ended, so that the next one begins there however deep it is.

By time a cursor is the second of the last story and how many of that second were given: what comes in meanwhile at
another time neither repeats nor hides a story. By relevance it is how many were given.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from indexer.search.document import StoryDocument
from indexer.search.index import MAX_RESULTS, SearchRequest, Sort

_FORM = re.compile(r"(-?\d{1,12})\.(\d{1,5})|(\d{1,5})")
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Cursor:
    """The end of a page."""

    second: int | None
    """Seconds since 1970 of its last story; None where the order is by relevance."""
    given: int
    """Stories of that second, or of all, that were given."""

    @classmethod
    def read(cls, text: str, sort: Sort) -> "Cursor":
        """Read a cursor that an earlier answer gave for this order. ValueError where it is none."""
        found = _FORM.fullmatch(text)
        if found is None or (found[3] is None) is (sort is Sort.RELEVANCE):
            raise ValueError(f"cursor: {text} is none of this order; take `next` of the page before")
        return cls(None, int(found[3])) if found[3] else cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return str(self.given) if self.second is None else f"{self.second}.{self.given}"


def after(request: SearchRequest, cursor: Cursor | None) -> SearchRequest:
    """Return the request for the page behind a cursor."""
    if cursor is None:
        return request
    if cursor.second is None:
        return replace(request, offset=cursor.given)
    try:
        at = datetime.fromtimestamp(cursor.second, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(f"cursor: there is no second {cursor.second}") from error
    if request.sort is Sort.OLDEST:
        return replace(request, since=max(at, request.since or at), offset=cursor.given)
    return replace(request, until=min(at + _SECOND, request.until or at + _SECOND), offset=cursor.given)


def next_cursor(request: SearchRequest, cursor: Cursor | None, hits: tuple[StoryDocument, ...]) -> Cursor | None:
    """Return the cursor behind these hits of `after(request, cursor)`; None where they are the last."""
    if len(hits) < request.limit or not hits:
        return None
    if request.sort is Sort.RELEVANCE:
        given = (cursor.given if cursor else 0) + len(hits)
        return Cursor(None, given) if given < MAX_RESULTS else None
    last = _second(hits[-1])
    given = sum(_second(hit) == last for hit in hits)
    return Cursor(last, given + (cursor.given if cursor and cursor.second == last else 0))


def _second(story: StoryDocument) -> int:
    return int(story.timeline_at.timestamp() // 1)
