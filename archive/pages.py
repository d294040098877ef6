"""Rows of raw pages: found again by article, and known as waiting until extraction has read them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select, update

from archive.article import DiscoveredBy
from archive.database import Database
from archive.schema import links, now, pages, parts, row_dict
from archive.warc import RawPage, RecordLocation


class PageState(StrEnum):
    """What became of a page that no verdict of the extraction says."""

    WAITING = "waiting"
    """It has not been read yet; never stored."""
    FAILED = "failed"
    """It could not be read, each of several times."""
    DAMAGED = "damaged"
    """Its record cannot be read any more; its address is fetched again."""
    SUPERSEDED = "superseded"
    """A newer page of the same address was read before it."""
    PART = "part"
    """A further page of an article, which is joined from all of them."""


@dataclass(frozen=True)
class Page:
    """A raw page's row."""

    id: int
    source: str
    section: str
    url: str
    canonical_url: str
    fetched_at: datetime
    warc_file: str
    warc_offset: int
    warc_length: int
    listed_at: datetime | None = None
    """What the list says of the article's time."""
    discovered_by: DiscoveredBy | None = None
    """How its link was discovered; None where its address has no link of its own."""
    listed_title: str | None = None
    """What the list calls the article; None where its address has no link of its own."""

    @property
    def location(self) -> RecordLocation:
        """Where the raw page stands in the WARC files."""
        return RecordLocation(self.warc_file, self.warc_offset, self.warc_length)


def add_page(
    connection: Connection,
    page: RawPage,
    location: RecordLocation,
    *,
    source: str,
    section: str,
    url: str,
    canonical_url: str,
) -> int:
    """Store the row of a page that is on the disk; return its id. `url` is the article's, as readers open it."""
    result = connection.execute(
        pages.insert().values(
            source=source,
            section=section,
            url=url,
            canonical_url=canonical_url,
            fetched_at=page.fetched_at,
            content_type=page.content_type,
            warc_file=location.file,
            warc_offset=location.offset,
            warc_length=location.length,
            sha256=hashlib.sha256(page.body).hexdigest(),
        )
    )
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


def find_location(connection: Connection, page_id: int) -> RecordLocation | None:
    """Return where a page stands now: its record may have been moved. None where it was forgotten."""
    columns = (pages.c.warc_file, pages.c.warc_offset, pages.c.warc_length)
    row = connection.execute(select(*columns).where(pages.c.id == page_id)).one_or_none()
    return RecordLocation(*row) if row else None


def is_newest(connection: Connection, page: Page) -> bool:
    """Tell whether no page of the same address was stored after this one."""
    later = select(pages.c.id).where(pages.c.canonical_url == page.canonical_url, pages.c.id > page.id).limit(1)
    return connection.execute(later).first() is None


def mark_extracted(connection: Connection, page_id: int, verdict: str, reason: str) -> None:
    """Record what extraction made of a page: its verdict, or what else became of it."""
    connection.execute(
        update(pages)
        .where(pages.c.id == page_id)
        .values(extracted_at=now(), verdict=verdict, reason=storable(reason), tries=0, next_try_at=None)
    )


def storable(reason: str) -> str:
    """Return a reason as every database accepts it: not too long, no lone surrogates, no NUL."""
    return reason.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")[:500]


def mark_waiting(connection: Connection, page_id: int, reason: str) -> None:
    """Record that a page could be read and waits for something else, for its article's further pages."""
    values = {"extracted_at": None, "verdict": None, "reason": storable(reason), "tries": 0, "next_try_at": None}
    connection.execute(update(pages).where(pages.c.id == page_id).values(values))


def newest_pages(database: Database, *, source: str | None = None, batch: int = 200) -> Iterator[Page]:
    """Yield the newest page of every address, in order of their ids, in short reads; parts of articles are left out."""
    newest = (
        select(func.max(pages.c.id))
        .where(pages.c.canonical_url.not_in(select(parts.c.canonical_url)))
        .group_by(pages.c.canonical_url)
    )
    if source is not None:
        newest = newest.where(pages.c.source == source)
    after = 0
    while True:
        query = (
            select(*page_columns())
            .where(pages.c.id.in_(select(newest.subquery())), pages.c.id > after)
            .order_by(pages.c.id)
            .limit(batch)
        )
        with database.read() as connection:
            rows = [Page(**row_dict(row)) for row in connection.execute(query)]
        yield from rows
        if len(rows) < batch:
            return
        after = rows[-1].id


def count_verdicts(connection: Connection) -> dict[str, int]:
    """Return how many pages had each verdict; `waiting` for those not yet read."""
    verdict = func.coalesce(pages.c.verdict, PageState.WAITING)
    return {str(name): count for name, count in connection.execute(select(verdict, func.count()).group_by(verdict))}


def page_columns() -> list[Any]:
    """Return the columns that a Page is made of."""
    of_link = {"listed_at": "listed_at", "discovered_by": "discovered_by", "listed_title": "title"}
    same = links.c.canonical_url == pages.c.canonical_url
    fields = (pages.c[name] for name in Page.__dataclass_fields__ if name not in of_link)
    return [
        *fields,
        *(select(links.c[column]).where(same).scalar_subquery().label(name) for name, column in of_link.items()),
    ]
