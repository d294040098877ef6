"""Rate limits: domains that are rate-limited by their sites (Retry-After), remembered across processes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from archive.schema import now, rate_limits
from archive.where_in import execute_where_in

MAX_RATE_LIMIT = timedelta(days=7)
"""How long we back off from a domain at most, whatever it asks for: then it is tried again, and may say so again."""


def limit_domain(connection: Connection, domain: str, until: datetime, reason: str) -> None:
    """Back off from a registered domain until a time, MAX_RATE_LIMIT at most; a later request replaces an earlier."""
    connection.execute(delete(rate_limits).where(rate_limits.c.domain == domain))
    until = min(until, now() + MAX_RATE_LIMIT)
    connection.execute(rate_limits.insert().values(domain=domain, until=until, reason=reason))


def shorten_rate_limits(connection: Connection) -> None:
    """Shorten rate limits that are longer than any may be: an earlier version stored some until the year 9999."""
    longest = now() + MAX_RATE_LIMIT
    connection.execute(update(rate_limits).where(rate_limits.c.until > longest).values(until=longest))


def lift_rate_limits(connection: Connection, domains: Iterable[str]) -> dict[str, datetime]:
    """Lift the rate limits of domains; return those that were active: {domain: until}."""
    lifted = {domain: until for domain, until in current_rate_limits(connection).items() if domain in set(domains)}
    execute_where_in(connection, delete(rate_limits), rate_limits.c.domain, domains)
    return lifted


def limited_until(connection: Connection, domain: str) -> datetime | None:
    """Return until when a domain is rate-limited, or None; MAX_RATE_LIMIT from now at most."""
    return current_rate_limits(connection).get(domain)


def current_rate_limits(connection: Connection) -> dict[str, datetime]:
    """Return every active rate limit: {domain: until}; one that is too long as it will be shortened."""
    time = now()
    rows = connection.execute(select(rate_limits.c.domain, rate_limits.c.until).where(rate_limits.c.until > time))
    return {row.domain: min(row.until, time + MAX_RATE_LIMIT) for row in rows}
