from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from archive import (  # noqa: F401 - their tables belong to the metadata
    corrections,
    event_tables,
    health_tables,
    story_tables,
    upkeep_tables,
)
from archive import database as database_module
from archive.database import SCHEMA_HEAD, ArchiveError, Database
from archive.links import NewLink, add_links
from archive.schema import links, metadata, now, rate_limits
from archive.settings import ArchiveSettings
from tests.databases import only_sqlite


def test_a_read_is_not_blocked_by_a_write_and_sees_one_state(database: Database) -> None:
    with database.read() as reading:
        before = reading.scalars(select(links.c.id)).all()
        with database.write() as writing:
            add_links(writing, "a", "s", [NewLink("https://a/1", "https://a/1")])
        assert reading.scalars(select(links.c.id)).all() == before == []
    with database.read() as reading:
        assert len(reading.scalars(select(links.c.id)).all()) == 1


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    def add_and_fail() -> None:
        with database.write() as connection:
            add_links(connection, "a", "s", [NewLink("https://a/1", "https://a/1")])
            raise RuntimeError("killed in the middle")

    with pytest.raises(RuntimeError):
        add_and_fail()
    with database.read() as connection:
        assert connection.scalars(select(links.c.id)).all() == []


def test_the_migrations_give_the_tables_that_the_code_describes(database: Database) -> None:
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_schema_head_is_the_newest_migration() -> None:
    folder = Path(database_module.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_current_head() == SCHEMA_HEAD


def test_an_archive_of_a_newer_version_is_refused_in_words(settings: ArchiveSettings, database: Database) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    with pytest.raises(ArchiveError, match="another version of DeltaNews"):
        Database.open(settings)


@only_sqlite
def test_a_file_that_is_no_database_is_refused_in_words(settings: ArchiveSettings) -> None:
    settings.directory.mkdir()
    (settings.directory / "archive.sqlite").write_text("not a database, but longer than a header would be" * 10)
    with pytest.raises(ArchiveError, match=r"archive\.sqlite.*\[archive\] directory"):
        Database.open(settings)


def test_a_driver_that_is_missing_is_said_with_its_mend(tmp_path: Path) -> None:
    url = "postgresql+psycopg2://delta:hunter2@127.0.0.1:9/news"  # an older driver, which nothing here brings
    with pytest.raises(ArchiveError, match=r"psycopg2.*pip install 'deltanews\[postgresql\]'") as told:
        Database.open(ArchiveSettings(directory=tmp_path, url=url))
    assert "hunter2" not in str(told.value)


def test_a_server_that_is_away_is_said_in_words(tmp_path: Path) -> None:
    url = "postgresql+psycopg://delta:hunter2@127.0.0.1:9/news"
    with pytest.raises(ArchiveError, match=r"check \[archive\] directory and url") as told:
        Database.open(ArchiveSettings(directory=tmp_path, url=url))
    assert "hunter2" not in str(told.value)


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 11, 1)  # noqa: DTZ001 - what must not get in
    with pytest.raises(StatementError, match="without a zone"), database.write() as connection:
        connection.execute(rate_limits.insert().values(domain="a", until=naive, reason="r"))


def test_times_come_back_in_utc(database: Database) -> None:
    moment = now()
    with database.write() as connection:
        connection.execute(rate_limits.insert().values(domain="a", until=moment, reason="r"))
    with database.read() as connection:
        assert connection.scalars(select(rate_limits.c.until)).one() == moment
