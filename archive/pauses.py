"""Pauses: domains that asked us to stay away for a while, remembered across processes."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from archive.schema import now, pauses


def pause_domain(connection: Connection, domain: str, until: datetime, reason: str) -> None:
    """Stay away from a registered domain until a moment; a later request replaces an earlier one."""
    connection.execute(delete(pauses).where(pauses.c.domain == domain))
    connection.execute(pauses.insert().values(domain=domain, until=until, reason=reason))


def paused_until(connection: Connection, domain: str) -> datetime | None:
    """Return until when a domain is to be left alone, or None."""
    until = connection.scalar(select(pauses.c.until).where(pauses.c.domain == domain))
    return until if until is not None and until > now() else None


def current_pauses(connection: Connection) -> dict[str, datetime]:
    """Return every pause that is in force: {domain: until}."""
    rows = connection.execute(select(pauses.c.domain, pauses.c.until).where(pauses.c.until > now()))
    return {row.domain: row.until for row in rows}
