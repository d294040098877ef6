"""The server as tests use it: one for all workers of a run, and a database of its own for each test."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import create_engine, make_url, text

from archive.database import Database
from archive.settings import ArchiveSettings
from tests.deadline import wait_until


class PostgresqlServer:
    """A server and a template, an archive without a row, from which a test's database is made in a moment."""

    def __init__(self, url: str, template: str, folder: Path) -> None:
        """Make the template unless it is there; call it under a lock that all who share it hold."""
        self._url = make_url(url)
        self._engine = create_engine(self._url, isolation_level="AUTOCOMMIT")
        self._template = template
        with self._engine.connect() as connection:
            known = connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": template})
        if not known:
            new = f"{template}_new"
            self.execute(f"CREATE DATABASE {new}")
            Database.open(ArchiveSettings(directory=folder, url=self.url_of(new))).close()
            self.execute(f"ALTER DATABASE {new} RENAME TO {template}")

    def execute(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(statement)

    def url_of(self, database: str) -> str:
        return self._url.set(database=database).render_as_string(hide_password=False)

    @contextmanager
    def new_database(self, *, empty: bool = False) -> Iterator[str]:
        """Yield the URL of an archive's database, without even a table if `empty`; it is dropped at the end."""
        name = f"test_{secrets.token_hex(8)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else self._template}")
        try:
            yield self.url_of(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        self._engine.dispose()


@contextmanager
def running_postgresql(folders: pytest.TempPathFactory) -> Iterator[PostgresqlServer]:
    """Yield the server of this run, started where nobody has needed it yet."""
    folder = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # the one that all workers share
    with FileLock(folder / "postgresql.lock"):
        url = os.environ.get("POSTGRESQL_URL")
        hold = None if url else _join(folder)
        server = PostgresqlServer(
            url or (folder / "postgresql.url").read_text(), _template(folder), folder / "template"
        )
    try:
        yield server
    finally:
        server.close()
        if hold is not None:
            os.close(hold)


def _template(folder: Path) -> str:
    """Return the name of this run's template: another run, of another schema, may use the same server."""
    name = folder / "postgresql.template"
    if not name.exists():
        name.write_text(f"template_{secrets.token_hex(8)}", encoding="ascii")
    return name.read_text(encoding="ascii")


def _join(folder: Path) -> int:
    """Hold the standard input of the server's supervisor, a named pipe, as all workers do; start it where none reads.

    The operating system closes a dead worker's end too, so the server never outlives the run.
    """
    pipe, address = folder / "postgresql.stdin", folder / "postgresql.url"
    if not pipe.exists():
        os.mkfifo(pipe)
    try:
        return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)  # ENXIO where nobody reads it
    except OSError:
        address.unlink(missing_ok=True)
    both = os.open(pipe, os.O_RDWR)  # so that neither end waits for the other to be opened
    hold = os.open(pipe, os.O_WRONLY)
    reading = os.open(pipe, os.O_RDONLY)
    with (folder / "postgresql.log").open("wb") as log:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "tests.postgresql_server.supervisor", str(address)],
            stdin=reading, stdout=log, stderr=log, start_new_session=True, cwd=Path(__file__).parents[2],
        )  # fmt: skip
    os.close(reading)
    os.close(both)
    wait_until(lambda: address.exists() or supervisor.poll() is not None, "PostgreSQL answers")
    assert supervisor.poll() is None, (folder / "postgresql.log").read_text()
    return hold
