"""Pauses: domains that are rate-limited by their sites (Retry-After), remembered across processes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from archive.among import change_among
from archive.schema import now, pauses

LONGEST_PAUSE = timedelta(days=7)
"""How long we back off from a domain at most, whatever it asks for: then it is tried again, and may say so again."""


def pause_domain(connection: Connection, domain: str, until: datetime, reason: str) -> None:
    """Back off from a registered domain until a time, LONGEST_PAUSE at most; a later request replaces an earlier."""
    connection.execute(delete(pauses).where(pauses.c.domain == domain))
    until = min(until, now() + LONGEST_PAUSE)
    connection.execute(pauses.insert().values(domain=domain, until=until, reason=reason))


def shorten_pauses(connection: Connection) -> None:
    """Shorten pauses that are longer than any may be, as those that an earlier version stored until the year 9999."""
    longest = now() + LONGEST_PAUSE
    connection.execute(update(pauses).where(pauses.c.until > longest).values(until=longest))


def resume_domains(connection: Connection, domains: Iterable[str]) -> dict[str, datetime]:
    """Lift the pauses of domains; return those that were active: {domain: until}."""
    lifted = {domain: until for domain, until in current_pauses(connection).items() if domain in set(domains)}
    change_among(connection, delete(pauses), pauses.c.domain, domains)
    return lifted


def paused_until(connection: Connection, domain: str) -> datetime | None:
    """Return until when a domain is rate-limited, or None; LONGEST_PAUSE from now at most."""
    return current_pauses(connection).get(domain)


def current_pauses(connection: Connection) -> dict[str, datetime]:
    """Return every active pause: {domain: until}; one that is too long as it will be shortened."""
    time = now()
    rows = connection.execute(select(pauses.c.domain, pauses.c.until).where(pauses.c.until > time))
    return {row.domain: min(row.until, time + LONGEST_PAUSE) for row in rows}
