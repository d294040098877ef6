"""Reading: the archive and the search index, as the pages ask them; opened once and shared by all requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Self

from sqlalchemy import Connection

from archive.database import Database, is_created
from archive.settings import ArchiveSettings
from indexer.search.index import SearchIndex
from indexer.search.opening import open_search_index
from indexer.settings import IndexerSettings


class Reading:
    """What the pages are made of, and where corrections go; every method may be called from several threads."""

    def __init__(self, archive: ArchiveSettings, index: SearchIndex) -> None:
        self.archive_settings = archive
        self.index = index
        self._database: Database | None = None
        self._opening = Lock()

    @classmethod
    def load(cls) -> Self:
        """Return the archive and the index that the settings name. Nothing is asked of them yet."""
        return cls(ArchiveSettings.load(), open_search_index(IndexerSettings.load()))

    @contextmanager
    def archive(self) -> Iterator[Connection]:
        """Open a read transaction on the archive; one that does not exist yet is empty. Raises ArchiveError."""
        with self._opening:
            if self._database is None and is_created(self.archive_settings):
                self._database = Database.open_to_read(self.archive_settings)
        if self._database is not None:
            with self._database.read() as connection:
                yield connection
            return
        empty = Database.open_to_read(self.archive_settings)
        try:
            with empty.read() as connection:
                yield connection
        finally:
            empty.close()

    @contextmanager
    def correcting(self) -> Iterator[Connection]:
        """Open a write transaction on the archive: it is written for corrections alone. Raises ArchiveError."""
        database = Database.open(self.archive_settings)
        try:
            with database.write() as connection:
                yield connection
        finally:
            database.close()

    def close(self) -> None:
        """Release both."""
        self.index.close()
        if self._database is not None:
            self._database.close()
