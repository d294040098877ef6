"""Claims: one section of a source takes over articles that another one named first."""

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from archive.article import Relevance
from archive.articles import article_of
from archive.schema import articles, links, pages
from archive.where_in import fetch_where_in


def claim(
    connection: Connection, source: str, section: str, addresses: Sequence[str], others: Sequence[str]
) -> list[tuple[int, Relevance]]:
    """Give the links of the addresses that stand in one of the `others`, with their pages and articles, to a section.

    Return the articles among them, by their ids, each with what the rules have said of it. An article is claimed once.
    """
    address = links.c.canonical_url
    query = select(address, links.c.section).where(links.c.source == source)
    claimed = [
        row.canonical_url for row in fetch_where_in(connection, query, address, addresses) if row.section in others
    ]
    found: list[tuple[int, Relevance]] = []
    for url in claimed:
        for table in (links, pages, articles):
            connection.execute(update(table).where(table.c.canonical_url == url).values(section=section))
        row = connection.execute(select(articles).where(articles.c.canonical_url == url)).one_or_none()
        if row is not None:
            found.append((row.id, article_of(row, extracted=True).relevance))
    return found
