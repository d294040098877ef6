"""Migration: an archive of an earlier version made one of this version, after a copy of its database was put aside."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from archive.sqlite_copy import DatabaseCopyError, copy_database
from core.clock import CLOCK
from core.errors import DeltaNewsError
from core.log import get_logger

COPIES = 3
"""Copies from before a migration that are kept, the newest; they stand beside the database."""

log = get_logger(__name__)


class MigrationError(DeltaNewsError):
    """The archive cannot be migrated; the message says why and how to fix it."""


def schema_version(connection: Connection) -> str | None:
    """Return the schema that the database has; None where it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def copies_before_migrations(database: Path) -> list[Path]:
    """Return the copies of a SQLite database that migrations put aside, the oldest first."""
    return sorted(database.parent.glob(f"{database.stem}-schema-*.sqlite"), key=lambda path: path.stem[-15:])


def migrate(engine: Engine, *, with_copy: bool = True) -> None:
    """Give a database the present schema, in one transaction; a copy of a SQLite database is put aside first.

    The caller holds the process lock `migration`. Raises MigrationError.
    """
    from alembic import command  # noqa: PLC0415 - half a second that only a migration needs
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))  # the option is a template
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:  # outside any transaction, as SQLite demands; the file keeps it: readers then never block writers
            raw.cursor().execute("PRAGMA journal_mode=WAL")
        finally:
            raw.close()
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            version = schema_version(connection)
            head = ScriptDirectory.from_config(config).get_current_head()
            if version not in (None, head) and engine.dialect.name == "sqlite" and with_copy:
                ScriptDirectory.from_config(config).get_revision(version)
                _put_aside(Path(engine.url.database or ""), str(version), str(head))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise MigrationError(f"the archive was written by another version of DeltaNews: {error}") from error
    except DatabaseCopyError as error:
        raise MigrationError(f"the archive is not migrated, for its database cannot be put aside: {error}") from error


def _put_aside(database: Path, version: str, head: str) -> None:
    """Copy the database as it is before the migration; the caller's transaction keeps others from writing."""
    copy = database.with_name(f"{database.stem}-schema-{version}-{CLOCK.now():%Y%m%dT%H%M%S}.sqlite")
    copy_database(database, copy)
    for old in copies_before_migrations(database)[:-COPIES]:
        old.unlink(missing_ok=True)
    log.warning("the archive is migrated, a copy of its database is kept", schema=head, before=version, copy=str(copy))
