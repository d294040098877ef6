"""Forgetting, retention and the disk's forecast on each of the databases, without an index."""

from datetime import timedelta

from sqlalchemy import func, select, update

from archive.article import Article
from archive.articles import save_article
from archive.database import Database
from archive.disk_forecast import disk_forecast
from archive.forgetting import addresses_of, delete_articles, finish_forgetting, forget, forgotten_articles
from archive.links import NewLink, add_links
from archive.pages import add_page, mark_extracted
from archive.retention import Expired, remove_expired
from archive.schema import articles, links, now, pages, revisions
from archive.settings import ArchiveSettings
from archive.upkeep_tables import forgetting, obsolete_files
from archive.warc import PageWriter, RawPage

OLD = timedelta(days=40)


def fill(database: Database, settings: ArchiveSettings) -> None:
    """Store two articles of three texts each, all of their pages in one WARC file."""
    writer = PageWriter(settings.pages)
    for number, body in [(number, body) for body in ("一稿", "二稿", "三稿") for number in (1, 2)]:
        url, at = f"https://news.example/{number}", now() - OLD
        raw = RawPage(url, 200, (), body.encode(), at)
        location = writer.append(raw)
        with database.write() as connection:
            add_links(connection, "local", "news", [NewLink(url, url)])
            page = add_page(connection, raw, location, source="local", section="news", url=url, canonical_url=url)
            mark_extracted(connection, page, "article", "")
            article = Article(
                url=url, canonical_url=url, source="local", section="news", province="安徽", title="题", body=body,
                fetched_at=at,
            )  # fmt: skip
            save_article(connection, article, page_id=page)
    writer.close()


def test_an_address_is_forgotten_and_its_file_written_anew(database: Database, settings: ArchiveSettings) -> None:
    fill(database, settings)
    with database.write() as connection:
        forget(connection, addresses_of(connection, "https://news.example/1"))
    done = finish_forgetting(database, settings)
    assert (done.pages, done.rewritten, done.waiting) == (3, 1, 0)
    with database.write() as connection:
        delete_articles(connection, forgotten_articles(connection, limit=10))
        left = {table.name: connection.scalar(select(func.count()).select_from(table)) for table in
                (links, pages, articles, revisions, forgetting, obsolete_files)}  # fmt: skip
        again = add_links(connection, "local", "news", [NewLink("https://news.example/1", "https://news.example/1")])
    assert left == {"links": 1, "pages": 3, "articles": 1, "revisions": 3, "forgetting": 0, "obsolete_files": 0}
    assert again == 0


def test_what_is_too_old_goes_once(database: Database, settings: ArchiveSettings) -> None:
    fill(database, settings)
    with database.read() as connection:
        forecast = disk_forecast(connection, settings)
    assert forecast is not None
    assert (forecast.growth_per_day, forecast.days_until_full) == (0, None)
    assert remove_expired(database, settings) == Expired(0, 0)
    keeping = settings.model_copy(update={"keep_pages_days": 30, "keep_revisions_days": 30})
    with database.write() as connection:
        connection.execute(update(revisions).where(revisions.c.article_id == 1).values(seen_at=now()))
    assert remove_expired(database, keeping) == Expired(1, 1)
    assert remove_expired(database, keeping) == Expired(0, 0)
    assert list(settings.pages.rglob("*.warc.gz")) == []
