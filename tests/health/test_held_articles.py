"""What H7 condemns and what a flood brings is no story until the finding is over; then it is one by itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from archive.article import Article, Level, Precision, Relevance
from archive.articles import save_article
from archive.database import Database
from archive.schema import articles
from archive.story_tables import stories
from indexer.stories.persistent.batches import cluster_changes
from scheduler.health.holding import holds
from scheduler.health.round import run_round
from tests.health.conftest import ONE, Watched
from tests.health.histories import HOUR, NOW, WELL, texts
from tests.health.histories import articles as articles_seen

SINCE = NOW - 10 * HOUR
TEXTS = ["水位" * 30, "车票" * 30, "药价" * 30, "电网" * 30, "港口" * 30]


def save(database: Database, *bodies: str) -> None:
    with database.write() as connection:
        for body in bodies:
            url = f"http://127.0.0.1/{body[:2]}"
            fields = {"url": url, "canonical_url": url, "source": ONE, "section": "news", "province": "安徽"}
            now = datetime.now(UTC)
            times = {"fetched_at": now, "published_at": now - timedelta(hours=1), "published_precision": Precision.DAY}
            relevance = Relevance(level=Level.CORE, score=50)
            article = Article.model_validate(fields | times | {"title": body, "body": body, "relevance": relevance})
            save_article(connection, article, page_id=None)


def told(database: Database) -> set[str]:
    """Cluster what changed and return the beginnings of the titles of all stories."""
    cluster_changes(database, levels=[Level.CORE], window=timedelta(days=30))
    with database.read() as connection:
        of_original = select(articles.c.title).join(stories, stories.c.original_id == articles.c.id)
        return {title[:2] for title in connection.scalars(of_original.where(stories.c.deleted.is_(False)))}


def test_what_is_no_text_is_no_story_until_texts_are_texts_again(watched: Watched) -> None:
    database = Database.open(watched.product.archive)
    try:
        save(database, *TEXTS)
        assert told(database) == {"水位", "车票", "药价", "电网", "港口"}
        run_round(watched.product.archive)
        assert told(database) == set()
        save(database, "水位" * 60)  # it was read again
        run_round(watched.product.archive)
        assert told(database) == {"水位", "车票", "药价", "电网", "港口"}
    finally:
        database.close()


def test_of_what_is_held_only_what_is_condemned_is_held_on() -> None:
    bad = tuple(replace(text, length=10) for text in texts(4))
    source = replace(WELL, texts=(*texts(20)[:16], *bad))
    condemned = dict.fromkeys((text.url for text in bad), "H7")
    old = {"https://site.cn/older": "H7"}
    assert holds(source, {"H7": SINCE}, {}) == condemned
    assert holds(source, {"H7": SINCE}, condemned | old) == condemned | old
    assert holds(source, {"H7": SINCE}, dict.fromkeys((text.url for text in texts(16)), "H7")) == condemned
    assert holds(source, {}, condemned | old) == {}


def test_what_a_flood_brings_is_held_as_long_as_it_lasts() -> None:
    source = replace(WELL, articles=articles_seen(30))
    flood = {article.url for article in source.articles if article.at >= SINCE}
    assert len(flood) == 10
    assert holds(source, {"H12": SINCE}, {}) == dict.fromkeys(flood, "H12")
    assert holds(source, {}, dict.fromkeys(flood, "H12")) == {}
