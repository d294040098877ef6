"""Articles of the archive as items: what stories are made of."""

from collections.abc import Mapping
from typing import Any

from archive.article import Precision
from archive.schema import articles
from indexer.stories.item import Item

HEAD = (
    articles.c.id,
    articles.c.canonical_url,
    articles.c.title,
    articles.c.published_at,
    articles.c.published_precision,
    articles.c.first_seen_at,
    articles.c.source,
    articles.c.credit,
    articles.c.programme,
    articles.c.doubtful,
)
"""What an item needs of an article, but for its text."""

WHOLE = (*HEAD, articles.c.body)


def item_of(row: Any, titles: Mapping[str, str], *, length: int | None = None) -> Item:
    """Return a row of `HEAD` (with the length of its plain text) or `WHOLE` as an item.

    The row is an `Any`, since SQLAlchemy's types count its columns.
    """
    return Item(
        url=row.canonical_url,
        title=row.title,
        body=row.body if length is None else "",
        published_at=row.published_at,
        precision=Precision(row.published_precision),
        first_seen_at=row.first_seen_at,
        source=row.source,
        source_title=titles.get(row.source, row.source),
        credit=row.credit,
        programme=row.programme,
        doubtful=bool(row.doubtful),
        known_length=length,
    )
