"""Changes: every story that is new, changed or withdrawn since a reader last asked; nothing is missed."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from archive.story_tables import stories, story_changes
from archive.where_in import fetch_where_in
from indexer.outbox.story_documents import story_documents
from indexer.search.document import StoryDocument


@dataclass(frozen=True)
class Change:
    """The last change of one story."""

    story_id: str
    story: StoryDocument | None
    """As it is now; None where it was withdrawn."""
    merged_into: str | None
    """Of a withdrawn story the one that it is part of now, if any."""


@dataclass(frozen=True)
class Changes:
    """Changes behind a place."""

    found: tuple[Change, ...]
    upto: int
    """The place that they reach to: the next time is asked behind it."""
    has_more: bool


def read_changes(connection: Connection, since: int, limit: int) -> Changes:
    """Return the changes behind a place, the earliest first. ValueError where the archive never was at that place.

    A story that changes again meanwhile is told again later, and of several changes the last alone.
    """
    newest = connection.scalar(select(func.max(story_changes.c.seq))) or 0
    if since > newest:
        raise ValueError(f"since: this archive has changes up to {newest} only, it was rebuilt or restored: begin at 0")
    query = select(story_changes).where(story_changes.c.seq > since).order_by(story_changes.c.seq)
    rows = connection.execute(query.limit(limit)).all()
    ids = [row.story_id for row in rows]
    known = {row.story_id: row for row in fetch_where_in(connection, select(stories), stories.c.story_id, ids)}
    living = [name for name in ids if name in known and not known[name].deleted]
    documents = {document.story_id: document for document in story_documents(connection, living)}
    found = tuple(Change(name, documents.get(name), known[name].merged_into if name in known else None) for name in ids)
    upto = rows[-1].seq if rows else since
    return Changes(found, upto, upto < newest)
