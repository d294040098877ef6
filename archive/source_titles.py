"""Source titles: what readers know a source by. The crawler, which reads the source files, stores them here."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from archive.story_tables import source_titles
from archive.where_in import execute_where_in


def store_source_titles(connection: Connection, titles: Mapping[str, str]) -> None:
    """Store the titles of sources by their names; of a known source the newest."""
    if titles:
        execute_where_in(connection, delete(source_titles), source_titles.c.source, titles)
        connection.execute(insert(source_titles), [{"source": name, "title": title} for name, title in titles.items()])


def known_source_titles(connection: Connection) -> dict[str, str]:
    """Return the title of every source that ever crawled."""
    return {row.source: row.title for row in connection.execute(select(source_titles))}
