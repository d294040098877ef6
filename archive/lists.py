"""List pages: their validators for conditional requests, and the deeper ones still to be visited.

A list's row is written in the transaction that keeps its links, so that neither a kill nor a 304 hides a link.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from archive.among import fetch_among
from archive.schema import lists, now, row_dict


@dataclass(frozen=True)
class PendingList:
    """A deeper list page that was named by another and has not been read yet."""

    section: str
    key: str
    request: dict[str, Any]


@dataclass(frozen=True)
class Validators:
    """What a server told of a list page the last time, to ask it whether it changed since."""

    etag: str | None = None
    last_modified: str | None = None


def validators(connection: Connection, source: str, section: str, key: str) -> Validators:
    """Return the validators of a list page; empty ones where it was never read or gave none."""
    row = connection.execute(
        select(lists.c.etag, lists.c.last_modified).where(*_is(source, section, key))
    ).one_or_none()
    return Validators(row.etag, row.last_modified) if row else Validators()


def pending_lists(connection: Connection, source: str) -> list[PendingList]:
    """Return the deeper list pages that were named and not read, in the order in which they were named."""
    query = (
        select(lists.c.section, lists.c.key, lists.c.request)
        .where(lists.c.source == source, lists.c.pending)
        .order_by(lists.c.section, lists.c.depth, lists.c.id)
    )
    return [PendingList(**row_dict(row)) for row in connection.execute(query)]


def record_list(
    connection: Connection,
    source: str,
    section: str,
    request: dict[str, Any],
    *,
    key: str,
    depth: int,
    seen: Validators,
    body_hash: str,
    link_count: int,
    problem: str | None,
    walked_to: datetime | None = None,
) -> None:
    """Note that a list page was read. Validators of a page without a link are not kept: it must be seen again.

    `walked_to`: the moment to which a backfill goes back, where one reads the page.
    """
    keep = seen if link_count and not problem else Validators()
    _upsert(
        connection,
        source,
        section,
        key,
        request=request,
        depth=depth,
        pending=False,
        etag=keep.etag,
        last_modified=keep.last_modified,
        body_hash=body_hash,
        link_count=link_count,
        checked_at=now(),
        problem=problem,
        **({"walked_to": walked_to} if walked_to else {}),
    )


def record_visited(connection: Connection, source: str, section: str, key: str) -> None:
    """Note that a list page gave nothing to keep: it is unchanged, so all it holds is known, or the list ended."""
    connection.execute(update(lists).where(*_is(source, section, key)).values(checked_at=now(), pending=False))


def record_list_problem(
    connection: Connection, source: str, section: str, request: dict[str, Any], *, key: str, depth: int, problem: str
) -> None:
    """Note that a list page could not be read; a deeper one stays pending."""
    _upsert(
        connection,
        source,
        section,
        key,
        request=request,
        depth=depth,
        pending=depth > 0,
        etag=None,
        last_modified=None,
        problem=problem[:500],
        checked_at=now(),
    )


def add_pending_lists(
    connection: Connection, source: str, section: str, requests: Sequence[tuple[str, dict[str, Any]]], *, depth: int
) -> None:
    """Note deeper list pages, each a key and its request, as still to be visited."""
    for key, request in requests:
        _upsert(connection, source, section, key, request=request, depth=depth, pending=True)


def walked_keys(connection: Connection, source: str, section: str, keys: Sequence[str], since: datetime) -> set[str]:
    """Return those of the list pages that a backfill to `since`, or further back, has read already."""
    query = select(lists.c.key).where(lists.c.source == source, lists.c.section == section, lists.c.walked_to <= since)
    return {row.key for row in fetch_among(connection, query, lists.c.key, keys)}


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


def _is(source: str, section: str, key: str) -> tuple[Any, ...]:
    return (lists.c.source == source, lists.c.section == section, lists.c.key == key)


def _upsert(connection: Connection, source: str, section: str, key: str, **values: Any) -> None:
    changed = connection.execute(update(lists).where(*_is(source, section, key)).values(**values))
    if not changed.rowcount:
        connection.execute(lists.insert().values({"source": source, "section": section, "key": key, **values}))
