"""WARC files that no page needs any more: noted in the transaction that makes them so, then deleted."""

from pathlib import Path

from sqlalchemy import delete, select

from archive.database import Database
from archive.upkeep_tables import obsolete_files
from archive.where_in import execute_where_in


def delete_obsolete_files(database: Database, folder: Path) -> None:
    """Delete the files that are noted as obsolete, then their notes; `folder` is that of the pages."""
    with database.read() as connection:
        names = list(connection.scalars(select(obsolete_files.c.file)))
    for name in names:
        (folder / name).unlink(missing_ok=True)
    if names:
        with database.write() as connection:
            execute_where_in(connection, delete(obsolete_files), obsolete_files.c.file, names)
