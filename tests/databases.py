"""Which database an archive is on: SQLite unless a test asks for both; `archive_url` is then None or a URL."""

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import event

from archive.database import Database
from tests.postgresql_server.server import PostgresqlServer, running_postgresql

KINDS = ("sqlite", "postgresql")

both_databases = pytest.mark.parametrize("archive_url", KINDS, indirect=True)
"""Run a test, or a module's tests, on each; their archive must come from a fixture that uses `archive_url`."""

only_sqlite = pytest.mark.parametrize("archive_url", KINDS[:1], indirect=True)
"""Where a folder's tests run on both: for what is about a file of SQLite."""


def on_both_databases(metafunc: pytest.Metafunc) -> None:
    """Run each test of a folder that has an archive on each database, unless it says itself on which."""
    marked = any("archive_url" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "archive_url" in metafunc.fixturenames and not marked:
        metafunc.parametrize("archive_url", KINDS, indirect=True)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresqlServer]:
    with running_postgresql(tmp_path_factory) as server:
        yield server


@pytest.fixture
def archive_url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """`[archive] url` of the test; a PostgreSQL is started for those alone that ask for it."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield None
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql")
    with server.new_database() as url:
        yield url


def limit_values(database: Database) -> None:
    """Let statements have as many values as SQLite allows where nobody changed it; Debian's allows eight times that."""
    if database.engine.dialect.name == "sqlite":
        database.close()  # the connections that are open
        event.listen(database.engine, "connect", _limit)


def _limit(connection: sqlite3.Connection, _record: object) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 32_766)
