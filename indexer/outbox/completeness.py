"""Completeness: whether a search index still holds what it has acknowledged.

An index can be deleted, emptied, restored from a snapshot, or exchanged for another one, behind the archive's back.
What it must hold follows from the archive alone: every story that neither waits in the outbox nor is a dead letter.
Counted at each run, the newest of them are read back too, since an old copy may hold as many; and where the index says
that it is another one than before, all of them are compared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, select, update

from archive.database import Database
from archive.story_tables import dead_letters, outbox, search_indexes, stories
from indexer.search.index import IndexIncompleteError, SearchIndex, SearchRequest
from indexer.search.query.model import Or, Phrase
from indexer.stories.persistent.batches import enqueue_all

NEWEST = 100
"""How many of the stories that changed last are read back at each run."""


@dataclass(frozen=True)
class Acknowledged:
    """What an index must hold, as the archive knows it."""

    identity: str | None
    """Of the index that acknowledged it; None before the first run that asked."""
    stories: int
    """How many stories, tombstones not counted, the index has acknowledged in their present revision."""
    newest: tuple[Row[Any], ...]
    """Story id, revision and `deleted` of those that changed last, tombstones among them."""


def acknowledged(connection: Connection, name: str) -> Acknowledged:
    """Return what the index `name` must hold."""
    identity = connection.scalar(select(search_indexes.c.identity).where(search_indexes.c.name == name))
    settled = _settled(name).subquery()
    count = connection.scalar(select(func.count()).select_from(settled).where(settled.c.deleted.is_(False)))
    newest = connection.execute(_settled(name).order_by(stories.c.revision.desc()).limit(NEWEST)).all()
    return Acknowledged(identity, int(count or 0), tuple(newest))


def record_identity(connection: Connection, name: str, identity: str) -> None:
    """Record which index acknowledges from now on."""
    connection.execute(update(search_indexes).where(search_indexes.c.name == name).values(identity=identity))


def ensure_complete(database: Database, index: SearchIndex) -> int:
    """Compare a prepared index with the archive; return how many stories were requeued because it is empty.

    The caller holds the process lock `index`. Raises IndexIncompleteError where stories are missing in an index that is
    not empty, IndexUnavailableError where it does not answer.
    """
    identity = index.identity()
    index.refresh()
    held = index.count()
    with database.read() as connection:
        known = acknowledged(connection, index.name)
    if known.stories and held == 0:
        return _requeue(database, index.name, identity)
    if known.stories and identity != known.identity:
        _compare_all(database, index, held)
    elif held < known.stories:
        raise IndexIncompleteError(
            f"{_found(index, held)}, but {known.stories:,} were acknowledged: run `deltanews rebuild index`"
        )
    elif lacking := len(_lacking(known.newest, _held_of_newest(index, known))):
        raise IndexIncompleteError(_outdated(index, held, lacking))
    if identity != known.identity:
        with database.write() as connection:
            record_identity(connection, index.name, identity)
    return 0


def _requeue(database: Database, name: str, identity: str) -> int:
    """Enqueue every story, those that were refused included; return how many live."""
    with database.write() as connection:
        connection.execute(delete(dead_letters).where(dead_letters.c.index_name == name))
        enqueue_all(connection, name)
        record_identity(connection, name, identity)
        living = select(func.count()).select_from(stories).where(stories.c.deleted.is_(False))
        return int(connection.scalar(living) or 0)


def _compare_all(database: Database, index: SearchIndex, held: int) -> None:
    revisions = {document.story_id: document.revision for document in index.documents()}
    with database.read() as connection:
        lacking = _lacking(connection.execute(_settled(index.name)), revisions)
    if lacking:
        raise IndexIncompleteError(_outdated(index, held, len(lacking)))


def _held_of_newest(index: SearchIndex, known: Acknowledged) -> Mapping[str, int]:
    if not known.newest:
        return {}
    query = Or(tuple(Phrase(row.story_id, "id") for row in known.newest))
    found = index.search(SearchRequest(query, limit=NEWEST))
    return {document.story_id: document.revision for document in found.hits}


def _lacking(rows: Iterable[Row[Any]], held: Mapping[str, int]) -> list[str]:
    """Return the stories that are missing or older in the index, and those that it still shows though they are gone."""
    return [row.story_id for row in rows if held.get(row.story_id, row.revision if row.deleted else -1) < row.revision]


def _settled(name: str) -> Select[Any]:
    """Select the stories that the index has acknowledged in their present revision."""
    conditions = [
        ~select(table.c.story_id)
        .where(table.c.index_name == name, table.c.story_id == stories.c.story_id)
        .correlate(stories)
        .exists()
        for table in (outbox, dead_letters)
    ]
    return select(stories.c.story_id, stories.c.revision, stories.c.deleted).where(*conditions)


def _found(index: SearchIndex, held: int) -> str:
    return f"the {index.name} index holds {held:,} stories"


def _outdated(index: SearchIndex, held: int, lacking: int) -> str:
    return (
        f"{_found(index, held)}, but {lacking:,} of those that were acknowledged are missing or outdated in it "
        "(another index, or an old copy of it): run `deltanews rebuild index`"
    )
