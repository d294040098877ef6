"""`deltanews archive forget`: what is stored of an address or a source goes for good."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from archive.backup import LOCK as UPKEEP
from archive.database import Database, database_url
from archive.forgetting import Forgotten, addresses_of, finish_forgetting, forget
from archive.forgotten import backup_folders, holds
from archive.manifest import Manifest
from archive.migration import copies_before_migrations
from archive.settings import ArchiveSettings
from core.console import print_facts, print_json_lines, print_line
from core.errors import UsageError
from core.locks import process_lock
from indexer.indexing import index_changes
from indexer.settings import IndexerSettings


def forget_stored(
    what: Annotated[str, typer.Argument(metavar="URL|SOURCE", help="An article's address, or the name of a source.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
) -> None:
    """Forget an article, or all of a source, for good: text, revisions, raw pages, search documents.

    The other records of its WARC files are moved into new files and the old ones deleted; its stories are told by
    their other articles, or are no more. A hash of each address stays, so that it is not fetched again; of a source
    that is on, new articles are: switch it off first. Killed at any point, it is finished by the next `deltanews
    index` or by the service, as are the pages of a WARC file that a crawl is still writing to. The back-ups that
    still hold it are named: back up into them again, or remove them; restored, they are without it. Job logs name
    addresses until they are removed, and an index keeps the bytes of a deleted document until it next merges.
    Exit status: 0; 2 where nothing of it is stored.

    Examples:
        deltanews archive forget https://news.example/1.html
        deltanews archive forget jstv
    """
    settings = ArchiveSettings.load()
    database = Database.open(settings)
    try:
        with database.write() as connection:
            addresses = addresses_of(connection, what)
            if not addresses:
                raise UsageError(f"{what}: nothing of such an address or source is stored")
            forget(connection, addresses)
            folders = backup_folders(connection)
        with process_lock(settings.locks, UPKEEP):
            done = finish_forgetting(database, settings)
    finally:
        database.close()
    unavailable = index_changes(settings, IndexerSettings.load()).drained.unavailable
    _print(addresses, done, _holding(settings, folders, addresses), as_json=as_json)
    if unavailable is not None:
        print_line(f"the search index still holds it, until `deltanews index` reaches it: {unavailable}", stderr=True)


def _holding(settings: ArchiveSettings, folders: Sequence[Path], addresses: Sequence[str]) -> list[str]:
    """Return the back-ups and copies that still hold one of the addresses, and those that cannot be asked."""
    url = database_url(settings)
    copies = copies_before_migrations(Path(url.database or "")) if url.get_backend_name() == "sqlite" else []
    held = [str(copy) for copy in copies if holds(copy, addresses)]
    for folder in folders:
        manifest = Manifest.load(folder)
        if manifest is None or manifest.database is None:
            held.append(f"{folder} (out of reach: it cannot be asked)")
        elif holds(folder / manifest.database, addresses):
            held.append(str(folder))
    return held


def _print(addresses: Sequence[str], done: Forgotten, holding: Sequence[str], *, as_json: bool) -> None:
    if as_json:
        held = {"addresses": len(addresses), **vars(done), "held_by": list(holding)}
        print_json_lines([held])
        return
    print_facts(
        [
            ("addresses forgotten", f"{len(addresses):,}"),
            ("raw pages removed", f"{done.pages:,}"),
            ("WARC files rewritten", f"{done.rewritten:,}"),
            *(("still holds it", path) for path in holding),
        ]
    )
    if done.waiting:
        waits = f"{done.waiting} WARC files are being written to by a crawl"
        print_line(f"{waits}; their pages go with the first `deltanews index` after it", stderr=True)
