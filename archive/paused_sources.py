"""Paused sources: those that the service leaves alone until somebody resumes them."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from archive.schema import now, paused_sources


def pause_source(connection: Connection, source: str) -> bool:
    """Record that a source is paused; False where it was already."""
    if source in paused_since(connection):
        return False
    connection.execute(paused_sources.insert().values(source=source, paused_at=now()))
    return True


def resume_source(connection: Connection, source: str) -> bool:
    """Record that a source is paused no more; False where it was not."""
    return connection.execute(delete(paused_sources).where(paused_sources.c.source == source)).rowcount > 0


def paused_since(connection: Connection) -> dict[str, datetime]:
    """Return the sources that are paused, and since when."""
    return {row.source: row.paused_at for row in connection.execute(select(paused_sources))}
