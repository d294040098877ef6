"""Restore: a back-up made an archive again, every byte of it checked, without what was forgotten since."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL

from archive.backup import LOCK, sqlite_file
from archive.database import SCHEMA_HEAD, Database, connect
from archive.forgetting import finish_forgetting, forget_hashes
from archive.forgotten import read_hashes
from archive.manifest import FileDamagedError, FileDigest, Manifest, copy_beginning, digests
from archive.migration import migrate, schema_version
from archive.settings import ArchiveSettings
from archive.sqlite_copy import publish
from core.errors import DeltaNewsError, UsageError
from core.locks import process_lock


class BackupDamagedError(DeltaNewsError):
    """A back-up is not whole; the message names the files."""


@dataclass(frozen=True)
class RestoreSummary:
    """What was restored."""

    made_at: datetime
    """When the back-up was made."""
    files: int
    """WARC files."""
    forgotten: int
    """Addresses of the back-up that are forgotten, and were taken out again."""


def restore(
    settings: ArchiveSettings, folder: Path, *, remove_forgotten: Callable[[Database], object]
) -> RestoreSummary:
    """Make a back-up the archive that the settings name, which must not exist yet; earlier schemas are migrated.

    The database appears last, without the articles that were forgotten since: killed before, the next call goes on.
    `remove_forgotten` takes the marked articles out of a database and its stories. Their pages go right after; killed
    there, at the next index run. UsageError where there is an archive or no back-up, BackupDamagedError where a file is
    not what the manifest says; nothing is there to be used then.
    """
    database = sqlite_file(settings)
    manifest = _checked(folder)
    with process_lock(settings.locks, LOCK):
        for path in _files_of(database):
            if path.exists():
                raise UsageError(f"{path} is there already; move the archive's files away first: {settings.directory}")
        for name, expected in manifest.files.items():
            if not _is_there(settings.pages / name, expected):
                copy_beginning(folder / "pages" / name, settings.pages / name, expected)
        unfinished = database.with_name(f"{database.name}.restoring")
        for path in _files_of(unfinished):
            path.unlink(missing_ok=True)
        assert manifest.database is not None
        assert manifest.database_digest is not None
        copy_beginning(folder / manifest.database, unfinished, manifest.database_digest)
        forgotten = _forget(unfinished, read_hashes(folder) | read_hashes(settings.directory), remove_forgotten)
        publish(unfinished, database)
        if forgotten:
            _finish(database, settings)
    return RestoreSummary(manifest.made_at, len(manifest.files), forgotten)


def _checked(folder: Path) -> Manifest:
    """Return the manifest of a whole back-up."""
    manifest = Manifest.load(folder)
    if manifest is None or manifest.database is None or manifest.database_digest is None:
        raise UsageError(f"{folder} holds no whole back-up; `deltanews archive backup {folder}` makes one")
    named = {folder / manifest.database: manifest.database_digest}
    named |= {folder / "pages" / name: expected for name, expected in manifest.files.items()}
    problems = []
    for path, expected in named.items():
        try:
            if digests(path, expected.bytes) != [expected]:
                problems.append(f"{path}: it is not what its digest says")
        except FileDamagedError as error:
            problems.append(str(error))
    if problems:
        raise BackupDamagedError(f"the back-up is damaged, nothing was restored: {'; '.join(problems)}")
    return manifest


def _files_of(database: Path) -> list[Path]:
    """Return a database's own file and those that SQLite writes beside it: one of another database would spoil it."""
    return [database.with_name(database.name + end) for end in ("", "-wal", "-shm", "-journal")]


def _is_there(path: Path, expected: FileDigest) -> bool:
    return path.exists() and path.stat().st_size >= expected.bytes and digests(path, expected.bytes) == [expected]


def _forget(path: Path, hashes: set[str], remove_forgotten: Callable[[Database], object]) -> int:
    """Migrate a copied database and take out of it what is to be forgotten; return how many addresses that is."""
    engine = connect(URL.create("sqlite", database=str(path)))
    try:
        with engine.connect() as connection:
            version = schema_version(connection)
        if version != SCHEMA_HEAD:
            migrate(engine, with_copy=False)
        copy = Database(engine)
        with copy.write() as connection:
            forgotten = forget_hashes(connection, hashes)
        if forgotten:
            remove_forgotten(copy)
        return forgotten
    finally:
        engine.dispose()


def _finish(path: Path, settings: ArchiveSettings) -> None:
    """Remove the pages of what is to be forgotten, and whatever else names it."""
    database = Database(connect(URL.create("sqlite", database=str(path))))
    try:
        finish_forgetting(database, settings)
    finally:
        database.close()
