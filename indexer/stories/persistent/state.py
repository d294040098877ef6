"""State: how far folding and what goes with it are, by name, as the archive keeps it."""

from sqlalchemy import Connection, delete, insert, select

from archive.story_tables import folding


def read_state(connection: Connection, name: str) -> str | None:
    """Return what is kept under a name; None where nothing is."""
    return connection.scalar(select(folding.c.value).where(folding.c.name == name))


def write_state(connection: Connection, name: str, value: str) -> None:
    """Keep a value under a name, in place of an older one."""
    connection.execute(delete(folding).where(folding.c.name == name))
    connection.execute(insert(folding).values(name=name, value=value))
