"""Articles that source health holds back: they form no stories, and so are not searchable, until they are let go."""

from collections import Counter

from sqlalchemy import Connection, func, select, update

from archive.articles import next_change
from archive.schema import articles


def held_articles(connection: Connection, source: str) -> dict[str, str]:
    """Return the addresses of a source's articles that are held back, each with the rule that does."""
    query = select(articles.c.url, articles.c.held_by).where(
        articles.c.source == source, articles.c.held_by.is_not(None)
    )
    return {row.url: row.held_by for row in connection.execute(query)}


def set_hold(connection: Connection, url: str, rule: str | None) -> None:
    """Hold an article back by a rule, or let it go (None); either way the indexer works it off anew."""
    ids = connection.scalars(select(articles.c.id).where(articles.c.url == url)).all()
    for article_id in ids:
        values = {"held_by": rule, "changed_seq": next_change(connection)}
        connection.execute(update(articles).where(articles.c.id == article_id).values(values))


def count_held(connection: Connection) -> Counter[tuple[str, str]]:
    """Return how many articles are held back, by source and rule."""
    query = select(articles.c.source, articles.c.held_by, func.count()).where(articles.c.held_by.is_not(None))
    rows = connection.execute(query.group_by(articles.c.source, articles.c.held_by))
    return Counter({(source, rule): count for source, rule, count in rows})
