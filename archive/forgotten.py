"""Forgotten addresses: known by their hashes alone, so that none is fetched again and no back-up brings one back."""

import hashlib
from collections.abc import Collection, Iterable
from pathlib import Path

from sqlalchemy import URL, Connection, insert, select

from archive.database import Database, connect
from archive.manifest import FORGOTTEN
from archive.schema import articles, links, now, pages
from archive.settings import ArchiveSettings
from archive.sqlite_copy import publish
from archive.upkeep_tables import backups, forgotten
from archive.where_in import fetch_where_in


def address_hash(canonical_url: str) -> str:
    """Return all that is kept of a forgotten address."""
    return hashlib.sha256(canonical_url.encode("utf-8", "surrogatepass")).hexdigest()


def forgotten_among(connection: Connection, addresses: Iterable[str]) -> set[str]:
    """Return those of these canonical addresses that are forgotten and may not be fetched."""
    by_hash = {address_hash(address): address for address in addresses}
    column = forgotten.c.hash
    return {by_hash[row.hash] for row in fetch_where_in(connection, select(column), column, by_hash)}


def add_hashes(connection: Connection, hashes: Iterable[str]) -> None:
    """Note hashes of forgotten addresses, those that are new."""
    wanted = dict.fromkeys(hashes)
    column = forgotten.c.hash
    known = {row.hash for row in fetch_where_in(connection, select(column), column, wanted)}
    rows = [{"hash": one, "forgotten_at": now()} for one in wanted if one not in known]
    if rows:
        connection.execute(insert(forgotten), rows)


def write_hashes(database: Database, settings: ArchiveSettings, *folders: Path) -> list[Path]:
    """Write all hashes beside the archive and into back-ups' folders; return the folders that are out of reach."""
    with database.read() as connection:
        lines = "".join(f"{one}\n" for one in connection.scalars(select(forgotten.c.hash).order_by(forgotten.c.hash)))
    away = []
    for folder in (settings.directory, *folders):
        unfinished = folder / f"{FORGOTTEN}.unfinished"
        try:
            unfinished.write_text(lines, encoding="ascii")
            publish(unfinished, folder / FORGOTTEN)
        except OSError:
            away.append(folder)
    return away


def read_hashes(folder: Path) -> set[str]:
    """Return the hashes that stand in a folder; none where it has no such file."""
    try:
        return set((folder / FORGOTTEN).read_text(encoding="ascii").split())
    except FileNotFoundError:
        return set()


def backup_folders(connection: Connection) -> list[Path]:
    """Return the folders that the archive was ever backed up to."""
    return [Path(folder) for folder in connection.scalars(select(backups.c.directory).order_by(backups.c.directory))]


def holds(database: Path, addresses: Collection[str]) -> bool:
    """Tell whether a copy of the database names one of these canonical addresses."""
    engine = connect(URL.create("sqlite", database=str(database)))
    try:
        with engine.connect() as connection:
            columns = (table.c.canonical_url for table in (articles, pages, links))
            return any(fetch_where_in(connection, select(column), column, addresses) for column in columns)
    finally:
        engine.dispose()
