"""List pages: their validators for conditional requests, and the deeper ones still to be visited.

A list's row is written in the transaction that stores its links, so that neither a kill nor a 304 hides a link.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from archive.schema import lists, now, row_dict
from archive.where_in import execute_where_in, fetch_where_in


@dataclass(frozen=True)
class ListTarget:
    """One page of a list: whose it is, and the request that reads it."""

    source: str
    section: str
    key: str
    """What identifies the page within its section."""
    request: dict[str, Any]
    depth: int
    """0 for the start of a list, 1 for the page that it names, …"""


@dataclass(frozen=True)
class Validators:
    """What a server said of a list page the last time, for a conditional request."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class ListResult:
    """What reading a list page gave."""

    body_hash: str
    link_count: int
    refused: Mapping[str, int] | None = None
    """How many of its links were not taken for articles, by the reason."""
    validators: Validators = Validators()
    names_lists: bool = False
    """Whether it names further lists, as an index of sitemaps does."""
    problem: str | None = None
    """What of it could not be read."""
    backfilled_to: datetime | None = None
    """How far back the backfill goes that read it; None where it was an ordinary crawl."""


def validators(connection: Connection, source: str, section: str, key: str) -> Validators:
    """Return the validators of a list page; empty ones where it was never read or gave none."""
    same = (lists.c.source == source, lists.c.section == section, lists.c.key == key)
    row = connection.execute(select(lists.c.etag, lists.c.last_modified).where(*same)).one_or_none()
    return Validators(row.etag, row.last_modified) if row else Validators()


def pending_lists(connection: Connection, source: str) -> list[ListTarget]:
    """Return the deeper list pages that were named and not read, in the order in which they were named."""
    query = (
        select(*(lists.c[name] for name in ListTarget.__dataclass_fields__))
        .where(lists.c.source == source, lists.c.pending)
        .order_by(lists.c.section, lists.c.depth, lists.c.id)
    )
    return [ListTarget(**row_dict(row)) for row in connection.execute(query)]


def read_list_keys(connection: Connection, source: str) -> set[tuple[str, str]]:
    """Return section and key of every list page of a source that was ever read."""
    query = select(lists.c.section, lists.c.key).where(lists.c.source == source, lists.c.body_hash.is_not(None))
    return {(row.section, row.key) for row in connection.execute(query)}


def record_list(connection: Connection, target: ListTarget, result: ListResult) -> None:
    """Record that a list page was read. One that names nothing must be seen again: its validators are not stored."""
    names_something = result.link_count or result.names_lists
    stored = result.validators if names_something and not result.problem else Validators()
    _upsert(
        connection,
        target,
        pending=False,
        etag=stored.etag,
        last_modified=stored.last_modified,
        body_hash=result.body_hash,
        link_count=result.link_count,
        refused=dict(result.refused or {}) or None,
        checked_at=now(),
        problem=result.problem,
        **({"backfilled_to": result.backfilled_to} if result.backfilled_to else {}),
    )


def record_visited(connection: Connection, target: ListTarget) -> None:
    """Record that a list page gave nothing to store: it is unchanged, so all it holds is known, or the list ended."""
    connection.execute(update(lists).where(*_is(target)).values(checked_at=now(), pending=False))


def renew_children(connection: Connection, target: ListTarget, *, most: int) -> None:
    """Have the lists read again that an unchanged index named the last time; what they hold may have changed."""
    children = (
        select(lists.c.id)
        .where(lists.c.source == target.source, lists.c.section == target.section, lists.c.depth == target.depth + 1)
        .order_by(lists.c.checked_at.desc().nulls_last(), lists.c.id)
        .limit(most)
    )
    ids = list(connection.scalars(children))
    execute_where_in(connection, update(lists).values(pending=True), lists.c.id, ids)


def record_list_problem(connection: Connection, target: ListTarget, problem: str) -> None:
    """Record that a list page could not be read; a deeper one stays pending."""
    _upsert(
        connection,
        target,
        pending=target.depth > 0,
        etag=None,
        last_modified=None,
        problem=problem[:500],
        checked_at=now(),
    )


def add_pending_lists(connection: Connection, targets: Iterable[ListTarget]) -> None:
    """Record deeper list pages as still to be visited."""
    for target in targets:
        _upsert(connection, target, pending=True)


def backfilled_keys(
    connection: Connection, source: str, section: str, keys: Sequence[str], since: datetime
) -> set[str]:
    """Return those of the list pages that a backfill to `since`, or further back, has read already."""
    query = select(lists.c.key).where(
        lists.c.source == source, lists.c.section == section, lists.c.backfilled_to <= since
    )
    return {row.key for row in fetch_where_in(connection, query, lists.c.key, keys)}


def known_body_hash(connection: Connection, target: ListTarget) -> str | None:
    """Return the hash of what a list page held the last time, None where it was never read."""
    return connection.scalar(select(lists.c.body_hash).where(*_is(target)))


def forget_list(connection: Connection, target: ListTarget) -> None:
    """Forget a list page that will never be named again."""
    connection.execute(delete(lists).where(*_is(target)))


def count_pending_lists(connection: Connection, source: str) -> int:
    """Return how many deeper list pages of a source are still to be read."""
    query = select(func.count()).where(lists.c.source == source, lists.c.pending)
    return int(connection.scalar(query) or 0)


def list_problems(connection: Connection) -> list[dict[str, Any]]:
    """Return source, section, key and problem of every list page that could not be read the last time."""
    query = (
        select(lists.c.source, lists.c.section, lists.c.key, lists.c.problem, lists.c.checked_at)
        .where(lists.c.problem.is_not(None))
        .order_by(lists.c.source, lists.c.section, lists.c.id)
    )
    return [row_dict(row) for row in connection.execute(query)]


def _is(target: ListTarget) -> tuple[Any, ...]:
    return (lists.c.source == target.source, lists.c.section == target.section, lists.c.key == target.key)


def _upsert(connection: Connection, target: ListTarget, **values: Any) -> None:
    values |= {"request": target.request, "depth": target.depth}
    changed = connection.execute(update(lists).where(*_is(target)).values(**values))
    if not changed.rowcount:
        names = {"source": target.source, "section": target.section, "key": target.key}
        connection.execute(lists.insert().values(names | values))
