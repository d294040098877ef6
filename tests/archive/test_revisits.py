"""Visits to known articles: what is known of each, and how many there were."""

from datetime import UTC, datetime, timedelta

import pytest

from archive import revisits as module
from archive.article import Article, Level, Relevance
from archive.articles import save_article
from archive.database import Database
from archive.pages import add_page, mark_extracted
from archive.parts import has_changed
from archive.revisits import (
    RevisitOutcome,
    Visit,
    count_other_requests,
    count_visits,
    last_answer_at,
    pages_of_article,
    record_visits,
    visited_articles,
    visits_to,
)
from archive.schema import parts
from archive.warc import RawPage, RecordLocation

START = datetime(2026, 11, 20, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://a.example/1.html"
PART = "https://a.example/1_2.html"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Ten hours after the article was stored; it is that late for the archive."""
    time = START + 10 * HOUR
    monkeypatch.setattr(module, "now", lambda: time)
    return time


@pytest.fixture
def article_id(database: Database) -> int:
    fields = {"url": URL, "canonical_url": URL, "source": "a", "section": "news", "province": "安徽", "title": "题"}
    relevance = Relevance(level=Level.RELATED)
    article = Article.model_validate(fields | {"body": "文", "fetched_at": START, "relevance": relevance})
    page_id = add(database, URL, "一", "article")
    with database.write() as connection:
        connection.execute(parts.insert().values(canonical_url=PART, article_url=URL))
        return save_article(connection, article, page_id=page_id).id


def add(database: Database, url: str, body: str, verdict: str) -> int:
    """Store the row of a page; return its id."""
    page = RawPage(url, 200, (), body.encode(), START)
    where = {"source": "a", "section": "news", "url": url, "canonical_url": url}
    with database.write() as connection:
        number = add_page(connection, page, RecordLocation("f", 0, 1), **where)
        mark_extracted(connection, number, verdict, "")
    return number


def visit(article_id: int, hours: int, outcome: RevisitOutcome, url: str = URL) -> Visit:
    return Visit(article_id, url, START + hours * HOUR, outcome, status=200)


def test_what_is_known_of_an_articles_visits(database: Database, article_id: int, later: datetime) -> None:
    missing, unchanged = RevisitOutcome.MISSING, RevisitOutcome.UNCHANGED
    with database.read() as connection:
        (new,) = visited_articles(connection, "a", since=START - HOUR)
    assert (new.level, new.page_count, new.visited_at, new.missing_since) == (Level.RELATED, 2, None, None)
    told = []
    for hours, outcome, url in (
        (1, missing, URL), (2, unchanged, URL), (3, missing, URL), (4, RevisitOutcome.UNKNOWN, URL),
        (5, RevisitOutcome.FAULT, URL), (6, missing, URL), (7, unchanged, PART), (11, unchanged, URL),
    ):  # fmt: skip
        with database.write() as connection:
            record_visits(connection, "a", [visit(article_id, hours, outcome, url)])
            (known,) = visited_articles(connection, "a", since=START + HOUR / 2)
            told.append((known.visited_at, known.missing_since))
    at = [START + hours * HOUR for hours in range(8)]
    assert told == [
        (at[1], at[1]), (at[2], None), (at[3], at[3]), (at[4], at[3]), (at[5], at[3]), (at[6], at[3]),
        (at[6], at[3]), (at[6], at[3]),
    ], "a part tells nothing of the article, nor does a visit that lies ahead"  # fmt: skip
    with database.read() as connection:
        assert last_answer_at(connection, "a") == at[7]
        assert [count_visits(connection, "a", span) for span in (6 * HOUR + HOUR / 2, 11 * HOUR)] == [5, 8]
        assert count_other_requests(connection, "a", HOUR) == 0
        assert len(visits_to(connection, article_id)) == 8
        assert visited_articles(connection, "b", since=START) == []
    assert later > at[7]


def test_an_article_has_the_newest_page_of_each_address_that_could_be_read(database: Database) -> None:
    with database.write() as connection:
        connection.execute(parts.insert().values(canonical_url=PART, article_url=URL))
    second, _ = add(database, PART, "二", "part"), add(database, URL, "一", "article")
    with database.read() as connection:
        assert not has_changed(connection, URL)
    newer = add(database, URL, "一，改过", "article")
    add(database, URL, "没有了", "error")
    with database.read() as connection:
        assert [page.id for page in pages_of_article(connection, URL)] == [newer, second]
        assert has_changed(connection, URL)
