"""Probes: articles that were known and are looked at again, a day, to see whether their site still has them."""

from datetime import timedelta

from sqlalchemy import Connection, exists, select

from archive.health_tables import probes
from archive.pages import Page, page_columns
from archive.schema import articles, now, pages, parts, row_dict

EVERY = timedelta(days=1)
"""How often a source is probed; and how old an article is that is taken."""

SOUND = 0.9
"""Similarity below which another article is probed in the next crawl already: one may have been withdrawn."""


def article_to_probe(connection: Connection, source: str) -> tuple[Page, str] | None:
    """Return the page of the newest article that is a day old, with its stored text; None where no probe is due.

    Neither one that is printed over several pages, nor within a day the one that was probed last and was not sound.
    """
    time = now()
    last = connection.execute(
        select(probes).where(probes.c.source == source).order_by(probes.c.id.desc()).limit(1)
    ).first()
    is_recent = last is not None and timedelta(0) <= time - last.probed_at < EVERY
    if last and is_recent and last.similarity >= SOUND:
        return None
    query = (
        select(*page_columns(), articles.c.body)
        .join(articles, articles.c.page_id == pages.c.id)
        .where(articles.c.source == source, articles.c.first_seen_at <= time - EVERY)
        .where(~exists().where(parts.c.article_url == articles.c.canonical_url))
        .order_by(articles.c.id.desc())
        .limit(1)
    )
    if last and is_recent:
        query = query.where(pages.c.url != last.url)
    row = connection.execute(query).first()
    if row is None:
        return None
    values = row_dict(row)
    body = values.pop("body")
    return Page(**values), body


def record_probe(connection: Connection, source: str, url: str, *, similarity: float, reason: str | None) -> None:
    """Record what a probe found; the similarity is 0 where the article is gone."""
    values = {"source": source, "url": url, "probed_at": now(), "similarity": similarity, "reason": reason}
    connection.execute(probes.insert().values(values))
