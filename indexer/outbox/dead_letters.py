"""Dead letters: stories that a search index refuses for good, with its reason."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from archive.schema import articles, now, row_dict
from archive.story_tables import dead_letters, outbox, stories
from archive.where_in import execute_where_in, fetch_where_in


def record_dead_letters(connection: Connection, index_name: str, refused: Mapping[str, tuple[int, str]]) -> None:
    """Record for each story that an index refuses the revision and the reason, in place of an older dead letter."""
    if not refused:
        return
    delete_dead_letters(connection, index_name, list(refused))
    at = now()
    rows = [
        {"index_name": index_name, "story_id": name, "revision": revision, "reason": reason, "refused_at": at}
        for name, (revision, reason) in refused.items()
    ]
    connection.execute(insert(dead_letters), rows)


def delete_dead_letters(connection: Connection, index_name: str, ids: Sequence[str]) -> None:
    """Delete the dead letters of stories that an index took after all."""
    of_index = dead_letters.c.index_name == index_name
    execute_where_in(connection, delete(dead_letters).where(of_index), dead_letters.c.story_id, ids)


def all_dead_letters(connection: Connection) -> list[dict[str, Any]]:
    """Return every dead letter that was not dropped, newest first, with the story's title and url."""
    query = (
        select(dead_letters, articles.c.title, articles.c.url)
        .outerjoin(stories, stories.c.story_id == dead_letters.c.story_id)
        .outerjoin(articles, articles.c.id == stories.c.original_id)
        .where(dead_letters.c.dropped.is_(False))
        .order_by(dead_letters.c.refused_at.desc(), dead_letters.c.story_id)
    )
    return [row_dict(row) for row in connection.execute(query)]


def retry_dead_letters(connection: Connection, ids: Sequence[str]) -> int:
    """Requeue refused stories; return how many dead letters that were."""
    query = (
        select(dead_letters.c.index_name, dead_letters.c.story_id, stories.c.revision)
        .join(stories, stories.c.story_id == dead_letters.c.story_id)
        .where(dead_letters.c.dropped.is_(False))
    )
    found = fetch_where_in(connection, query, dead_letters.c.story_id, ids)
    if found:
        at = now()
        older = [{"of_index": letter.index_name, "of_story": letter.story_id} for letter in found]
        connection.execute(_DELETE_ENTRY, older)
        connection.execute(insert(outbox), [row_dict(letter) | {"queued_at": at} for letter in found])
    execute_where_in(connection, delete(dead_letters), dead_letters.c.story_id, ids)
    return len(found)


def drop_dead_letters(connection: Connection, ids: Sequence[str]) -> int:
    """Show refused stories no more until they change; return how many dead letters that were.

    The row stays: without it the story would count as one that the index holds.
    """
    shown = update(dead_letters).where(dead_letters.c.dropped.is_(False)).values(dropped=True)
    return execute_where_in(connection, shown, dead_letters.c.story_id, ids)


_DELETE_ENTRY = delete(outbox).where(
    outbox.c.index_name == bindparam("of_index"), outbox.c.story_id == bindparam("of_story")
)
