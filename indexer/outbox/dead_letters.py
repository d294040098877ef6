"""Dead letters: stories that a search index refuses for good, with its reason."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, update

from archive.schema import articles, now, row_dict
from archive.story_tables import dead_letters, outbox, stories


def keep_letters(connection: Connection, index_name: str, refused: Mapping[str, tuple[int, str]]) -> None:
    """Keep a letter for each story that an index refuses, in place of an older one: the revision and the reason."""
    if not refused:
        return
    withdraw_letters(connection, index_name, list(refused))
    moment = now()
    rows = [
        {"index_name": index_name, "story_id": name, "revision": revision, "reason": reason, "refused_at": moment}
        for name, (revision, reason) in refused.items()
    ]
    connection.execute(insert(dead_letters), rows)


def withdraw_letters(connection: Connection, index_name: str, ids: Sequence[str]) -> None:
    """Forget the letters of stories that an index took after all."""
    of_index = dead_letters.c.index_name == index_name
    connection.execute(delete(dead_letters).where(of_index, dead_letters.c.story_id.in_(ids)))


def all_letters(connection: Connection) -> list[dict[str, Any]]:
    """Return every dead letter that was not dropped, newest first, with the story's title and url."""
    query = (
        select(dead_letters, articles.c.title, articles.c.url)
        .outerjoin(stories, stories.c.story_id == dead_letters.c.story_id)
        .outerjoin(articles, articles.c.id == stories.c.original_id)
        .where(dead_letters.c.dropped.is_(False))
        .order_by(dead_letters.c.refused_at.desc(), dead_letters.c.story_id)
    )
    return [row_dict(row) for row in connection.execute(query)]


def retry_letters(connection: Connection, ids: Sequence[str]) -> int:
    """Put refused stories out once more; return how many letters that were."""
    letters = connection.execute(
        select(dead_letters.c.index_name, dead_letters.c.story_id, stories.c.revision)
        .join(stories, stories.c.story_id == dead_letters.c.story_id)
        .where(dead_letters.c.story_id.in_(ids), dead_letters.c.dropped.is_(False))
    ).all()
    for letter in letters:
        connection.execute(
            delete(outbox).where(and_(outbox.c.index_name == letter.index_name, outbox.c.story_id == letter.story_id))
        )
        connection.execute(insert(outbox).values(**letter._mapping, queued_at=now()))
    connection.execute(delete(dead_letters).where(dead_letters.c.story_id.in_(ids)))
    return len(letters)


def drop_letters(connection: Connection, ids: Sequence[str]) -> int:
    """Show refused stories no more until they change; return how many letters that were.

    The row stays: without it the story would count as one that the index holds.
    """
    of_stories = dead_letters.c.story_id.in_(ids) & dead_letters.c.dropped.is_(False)
    return connection.execute(update(dead_letters).where(of_stories).values(dropped=True)).rowcount
