import multiprocessing
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from archive import database as database_module
from archive import story_tables  # noqa: F401 - its tables belong to the metadata
from archive.database import SCHEMA_HEAD, ArchiveError, Database
from archive.links import NewLink, add_links
from archive.schema import links, metadata, now, pauses
from archive.settings import ArchiveSettings

PROCESSES = 4
WRITES = 50


def _write_many(directory: Path, name: str) -> None:
    database = Database.open(ArchiveSettings(directory=directory))
    for number in range(WRITES):
        with database.write() as connection:
            add_links(connection, name, "s", [NewLink(f"https://{name}/{number}", f"https://{name}/{number}")])


def test_several_processes_open_and_write_one_new_archive_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_write_many, args=(tmp_path, f"p{number}")) for number in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    with Database.open(ArchiveSettings(directory=tmp_path)).read() as connection:
        assert len(connection.scalars(select(links.c.id)).all()) == PROCESSES * WRITES


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
    database.close()
    with sqlite3.connect(settings.directory / "archive.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ArchiveError, match="another version of DeltaNews"):
        Database.open(settings)


def test_a_file_that_is_no_database_is_refused_in_words(settings: ArchiveSettings) -> None:
    settings.directory.mkdir()
    (settings.directory / "archive.sqlite").write_text("not a database, but longer than a header would be" * 10)
    with pytest.raises(ArchiveError, match=r"archive\.sqlite.*\[archive\] directory"):
        Database.open(settings)


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 11, 1)  # noqa: DTZ001 - what must not get in
    with pytest.raises(StatementError, match="without a zone"), database.write() as connection:
        connection.execute(pauses.insert().values(domain="a", until=naive, reason="r"))


def test_times_come_back_in_utc(database: Database) -> None:
    moment = now()
    with database.write() as connection:
        connection.execute(pauses.insert().values(domain="a", until=moment, reason="r"))
    with database.read() as connection:
        assert connection.scalars(select(pauses.c.until)).one() == moment
