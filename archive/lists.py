"""List pages: their validators for conditional requests, and the deeper ones still to be visited.

A list's row is written in the transaction that stores its links, so that neither a kill nor a 304 hides a link.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from archive.schema import lists, now, row_dict
from archive.where_in import execute_where_in, fetch_where_in

FULL_AFTER = timedelta(days=1)
"""After so long a list that is said to be unchanged is read whole all the same, and compared."""

FULL_AFTER_UNCHANGED = 20
"""And after it was said so many times."""

UNCONDITIONAL = timedelta(days=7)
"""For so long a list is asked without conditions whose validators lied; then they are tried again."""


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
    """Return the validators of a list page; empty ones where it was never read, gave none, or gave such as lied."""
    same = (lists.c.source == source, lists.c.section == section, lists.c.key == key)
    columns = (lists.c.etag, lists.c.last_modified, lists.c.unconditional_until)
    row = connection.execute(select(*columns).where(*same)).one_or_none()
    if row is None or (row.unconditional_until and now() < row.unconditional_until <= now() + UNCONDITIONAL):
        return Validators()
    return Validators(row.etag, row.last_modified)


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
        full_at=now(),
        unchanged_count=0,
        problem=result.problem,
        **({"backfilled_to": result.backfilled_to} if result.backfilled_to else {}),
    )


def record_visited(connection: Connection, target: ListTarget) -> None:
    """Record that a list page gave nothing to store: it is unchanged, so all it holds is known, or the list ended."""
    connection.execute(update(lists).where(*_is(target)).values(checked_at=now(), pending=False))


def record_unchanged(connection: Connection, target: ListTarget) -> bool:
    """Record that a list page is said to be unchanged; return whether that is to be put to the test now.

    So it is once a day, and after it was said FULL_AFTER_UNCHANGED times.
    """
    record_visited(connection, target)
    query = select(lists.c.full_at, lists.c.unchanged_count).where(*_is(target))
    row = connection.execute(query).one_or_none()
    if row is None:
        return False
    connection.execute(update(lists).where(*_is(target)).values(unchanged_count=row.unchanged_count + 1))
    is_old = row.full_at is None or not now() - FULL_AFTER < row.full_at <= now()
    return is_old or row.unchanged_count + 1 >= FULL_AFTER_UNCHANGED


def record_confirmed(connection: Connection, target: ListTarget) -> None:
    """Record that a list page which was said to be unchanged is."""
    connection.execute(update(lists).where(*_is(target)).values(full_at=now(), unchanged_count=0))


def distrust_validators(connection: Connection, target: ListTarget) -> None:
    """Record that a list page had changed though its validators denied it: for a while they are not used."""
    connection.execute(update(lists).where(*_is(target)).values(unconditional_until=now() + UNCONDITIONAL))


def distrusted_lists(connection: Connection) -> list[dict[str, Any]]:
    """Return source, section, key and unconditional_until of the list pages whose validators are not used for now."""
    columns = (lists.c.source, lists.c.section, lists.c.key, lists.c.unconditional_until)
    query = select(*columns).where(lists.c.unconditional_until > now()).order_by(lists.c.source, lists.c.id)
    return [row_dict(row) for row in connection.execute(query)]


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
