"""Database: the archive's connections. Several processes write to it at once, each for milliseconds only."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, NullPool, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, IntegrityError, ProgrammingError

from archive.migration import MigrationError, migrate, schema_version
from archive.settings import ArchiveSettings
from core.errors import DeltaNewsError, system_message
from core.locks import process_lock
from core.sanitize import cleaned, load_json
from core.settings import masked

SCHEMA_HEAD = "0020"
"""The newest migration; a test holds it equal to what Alembic finds."""

SQLITE_FILE = "archive.sqlite"
"""The database's file in the archive's folder, where the settings name no other database."""

BUSY_SECONDS = 30
"""How long a connection waits for another process's write; a write takes milliseconds (design.md)."""

WRITE_LOCK = 0x44454C54414E4557
"""Key of the advisory lock that a write holds on PostgreSQL; it counts within one database only."""

CACHE_KILOBYTES = 65_536
"""Pages that a connection keeps in memory: the keys of a month's articles, which are read in no order, fit in."""


class ArchiveError(DeltaNewsError):
    """The archive cannot be used; the message says why and how to fix it."""


class Database:
    """The archive's database, migrated to the present schema."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, settings: ArchiveSettings) -> Self:
        """Open the database that the settings name; create or migrate it where needed, one process at a time.

        Raises ArchiveError where it cannot be opened or is newer than this program.
        """
        with _explained(settings):
            settings.directory.mkdir(parents=True, exist_ok=True)
            engine = connect(database_url(settings))
            if _version(engine) != SCHEMA_HEAD:
                with process_lock(settings.locks, "migration"):
                    migrate(engine)
        return cls(engine)

    @classmethod
    def open_to_read(cls, settings: ArchiveSettings) -> Self:
        """Open the database for questions: permission to read is enough, and where there is none, none is created.

        An archive that does not exist yet is an empty one in memory. An older schema is migrated where this user may
        write; ArchiveError where not, and as `open` does.
        """
        with _explained(settings):
            url = database_url(settings)
            path = Path(url.database or "")
            if url.get_backend_name() != "sqlite":
                engine = connect(url)
                version = _version(engine)
                if version in (None, SCHEMA_HEAD):
                    return cls(engine if version else _empty_in_memory())
            if is_created(settings) and is_writable(settings):
                return cls.open(settings)
            if settings.directory.exists() and not settings.directory.is_dir():
                raise NotADirectoryError(f"{settings.directory} is not a folder")
            engine = _connect_read_only(path) if path.exists() else _empty_in_memory()
            if path.exists() and (version := _version(engine)) != SCHEMA_HEAD:
                found = f"{path}: its schema is {version}, this program's {SCHEMA_HEAD}, and this user may not write it"
                raise ArchiveError(f"{found}; run `deltanews status` once as its owner")
        return cls(engine)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open one short write transaction: committed at the end, rolled back on an exception.

        It holds the write lock from its start: a read that turns into a write fails at once in SQLite, and what
        is read in order to be changed must stay as it is in PostgreSQL. No network, parsing or compression inside.
        """
        with self._foreseen(), self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a read transaction, which sees one state of the archive and blocks nobody."""
        with self._foreseen(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _foreseen(self) -> Iterator[None]:
        """Raise ArchiveError where the database itself fails (locked, full, gone), not where a statement is wrong."""
        assert self.engine.dialect.dbapi is not None
        try:
            yield
        except (IntegrityError, ProgrammingError, DataError):
            raise
        except (DatabaseError, self.engine.dialect.dbapi.OperationalError) as error:
            raise ArchiveError(str(getattr(error, "orig", error))) from error

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def database_url(settings: ArchiveSettings) -> URL:
    """Return the address of the database that the settings name; ArgumentError where their `url` is none."""
    if settings.url:
        return make_url(settings.url)
    return URL.create("sqlite", database=str(settings.directory / SQLITE_FILE))  # its name may hold `?`, `%` and `#`


def connect(url: URL, **options: Any) -> Engine:
    """Return an engine whose writes take turns and whose reads see one state, for SQLite and PostgreSQL alike.

    Every string that is written is clean (`core.sanitize`): the last line of defence, for all rows in one place.
    `options` go to SQLAlchemy's `create_engine` (Any: as they do there).
    """
    lost_silently = url.get_backend_name() != "sqlite"  # as when a server was restarted
    engine = create_engine(url, json_deserializer=load_json, pool_pre_ping=lost_silently, **options)
    event.listen(engine, "before_cursor_execute", _with_clean_parameters, retval=True)
    if engine.dialect.name == "sqlite":
        _as_sqlite_does(engine)
    elif engine.dialect.name == "postgresql":
        _as_postgresql_does(engine)
    return engine


def is_created(settings: ArchiveSettings) -> bool:
    """Tell whether there is an archive already; asking does not create it."""
    try:
        url = database_url(settings)
    except ArgumentError:
        return True  # opening it says what is wrong
    return url.get_backend_name() != "sqlite" or Path(url.database or "").exists()


def is_writable(settings: ArchiveSettings) -> bool:
    """Tell whether this user may write to the archive that is there; a SQLite file takes its folder too."""
    url = database_url(settings)
    path = Path(url.database or "")
    return url.get_backend_name() != "sqlite" or all(os.access(each, os.W_OK) for each in (path, path.parent))


@contextmanager
def _explained(settings: ArchiveSettings) -> Iterator[None]:
    """Raise ArchiveError, which names the database and what to check, where it cannot be opened."""
    try:
        yield
    except ModuleNotFoundError as error:
        driver = "PostgreSQL's comes with the extra `postgresql`, pip install 'deltanews[postgresql]'"
        raise ArchiveError(f"{masked(settings.url)}: its driver is missing ({error}); {driver}") from error
    except OSError as error:
        raise ArchiveError(f"{system_message(error)}; check [archive] directory") from error
    except MigrationError as error:
        raise ArchiveError(str(error)) from error
    except (DatabaseError, ArgumentError) as error:
        reason = str(getattr(error, "orig", None) or error)
        where = masked(settings.url) or settings.directory / SQLITE_FILE
        raise ArchiveError(f"{where}: {reason}; check [archive] directory and url") from error


def _connect_read_only(path: Path) -> Engine:
    """Return an engine for a SQLite file of somebody else's.

    SQLite reads a database in WAL mode with its `-shm` file, which it may not create here. A writer that is connected
    has created it; where there is no writer, and so no `-wal`, the file does not change and is read as it is.
    """

    def open_file() -> sqlite3.Connection:
        is_written = path.with_name(path.name + "-wal").exists()
        query = "mode=ro" if is_written else "mode=ro&immutable=1"
        return sqlite3.connect(f"{path.absolute().as_uri()}?{query}", uri=True, check_same_thread=False)

    return connect(URL.create("sqlite"), creator=open_file, poolclass=NullPool)


def _empty_in_memory() -> Engine:
    from archive.schema import metadata  # noqa: PLC0415 - with the tables of the stories, which import it
    from archive.story_tables import stories  # noqa: PLC0415

    assert stories.metadata is metadata
    options = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
    engine = connect(URL.create("sqlite"), **options)
    metadata.create_all(engine)
    return engine


def _as_sqlite_does(engine: Engine) -> None:
    """Have connections use WAL, wait for one another and begin transactions when they are asked to."""

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver would begin transactions of its own
        for pragma in (
            f"busy_timeout={BUSY_SECONDS * 1000}",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"cache_size=-{CACHE_KILOBYTES}",
            "secure_delete=ON",  # what is forgotten is not to be read in the file either
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _as_postgresql_does(engine: Engine) -> None:
    """Have writes wait for one another behind one lock, as SQLite's do, and reads see one state.

    One writer at a time is what the archive is made for: rows are looked up before they are written, and the order in
    which articles are committed is that of their `changed_seq`, so that the indexer's cursor passes none by.
    """

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes", False):
            connection.exec_driver_sql(
                f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'; "
                f"SET LOCAL idle_in_transaction_session_timeout = '{4 * BUSY_SECONDS}s'; "  # of a machine that is gone
                f"SELECT pg_advisory_xact_lock({WRITE_LOCK})"
            )
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _with_clean_parameters(
    _connection: Connection,
    _cursor: Any,
    statement: str,
    parameters: Any,
    _context: Any,
    many: bool,  # noqa: FBT001 - SQLAlchemy's signature
) -> tuple[str, Any]:
    """Clean what a statement is given (Any: rows of any driver, by place or by name)."""
    return statement, [cleaned(row) for row in parameters] if many else cleaned(parameters)


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return schema_version(connection)
