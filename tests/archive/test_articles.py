import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from archive.article import Article, Level, Precision, Relevance
from archive.articles import count_articles, count_doubtful, find_article, mark_withdrawn, save_article
from archive.commands.export import FIELDS, Format, export
from archive.database import Database
from archive.runs import Counts, Origin, finish_run, last_runs, start_run
from archive.schema import articles, revisions
from archive.settings import ArchiveSettings
from core.errors import UsageError

FETCHED = datetime(2026, 11, 20, 9, tzinfo=UTC)


def _article(**fields: object) -> Article:
    values: dict[str, object] = {
        "url": "https://www.example.cn/1?from=list",
        "canonical_url": "https://www.example.cn/1",
        "source": "example",
        "section": "news",
        "province": "安徽",
        "title": "安徽携手沪苏浙共建创新生态圈",
        "body": "第一段。\n第二段。",
        "published_at": datetime(2026, 11, 20, 8, 30, tzinfo=UTC),
        "published_precision": Precision.MINUTE,
        "credit": "安徽新闻联播",
        "reporters": ("张三",),
        "fetched_at": FETCHED,
        "relevance": Relevance(level=Level.CORE, score=80, topics=("科创",)),
    }
    return Article.model_validate(values | fields)


def _save(database: Database, article: Article) -> str:
    with database.write() as connection:
        return save_article(connection, article, page_id=None).change


def _sequence(database: Database) -> list[int]:
    with database.read() as connection:
        return list(connection.scalars(select(articles.c.changed_seq).order_by(articles.c.id)))


def test_an_article_comes_back_as_it_was_saved(database: Database) -> None:
    assert _save(database, _article()) == "new"
    with database.read() as connection:
        assert find_article(connection, "https://www.example.cn/1") == _article()
        assert find_article(connection, "https://www.example.cn/2") is None


def test_saving_the_same_again_changes_nothing(database: Database) -> None:
    _save(database, _article())
    before = _sequence(database)
    later = _article(url="http://www.example.cn/1", fetched_at=FETCHED + timedelta(hours=1))
    assert _save(database, later) == "same"
    assert _sequence(database) == before


def test_a_changed_text_is_a_new_revision_of_the_same_article_and_the_old_text_stays(database: Database) -> None:
    _save(database, _article())
    _save(database, _article(canonical_url="https://www.example.cn/2"))
    assert _save(database, _article(body="改正后的第一段。")) == "revised"
    with database.read() as connection:
        kept = connection.execute(
            select(revisions.c.revision, revisions.c.body).where(revisions.c.article_id == 1)
        ).all()
        assert [tuple(row) for row in kept] == [(1, "第一段。\n第二段。"), (2, "改正后的第一段。")]
        assert len(connection.execute(select(articles.c.id)).all()) == 2
    assert _sequence(database) == [3, 2]


def test_another_date_or_relevance_is_a_change_without_a_new_revision(database: Database) -> None:
    _save(database, _article())
    assert _save(database, _article(published_at=None)) == "updated"
    assert _save(database, _article(published_at=None, relevance=Relevance())) == "updated"
    with database.read() as connection:
        assert len(connection.execute(select(revisions.c.revision)).all()) == 1
        assert count_articles(connection) == {"example": {"none": 1}}


def test_why_a_text_may_not_be_whole_is_kept_and_counted(database: Database) -> None:
    doubts = ("end of article: 40% of the text",)
    _save(database, _article(canonical_url="https://www.example.cn/2"))
    _save(database, _article(doubtful=doubts))
    with database.read() as connection:
        assert find_article(connection, "https://www.example.cn/1") == _article(doubtful=doubts)
        assert find_article(connection, "https://www.example.cn/2") == _article(
            canonical_url="https://www.example.cn/2"
        )
        assert count_doubtful(connection) == 1
    assert _save(database, _article()) == "updated"
    with database.read() as connection:
        assert count_doubtful(connection) == 0


def test_the_first_sight_of_an_article_is_kept(database: Database) -> None:
    _save(database, _article())
    _save(database, _article(title="改题", fetched_at=FETCHED + timedelta(days=1)))
    with database.read() as connection:
        row = connection.execute(select(articles.c.first_seen_at, articles.c.fetched_at)).one()
    assert tuple(row) == (FETCHED, FETCHED + timedelta(days=1))


def test_a_run_whose_process_died_is_known_as_interrupted(database: Database) -> None:
    with database.write() as connection:
        start_run(connection, "example", origin=Origin.COMMAND)
    with database.write() as connection:
        second = start_run(connection, "example", origin=Origin.SERVICE)
        interrupted = connection.exec_driver_sql("SELECT status FROM runs ORDER BY id").scalars().all()
        finish_run(connection, second, Counts(pages=3))
        newest = last_runs(connection)["example"]
    assert interrupted == ["interrupted", "running"]
    assert (newest.status, newest.counts["pages"], newest.origin, newest.error) == ("ok", 3, "service", None)


@pytest.fixture
def exported(
    settings: ArchiveSettings, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> ArchiveSettings:
    _save(database, _article(title='=HYPERLINK("x")，含逗号', body="一行\n又一行"))
    _save(database, _article(canonical_url="https://www.example.cn/2", published_at=None, relevance=Relevance()))
    monkeypatch.setenv("DELTANEWS_ARCHIVE_DIRECTORY", str(settings.directory))
    monkeypatch.setenv("DELTANEWS_ARCHIVE_URL", settings.url or "")
    return settings


def test_json_lines_hold_every_article_with_times_of_shanghai(
    exported: ArchiveSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    export()
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert tuple(first) == FIELDS
    assert first["published_at"] == "2026-11-20T16:30:00+08:00"
    assert (first["level"], first["topics"], first["body"]) == ("core", ["科创"], "一行\n又一行")
    assert second["published_at"] is None


def test_csv_is_read_back_by_a_csv_reader_and_starts_no_formula(
    exported: ArchiveSettings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(form=Format.CSV, level=[Level.CORE], output=tmp_path / "out.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert [row["title"] for row in rows] == ['\'=HYPERLINK("x")，含逗号']
    assert rows[0]["body"] == "一行\n又一行"


def test_a_folder_that_is_not_there_is_a_users_mistake(exported: ArchiveSettings, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--output"):
        export(output=tmp_path / "missing" / "out.jsonl")


def test_another_credit_or_minute_is_a_revision_and_an_older_page_read_anew_is_none(database: Database) -> None:
    _save(database, _article())
    assert _save(database, _article(credit="新华社", fetched_at=FETCHED + timedelta(hours=1))) == "revised"
    moved = _article(credit="新华社", published_at=FETCHED, fetched_at=FETCHED + timedelta(hours=2))
    assert _save(database, moved) == "revised"
    with database.write() as connection:
        reread = moved.model_copy(update={"body": "同一个网页，现在读得更好。"})
        assert save_article(connection, reread, page_id=None, reread=True).change == "updated"
        kept = connection.execute(select(revisions.c.revision, revisions.c.body, revisions.c.credit)).all()
        changed_at = connection.scalar(select(articles.c.changed_at))
    assert [tuple(row)[::2] for row in kept] == [(1, "安徽新闻联播"), (2, "新华社"), (3, "新华社")]
    assert kept[-1].body == "同一个网页，现在读得更好。", "it takes the place of what was read before"
    assert changed_at == FETCHED + timedelta(hours=2)


def test_a_withdrawn_article_keeps_its_text_and_is_back_with_a_newer_page(database: Database) -> None:
    _save(database, _article())
    with database.write() as connection:
        mark_withdrawn(connection, 1, at=FETCHED + timedelta(hours=7))
    assert _save(database, _article(fetched_at=FETCHED + timedelta(hours=2))) == "same"
    before = _sequence(database)
    assert _save(database, _article(fetched_at=FETCHED + timedelta(hours=9))) == "same"
    assert _sequence(database) > before, "the index is told that it is back"
    with database.read() as connection:
        kept = connection.execute(select(revisions.c.revision, revisions.c.kind, revisions.c.body)).all()
    assert [tuple(row)[:2] for row in kept] == [(1, "text"), (2, "withdrawn"), (3, "back")]
    assert len({row.body for row in kept}) == 1
