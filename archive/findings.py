"""Findings of source health and the messages about them: kept from their opening to their end, and until delivered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from archive.health_tables import deliveries, findings, health_state
from archive.schema import now, row_dict

RETRY_AFTER = (
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(days=1),
    timedelta(days=2),
    timedelta(days=3),
)
"""Waits before each further try of a message; after the last one it counts as failed, and says so."""

KEPT = timedelta(days=365)
"""For how long findings that were resolved are kept, with their messages."""


@dataclass(frozen=True)
class Delivery:
    """A message that is due at a channel."""

    id: int
    channel: str
    shown: str
    message: dict[str, Any]
    due_at: datetime
    tries: int
    reason: str | None


def open_findings(connection: Connection) -> list[dict[str, Any]]:
    """Return the rows of all findings that are not resolved, the oldest first."""
    query = select(findings).where(findings.c.resolved_at.is_(None)).order_by(findings.c.opened_at, findings.c.id)
    return [row_dict(row) for row in connection.execute(query)]


def newest_findings(connection: Connection, *, limit: int) -> list[dict[str, Any]]:
    """Return the rows of findings that changed last, the newest first, resolved ones included."""
    changed_at = func.coalesce(findings.c.resolved_at, findings.c.opened_at)
    query = select(findings).order_by(changed_at.desc(), findings.c.id.desc()).limit(limit)
    return [row_dict(row) for row in connection.execute(query)]


def add_finding(connection: Connection, values: Mapping[str, Any]) -> int:
    """Open a finding; return its id."""
    time = now()
    row = {**values, "opened_at": time, "seen_at": time}
    key = connection.execute(findings.insert().values(row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def renew_finding(connection: Connection, finding_id: int, values: Mapping[str, Any]) -> None:
    """Record that a finding was seen again, as it is now."""
    connection.execute(update(findings).where(findings.c.id == finding_id).values(**values, seen_at=now()))


def resolve_finding(connection: Connection, finding_id: int) -> None:
    """Record that a finding is over."""
    connection.execute(update(findings).where(findings.c.id == finding_id).values(resolved_at=now()))


def forget_old_findings(connection: Connection) -> None:
    """Delete what was resolved long ago, and the messages about it."""
    old = findings.c.resolved_at < now() - KEPT
    resolved_long_ago = select(findings.c.id).where(old).subquery()
    connection.execute(delete(deliveries).where(deliveries.c.finding_id.in_(select(resolved_long_ago))))
    connection.execute(delete(findings).where(old))


def add_delivery(
    connection: Connection, finding_id: int | None, *, channel: str, shown: str, message: Mapping[str, Any]
) -> None:
    """Record that a message is due at a channel now."""
    values = {"finding_id": finding_id, "channel": channel, "shown": shown, "message": dict(message), "due_at": now()}
    connection.execute(deliveries.insert().values(values))


def due_deliveries(connection: Connection, channels: Sequence[str]) -> list[Delivery]:
    """Return the messages that are to be sent now to one of these channels, in the order in which they fell due."""
    time = now()
    due = or_(deliveries.c.due_at <= time, deliveries.c.tried_at > time)  # the clock was set back
    columns = (deliveries.c[name] for name in Delivery.__dataclass_fields__)
    query = select(*columns).where(*_under_way(), due).order_by(deliveries.c.id)
    return [Delivery(**row_dict(row)) for row in connection.execute(query) if row.channel in channels]


def undelivered(connection: Connection) -> list[dict[str, Any]]:
    """Return the messages that were tried in vain: those that are tried again, and those that failed within a week."""
    is_recent = or_(deliveries.c.failed_at.is_(None), deliveries.c.failed_at > now() - timedelta(days=7))
    query = select(deliveries).where(deliveries.c.delivered_at.is_(None), deliveries.c.tries > 0, is_recent)
    return [row_dict(row) for row in connection.execute(query.order_by(deliveries.c.id))]


def begin_delivery(connection: Connection, delivery: Delivery) -> None:
    """Record a try before it is made, with the time of the next: a process that dies meanwhile repeats none at once."""
    wait = RETRY_AFTER[min(delivery.tries, len(RETRY_AFTER) - 1)]
    values = {"tries": delivery.tries + 1, "tried_at": now(), "due_at": now() + wait}
    connection.execute(update(deliveries).where(deliveries.c.id == delivery.id).values(**values))


def end_delivery(connection: Connection, delivery: Delivery, failure: str | None) -> None:
    """Record how a try ended: delivered, to be tried again, or failed for good."""
    is_last = delivery.tries >= len(RETRY_AFTER)
    values = {"reason": failure[:500] if failure else None}
    ended = {"failed_at": now() if failure and is_last else None, "delivered_at": None if failure else now()}
    connection.execute(update(deliveries).where(deliveries.c.id == delivery.id).values(**values, **ended))


def cancel_deliveries(connection: Connection, channels: Sequence[str]) -> None:
    """Record that messages to channels that the settings name no more have failed."""
    values = {"failed_at": now(), "reason": "the settings do not name this address any more"}
    for row in connection.execute(select(deliveries.c.id, deliveries.c.channel).where(*_under_way())).all():
        if row.channel not in channels:
            connection.execute(update(deliveries).where(deliveries.c.id == row.id).values(values))


def health_memory(connection: Connection, name: str) -> str | None:
    """Return what an earlier round remembered under a name."""
    return connection.scalar(select(health_state.c.value).where(health_state.c.name == name))


def remember(connection: Connection, name: str, value: str) -> None:
    """Remember something for later rounds."""
    changed = connection.execute(update(health_state).where(health_state.c.name == name).values(value=value))
    if not changed.rowcount:
        connection.execute(health_state.insert().values(name=name, value=value))


def _under_way() -> tuple[Any, ...]:
    return (deliveries.c.delivered_at.is_(None), deliveries.c.failed_at.is_(None))
