"""Back-up: a working archive copied into a folder, its database first, then every raw page that the copy names.

A record is on the disk before its row is committed, and WARC files only grow, so whatever the copy of the database
names is in the files that are read after it. Files that the folder has by the same digest are not copied again.
"""

import secrets
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, func, insert, select, update

from archive.database import SCHEMA_HEAD, Database, connect, database_url
from archive.forgotten import write_hashes
from archive.manifest import FileDamagedError, FileDigest, Manifest, copy_beginning, digests
from archive.schema import now, pages
from archive.settings import ArchiveSettings
from archive.sqlite_copy import copy_database
from archive.upkeep_tables import backups
from core.errors import UsageError
from core.locks import process_lock

LOCK = "upkeep"
"""Name of the process lock of what copies, moves and removes WARC files: one at a time."""


@dataclass
class BackupSummary:
    """What a back-up did."""

    database_bytes: int = 0
    copied: int = 0
    """WARC files."""
    copied_bytes: int = 0
    unchanged: int = 0
    problems: tuple[str, ...] = ()
    """Files that are damaged or missing in the archive; the folder keeps what it had of them."""


def back_up(database: Database, settings: ArchiveSettings, folder: Path) -> BackupSummary:
    """Back the archive up into a folder of its own; what crawls and the index write meanwhile does not matter.

    UsageError where the folder holds something else; DatabaseCopyError or OSError where it cannot be written to, as on
    a full disk: the back-up of before stays.
    """
    original = sqlite_file(settings)
    folder = folder.absolute()
    if folder == settings.directory.absolute():
        raise UsageError(f"{folder} is the archive's own folder; name another, on another disk")
    with process_lock(settings.locks, LOCK):
        before = _manifest(database, folder)
        started = now()
        with database.write() as connection:
            connection.execute(
                update(backups).where(backups.c.id == before.id).values(directory=str(folder), started_at=started)
            )
        copy = folder / f"archive-{started:%Y%m%dT%H%M%S%f}.sqlite"
        copy_database(original, copy)
        summary = BackupSummary(database_bytes=copy.stat().st_size)
        files, problems = {}, []
        for name, end in _ends(copy).items():
            try:
                known = before.files.get(name)
                files[name] = _copied_anew(settings.pages / name, folder / "pages" / name, end, known)
                summary.unchanged += files[name] == known
                summary.copied += files[name] != known
                summary.copied_bytes += end if files[name] != known else 0
            except FileDamagedError as error:
                problems.append(f"{name}: {error}")
                files |= {name: before.files[name]} if name in before.files else {}
        summary.problems = tuple(problems)
        (digest,) = digests(copy, summary.database_bytes)
        made = {"made_at": started, "schema_head": SCHEMA_HEAD, "database": copy.name, "database_digest": digest}
        write_hashes(database, settings, folder)
        before.model_copy(update=made | {"files": files}).save(folder)
        _remove_others(folder, {copy, *(folder / "pages" / name for name in files)})
        total = summary.database_bytes + sum(file.bytes for file in files.values())
        with database.write() as connection:
            connection.execute(update(backups).where(backups.c.id == before.id).values(finished_at=now(), bytes=total))
    return summary


def sqlite_file(settings: ArchiveSettings) -> Path:
    """Return the database's file. UsageError, which says what to do, where it is no SQLite database."""
    url = database_url(settings)
    if url.get_backend_name() != "sqlite":
        raise UsageError(
            f"the database is {url.get_backend_name()}'s, which has its own back-up: run pg_dump first, then copy "
            f"{settings.pages} (rsync): every WARC file that the dump names is in it by then. To restore, load the "
            "dump and copy the folder back"
        )
    return Path(url.database or "")


def _manifest(database: Database, folder: Path) -> Manifest:
    """Return the folder's manifest, a new one where it is empty. UsageError where it holds anything else."""
    folder.mkdir(parents=True, exist_ok=True)
    found = Manifest.load(folder)
    if found is None:
        if any(folder.iterdir()):
            raise UsageError(f"{folder} is not empty and no back-up of an archive; name an empty folder")
        found = Manifest(id=secrets.token_hex(16), made_at=now(), schema_head=SCHEMA_HEAD)
        with database.write() as connection:
            connection.execute(insert(backups).values(id=found.id, directory=str(folder), started_at=now()))
        found.save(folder)
    with database.read() as connection:
        if connection.scalar(select(backups.c.id).where(backups.c.id == found.id)) is None:
            raise UsageError(
                f"{folder} holds a back-up of another archive, which this one would take the place of; name another "
                "folder, or run `deltanews archive restore` if it is this archive's"
            )
    return found


def _ends(copy: Path) -> dict[str, int]:
    """Return the WARC files that a copy of the database names, each with the end of its last record."""
    engine = connect(URL.create("sqlite", database=str(copy)))
    end = func.max(pages.c.warc_offset + pages.c.warc_length)
    query = (
        select(pages.c.warc_file, end)
        .where(pages.c.warc_length > 0)
        .group_by(pages.c.warc_file)
        .order_by(pages.c.warc_file)
    )
    try:
        with engine.connect() as connection:
            return {str(file): int(last) for file, last in connection.execute(query)}
    finally:
        engine.dispose()


def _copied_anew(source: Path, target: Path, end: int, known: FileDigest | None) -> FileDigest:
    """Bring the copy of a WARC file up to `end`. FileDamagedError where its beginning is not what it was."""
    ends = [known.bytes, end] if known and known.bytes <= end else [end]
    *beginning, whole = digests(source, *ends)
    if known and beginning and beginning != [known]:
        raise FileDamagedError("it is not what it was at the last back-up, whose copy is kept")
    if whole != known or not target.exists() or target.stat().st_size < end:
        copy_beginning(source, target, whole)
    return whole


def _remove_others(folder: Path, named: set[Path]) -> None:
    """Remove what the manifest names no more, of earlier back-ups and of those that were killed."""
    for path in [*folder.glob("archive-*.sqlite*"), *(folder / "pages").rglob("*.warc.gz*")]:
        if path not in named:
            path.unlink(missing_ok=True)
