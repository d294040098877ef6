"""Since when an article can be searched: noted once, when an index first acknowledges a story that holds it."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from archive.schema import now
from archive.story_tables import searchable_articles, stories, story_articles
from archive.where_in import fetch_where_in


def record_searchable(connection: Connection, story_ids: Iterable[str]) -> None:
    """Note the articles of acknowledged stories that were not searchable before; the caller holds the lock `index`."""
    known = select(searchable_articles.c.article_id).where(
        searchable_articles.c.article_id == story_articles.c.article_id
    )
    new = (
        select(story_articles.c.article_id)
        .join(stories, stories.c.representative_id == story_articles.c.representative_id)
        .where(stories.c.deleted.is_(False), ~known.exists())
    )
    time = now()
    found = fetch_where_in(connection, new, stories.c.story_id, story_ids)
    rows = [{"article_id": row.article_id, "searchable_at": time} for row in found]
    if rows:
        connection.execute(searchable_articles.insert(), rows)
