"""State: how far clustering and what goes with it are, as the archive stores it."""

from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select

from archive.story_tables import clustering


class StateName(StrEnum):
    """Under which name a value of the clustering's state is stored."""

    CURSOR = "cursor"
    """`changed_seq` of the last article that was clustered."""
    ALGORITHM = "algorithm"
    """Version of the algorithm that made the stored keys."""
    REBUILDING = "rebuilding"
    """The `RebuildPhase`, while all stories are rebuilt."""


class RebuildPhase(StrEnum):
    """How far a rebuild of all stories is."""

    CLEARING = "clearing"
    CLUSTERING = "clustering"


def read_state(connection: Connection, name: str) -> str | None:
    """Return the value of a name; None where there is none."""
    return connection.scalar(select(clustering.c.value).where(clustering.c.name == str(name)))


def write_state(connection: Connection, name: str, value: str) -> None:
    """Store a value under a name, in place of an older one."""
    connection.execute(delete(clustering).where(clustering.c.name == str(name)))
    connection.execute(insert(clustering).values(name=str(name), value=str(value)))
