"""An archive of every schema that there ever was opens with today's code, after a copy of it was put aside.

The archive is the oldest that a version of then made, migrated as far as the schema in question.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL

from archive import migration
from archive.corrections import CorrectionKind, add_correction, corrections_of, remove_correction
from archive.database import SCHEMA_HEAD, Database, connect
from archive.migration import COPIES, copies_before_migrations
from archive.settings import ArchiveSettings
from archive.warc import RecordLocation, read_page

OLDEST = Path(__file__).parent / "972aa38"
CONFIG = Config()
CONFIG.set_main_option("script_location", str(Path(migration.__file__).parent / "migrations"))
SCHEMAS = [script.revision for script in ScriptDirectory.from_config(CONFIG).walk_revisions()][:0:-1]
"""Every schema but today's, the oldest first."""


def an_archive(folder: Path, schema: str) -> ArchiveSettings:
    settings = ArchiveSettings(directory=folder / "archive")
    shutil.copytree(OLDEST / "pages", settings.pages)
    file = settings.directory / "archive.sqlite"
    with closing(sqlite3.connect(file)) as database:
        database.executescript((OLDEST / "archive.sql").read_text(encoding="utf-8"))
    engine = connect(URL.create("sqlite", database=str(file)))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        CONFIG.attributes["connection"] = connection
        command.upgrade(CONFIG, schema)
    engine.dispose()
    return settings


def held(file: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(query).fetchall()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_it_is_put_aside_and_then_migrated_without_a_loss(schema: str, tmp_path: Path) -> None:
    settings = an_archive(tmp_path, schema)
    file = settings.directory / "archive.sqlite"
    Database.open(settings).close()
    (copy,) = copies_before_migrations(file)
    for database, version in ((file, SCHEMA_HEAD), (copy, schema)):
        assert held(database, "SELECT version_num FROM alembic_version") == [(version,)]
    for query in (
        "SELECT id, url, title, body FROM articles",
        "SELECT article_id, revision, title, body FROM revisions",
        "SELECT id, url FROM links",
    ):
        assert held(file, query) == held(copy, query) != []
    for location in held(file, "SELECT warc_file, warc_offset, warc_length FROM pages"):
        assert read_page(settings.pages, RecordLocation(*location)).body
    Database.open(settings).close()
    assert copies_before_migrations(file) == [copy], "a schema of today is left alone"


def test_corrections_keep_their_numbers_and_none_is_used_again(tmp_path: Path) -> None:
    settings = an_archive(tmp_path, "0018")
    file = settings.directory / "archive.sqlite"
    query = "SELECT id, article_id, kind, value, corrected_at, corrected_by FROM corrections ORDER BY id"
    with closing(sqlite3.connect(file)) as database:
        (article,) = database.execute("SELECT min(id) FROM articles").fetchone()
        rows = [
            (number, article, kind, "x", "2026-11-01 01:00:00", "desk")
            for number, kind in ((3, "title"), (7, "credit"))
        ]
        database.executemany("INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?)", rows)
        database.commit()
    with closing(Database.open(settings)) as archive, archive.write() as connection:
        assert [tuple(row) for row in connection.exec_driver_sql(query)] == rows
        remove_correction(connection, 7)
        add_correction(connection, article, CorrectionKind.TITLE, "y", "desk")
        assert [one.number for one in corrections_of(connection)] == [8]


def test_the_time_of_an_event_s_last_report_becomes_that_of_its_original(tmp_path: Path) -> None:
    settings = an_archive(tmp_path, "0019")
    file = settings.directory / "archive.sqlite"
    with closing(sqlite3.connect(file)) as database:
        story, number, original = database.execute(
            "SELECT story_id, representative_id, original_id FROM stories WHERE NOT deleted LIMIT 1"
        ).fetchone()
        database.execute("UPDATE story_articles SET timestamp = 1000 WHERE article_id = ?", (number,))
        database.execute("UPDATE story_articles SET timestamp = 2000 WHERE article_id = ?", (original,))
        database.execute("INSERT INTO event_stories VALUES (?, ?, 1000, '', x'', ?)", (number, story, number))
        database.execute("INSERT INTO events VALUES ('e', ?, 1, 1000, 1000, 0, NULL, '2026-11-01 01:00:00')", (number,))
        database.execute("INSERT INTO events VALUES ('gone', 0, 0, 7, 7, 1, 'e', '2026-11-01 01:00:00')")
        database.commit()
    Database.open(settings).close()
    assert held(file, "SELECT event_id, last_timestamp FROM events ORDER BY 1") == [("e", 2000), ("gone", 7)]


def test_of_copies_the_last_few_are_kept(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings = an_archive(tmp_path, SCHEMAS[-1])
    older = [settings.directory / f"archive-schema-0001-2026010{day}T000000.sqlite" for day in range(1, 6)]
    for file in older:
        file.touch()
    Database.open(settings).close()
    kept = copies_before_migrations(settings.directory / "archive.sqlite")
    assert kept[:-1] == older[1 - COPIES :]
    assert str(kept[-1]) in caplog.text


def test_an_archive_of_a_newer_version_is_not_put_aside(tmp_path: Path) -> None:
    settings = an_archive(tmp_path, SCHEMAS[-1])
    with closing(sqlite3.connect(settings.directory / "archive.sqlite")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    with pytest.raises(Exception, match="another version of DeltaNews"):
        Database.open(settings)
    assert copies_before_migrations(settings.directory / "archive.sqlite") == []
