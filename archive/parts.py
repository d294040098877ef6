"""Parts: the further pages of an article that is printed over several. Each is a link and a page of its own.

So a part is fetched as any link is (robots.txt, delay, tries), and its raw page stored and read as any page; what this
table adds is whose part it is. The article waits for its parts, not for ever: see `PART_TRIES`.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, String, bindparam, case, delete, func, or_, select, update

from archive.links import Link, LinkStatus, NewLink, add_links, due, link_columns
from archive.pages import Page, PageState, page_columns
from archive.schema import links, pages, parts, row_dict
from archive.warc import REMOVED, RecordLocation, StoredPart
from archive.where_in import fetch_where_in

PART_TRIES = 3
"""Tries of a part, over 70 minutes, through which its article waits; then it is stored with what is there. The part's
link goes on being tried, and the article is joined anew where it comes at last."""


def add_parts(connection: Connection, page: Page, found: Sequence[NewLink], *, most: int) -> int:
    """Note further pages of the article whose first page is given, as links to be fetched; return how many are new.

    An article has `most` parts at most. One that is a link already, as on a list, becomes a part.
    """
    article = page.canonical_url
    room = most - (connection.scalar(select(func.count()).where(parts.c.article_url == article)) or 0)
    by_address = {link.canonical_url: link for link in found if link.canonical_url != article}
    address = parts.c.canonical_url
    known = {row.canonical_url for row in fetch_where_in(connection, select(address), address, by_address)}
    new = [link for address, link in by_address.items() if address not in known][: max(room, 0)]
    if new:
        connection.execute(
            parts.insert(), [{"canonical_url": link.canonical_url, "article_url": article} for link in new]
        )
        add_links(connection, page.source, page.section, new)
    return len(new)


def article_of_part(connection: Connection, canonical_url: str) -> str | None:
    """Return the canonical address of the article that an address is a part of; None where it is none."""
    return connection.scalar(_ARTICLE_OF_PART, {"canonical_url": canonical_url})


def first_page(connection: Connection, article_url: str) -> Page | None:
    """Return the newest first page of an article."""
    row = connection.execute(_FIRST_PAGE, {"article_url": article_url}).one_or_none()
    return Page(**row_dict(row)) if row else None


def open_parts(connection: Connection, article_url: str) -> list[str]:
    """Return the addresses of the parts that an article still waits for: not fetched yet, or not read yet."""
    return [row.url for row in connection.execute(_PARTS, {"article_url": article_url}) if _is_open(row)]


def due_links_of(connection: Connection, article_url: str) -> list[Link]:
    """Return the links of an article and its parts that are to be fetched now, in the order of their finding."""
    query = _LINKS.where(due())
    return [Link(**row_dict(row)) for row in connection.execute(query, {"article_url": article_url})]


def stored_parts(connection: Connection, article_url: str) -> list[StoredPart]:
    """Return the parts of an article as they are stored."""
    return [_stored(row) for row in connection.execute(_PARTS, {"article_url": article_url})]


def has_changed(connection: Connection, article_url: str) -> bool:
    """Tell whether an address of an article, its own or a part's, has pages that are not the same bytes."""
    return connection.execute(_CHANGED, {"article_url": article_url}).first() is not None


def requeue_parts(connection: Connection, article_url: str) -> None:
    """Have the parts of an article fetched again, as its first page was: its text may be another."""
    connection.execute(
        update(links)
        .where(links.c.canonical_url.in_(_ADDRESSES))
        .values(status=LinkStatus.PENDING, tries=0, next_try_at=None, error=None, error_at=None),
        {"article_url": article_url},
    )


def adopt_page(connection: Connection, page: Page, canonical_url: str, first: NewLink) -> None:
    """Note that a page which was taken for an article is a part of another, whose first page is to be fetched.

    `canonical_url` is the part's own, which may differ from the one under which the page was stored.
    """
    link = links.c.canonical_url == page.canonical_url
    if page.canonical_url == first.canonical_url:  # the list gave a later page, its address without the page's number
        connection.execute(update(links).where(link).values(url=first.url, status=LinkStatus.PENDING, tries=0))
    else:
        add_links(connection, page.source, page.section, [first])
    connection.execute(update(pages).where(pages.c.id == page.id).values(canonical_url=canonical_url))
    if article_of_part(connection, canonical_url) is None:
        connection.execute(parts.insert().values(canonical_url=canonical_url, article_url=first.canonical_url))
        part = NewLink(page.url, canonical_url, listed_at=page.listed_at)
        if add_links(connection, page.source, page.section, [part]):
            fetched = update(links).where(links.c.canonical_url == canonical_url).values(status=LinkStatus.FETCHED)
            connection.execute(fetched)


def release_parts(connection: Connection, article_url: str) -> None:
    """Let the parts of an article whose first page is not to be had be read as articles of their own."""
    has_text = or_(pages.c.verdict.is_(None), pages.c.verdict.in_(("article", "video")))
    first = select(pages.c.id).where(pages.c.canonical_url == article_url, has_text).limit(1)
    if connection.execute(first).first() is None:
        of_the_parts = pages.c.canonical_url.in_(_ADDRESSES)
        waiting = {"extracted_at": None, "verdict": None, "tries": 0, "next_try_at": None}
        connection.execute(update(pages).where(of_the_parts).values(waiting), {"article_url": article_url})
        connection.execute(delete(parts).where(parts.c.article_url == article_url))


# Statements of every page of a crawl, composed once: composing one takes longer than executing it.
_ARTICLE = bindparam("article_url", type_=String)
_ADDRESSES = select(parts.c.canonical_url).where(parts.c.article_url == _ARTICLE)
_ARTICLE_OF_PART = select(parts.c.article_url).where(parts.c.canonical_url == bindparam("canonical_url"))
_FIRST_PAGE = select(*page_columns()).where(pages.c.canonical_url == _ARTICLE).order_by(pages.c.id.desc()).limit(1)
_LINKS = (
    select(*link_columns())
    .where(or_(links.c.canonical_url == _ARTICLE, links.c.canonical_url.in_(_ADDRESSES)))
    .order_by(links.c.id)
)
_CHANGED = (
    select(pages.c.canonical_url)
    .where(or_(pages.c.canonical_url == _ARTICLE, pages.c.canonical_url.in_(_ADDRESSES)))
    .group_by(pages.c.canonical_url)
    .having(func.count(pages.c.sha256.distinct()) > 1)
    .limit(1)
)
_IS_PART = or_(pages.c.verdict.is_(None), pages.c.verdict.in_(("article", "video", PageState.PART)))
_NEWEST = (
    select(
        pages.c.canonical_url,
        func.coalesce(func.max(case((_IS_PART, pages.c.id))), func.max(pages.c.id)).label("id"),
    )
    .where(pages.c.canonical_url.in_(_ADDRESSES))
    .group_by(pages.c.canonical_url)
    .subquery()
)
_PARTS = (
    select(
        links.c.url, links.c.status, links.c.tries, links.c.error, pages.c.fetched_at, pages.c.extracted_at,
        pages.c.verdict, pages.c.reason, pages.c.warc_file, pages.c.warc_offset, pages.c.warc_length,
    )
    .select_from(parts)
    .join(links, links.c.canonical_url == parts.c.canonical_url)
    .outerjoin(_NEWEST, _NEWEST.c.canonical_url == parts.c.canonical_url)
    .outerjoin(pages, pages.c.id == _NEWEST.c.id)
    .where(parts.c.article_url == _ARTICLE)
    .order_by(parts.c.id)
)  # fmt: skip
"""An article's parts with the state of their link and of their newest page, one that holds something before others."""


def _is_open(row: Row[*tuple[Any, ...]]) -> bool:
    if row.status == LinkStatus.FAILED:
        return bool(row.tries < PART_TRIES)
    return row.status == LinkStatus.PENDING or (row.status == LinkStatus.FETCHED and row.extracted_at is None)


def _stored(row: Row[*tuple[Any, ...]]) -> StoredPart:
    readable = row.extracted_at is not None and row.verdict not in {PageState.FAILED, PageState.DAMAGED}
    location = RecordLocation(row.warc_file, row.warc_offset, row.warc_length) if readable else None
    if location is not None and location.is_removed:
        return StoredPart(row.url, None, REMOVED)
    if row.status != LinkStatus.FETCHED:
        problem = row.error or "it has not been fetched yet"
        if location is not None:
            problem = f"it is of {row.fetched_at:%Y-%m-%d}, for it cannot be fetched again: {problem}"
        return StoredPart(row.url, location, problem)
    return StoredPart(row.url, location, "" if location else row.reason or "it has not been read yet")
