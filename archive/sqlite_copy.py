"""A copy of a SQLite database, as it is at one moment, taken while others read and write it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from core.errors import DeltaNewsError


class DatabaseCopyError(DeltaNewsError):
    """A database could not be copied, or the copy is not whole; the message names the file and the reason."""


def copy_database(source: Path, target: Path) -> None:
    """Copy a database by SQLite's own back-up; `target` appears when it is whole and on the disk, or not at all.

    All is copied in one step, within one read transaction: writers go on, and do not make it begin again.
    """
    unfinished = target.with_name(target.name + ".unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(unfinished)) as copy:
            original.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, which needs no other beside it
            (found,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise DatabaseCopyError(f"{source}: the database is damaged: {found}")
        publish(unfinished, target)
    except (sqlite3.Error, OSError) as error:
        unfinished.unlink(missing_ok=True)
        raise DatabaseCopyError(f"{source} cannot be copied to {target}: {error}") from error


def publish(unfinished: Path, target: Path) -> None:
    """Give a file that is written its name, durably: after a power cut it is there whole, or as it was before."""
    for path in (unfinished, target.parent):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if path == unfinished:
            unfinished.replace(target)
