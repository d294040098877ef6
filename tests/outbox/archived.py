"""Articles saved in an archive, clustered, and the stories that came out, in a form that can be compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from archive.article import Article, Level, Relevance
from archive.articles import save_article
from archive.database import Database
from archive.schema import articles
from archive.story_tables import stories, story_articles
from indexer.stories.in_memory import Story
from indexer.stories.item import Item
from indexer.stories.persistent.batches import ClusteringSummary, cluster_changes

LEVELS = (Level.CORE, Level.RELATED)


@dataclass(frozen=True)
class Outcome:
    """A story without what differs from run to run (revision, time of building)."""

    story_id: str
    original: str
    urls: tuple[str, ...]
    reasons: tuple[str, ...]


def article_of(item: Item, *, level: Level = Level.CORE, **changes: Any) -> Article:
    """Return an item as the article that a crawl would have saved."""
    fields = {
        "url": item.url,
        "canonical_url": item.url,
        "source": item.source,
        "section": "news",
        "province": "江苏",
        "title": item.title,
        "body": item.body,
        "published_at": item.published_at,
        "published_precision": item.precision,
        "credit": item.credit,
        "fetched_at": item.first_seen_at,
        "relevance": Relevance(level=level, score=50),
    }
    return Article.model_validate(fields | changes)


def save(database: Database, *found: Article) -> None:
    """Save articles in one transaction."""
    with database.write() as connection:
        for article in found:
            save_article(connection, article, page_id=None)


def cluster_all(database: Database, *, days: int = 30) -> ClusteringSummary:
    """Cluster what changed."""
    return cluster_changes(database, levels=LEVELS, window=timedelta(days=days))


def outcomes(database: Database) -> set[Outcome]:
    """Return the living stories of an archive."""
    with database.read() as connection:
        urls = {
            row.id: row.canonical_url for row in connection.execute(select(articles.c.id, articles.c.canonical_url))
        }
        members: dict[int, list[Any]] = {}
        for row in connection.execute(select(story_articles)):
            members.setdefault(row.representative_id, []).append(row)
        return {
            Outcome(
                row.story_id,
                urls[row.original_id],
                tuple(
                    m.url for m in sorted(members[row.representative_id], key=lambda m: (m.timestamp, -m.length, m.url))
                ),
                tuple(row.reasons),
            )
            for row in connection.execute(select(stories).where(stories.c.deleted.is_(False)))
        }


def expected(found: Iterable[Story]) -> set[Outcome]:
    """Return stories clustered in memory in the same form."""
    return {
        Outcome(story.id, story.original.url, tuple(item.url for item in story.items), story.reasons) for story in found
    }


def story_rows(database: Database) -> dict[str, Any]:
    """Return every story row, tombstones included, by id."""
    with database.read() as connection:
        return {row.story_id: row for row in connection.execute(select(stories))}
