"""IndexFolder: the embedded index on disk: created, opened as it is now, locked for one writer, replaced."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy
from filelock import FileLock, Timeout

from core.errors import system_reason
from indexer.search.embedded.folder import (
    Marker,
    all_stories,
    linked,
    marker_lost,
    read_marker,
    unreadable,
    write_marker,
)
from indexer.search.index import IndexUnavailableError

WRITER_BYTES = 64_000_000
"""What tantivy gathers in memory before it writes a segment."""

READ_ONLY_ATTEMPTS = 10
"""How often a reader who may not take the lock tries anew where a writer removed a segment before it was opened."""


class IndexFolder:
    """The folder of an embedded index, or of its successor that is not active yet (`stories`)."""

    def __init__(self, directory: Path, schema: tantivy.Schema, *, lock_seconds: float, stories: str | None) -> None:
        """Nothing is created or opened yet."""
        self.directory = directory
        self.lock_seconds = lock_seconds
        self._schema = schema
        self._stories = stories
        self._lock = FileLock(directory / (f"write-{stories}.lock" if stories else "write.lock"), timeout=lock_seconds)
        self._index: tantivy.Index | None = None
        self._opened = ""
        self._opening = threading.Lock()
        """Several threads search at once; one at a time looks at what stands on disk."""
        self._links: TemporaryDirectory[str] | None = None
        """Where this user may only read: a folder of its own with links to the index's files."""
        self.is_prepared = False

    def prepare(self) -> None:
        """Create the folder and an empty index where there is none. Raises IndexFormatError."""
        self.is_prepared = True
        if self._stories is None and read_marker(self.directory):
            return
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise IndexUnavailableError(f"{self.directory} cannot be created: {system_reason(error)}") from error
        with self.writing():
            if self._stories is not None:
                self._create(self._stories)
            elif read_marker(self.directory) is None:  # another process may have been faster
                self._refuse_to_orphan_stories()
                marker = Marker.new()
                self._create(marker.stories)
                write_marker(self.directory, marker)

    def promote(self) -> None:
        """Name this successor in the marker: every process that opens or asks the index from now on gets it."""
        assert self._stories is not None, "only a successor can be promoted"
        with _WriteLock(FileLock(self.directory / "write.lock", timeout=self.lock_seconds), self.directory):
            write_marker(self.directory, Marker.new(self._stories))

    def close(self) -> None:
        """Release the index's files."""
        self._index = None

    @contextmanager
    def commit(self, index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
        """Give a writer and commit what it was given; IndexUnavailableError where the disk does not take it."""
        try:
            writer = index.writer(WRITER_BYTES, num_threads=1)
            yield writer
            writer.commit()
            writer.wait_merging_threads()
        except (ValueError, OSError) as error:
            raise IndexUnavailableError(f"{self.directory} cannot be written: {system_reason(error)}") from error

    def writing(self) -> "_WriteLock":
        """Return the write lock; IndexUnavailableError where another process holds it for too long."""
        return _WriteLock(self._lock, self.directory)

    def open(self) -> tantivy.Index:
        """Return the index as it stands on disk now. Raises IndexUnavailableError where there is none yet."""
        with self._opening:
            return self._open_alone()

    def marker(self) -> Marker:
        """Return what names the active index. IndexUnavailableError, IndexFormatError where nothing does."""
        marker = read_marker(self.directory)
        if marker is None:
            self._refuse_to_orphan_stories()
            raise IndexUnavailableError(
                f"{self.directory} holds no stories yet: `deltanews crawl`, then `deltanews index` brings the first"
            )
        return marker

    def _create(self, stories: str) -> None:
        folder = self.directory / stories
        folder.mkdir(exist_ok=True)
        try:
            tantivy.Index(self._schema, str(folder))
        except ValueError:  # what an older version left unfinished, or a full disk
            shutil.rmtree(folder)
            folder.mkdir()
            try:
                tantivy.Index(self._schema, str(folder))
            except ValueError as error:
                raise IndexUnavailableError(f"{folder} cannot be written: {error}") from error

    def _open_alone(self) -> tantivy.Index:
        for attempt in range(READ_ONLY_ATTEMPTS):
            folder = self.directory / (self._stories or self.marker().stories)
            may_write = os.access(folder, os.W_OK)
            try:
                return self._reloaded(folder, folder if may_write else self._linked(folder))
            except (ValueError, OSError) as error:
                self._index = None
                if may_write or attempt == READ_ONLY_ATTEMPTS - 1:
                    raise unreadable(self.directory, error) from error
        raise AssertionError("every attempt returns or raises")

    def _linked(self, folder: Path) -> Path:
        """Return a folder with links to the files of now: those of before lack the segments written since."""
        self._links = linked(folder)
        self._index = None
        return Path(self._links.name)

    def _reloaded(self, folder: Path, readable: Path) -> tantivy.Index:
        if self._index is None or folder.name != self._opened:
            self._index = tantivy.Index.open(str(readable))
            self._index.config_reader("manual")
            self._opened = folder.name
        self._index.reload()
        return self._index

    def _refuse_to_orphan_stories(self) -> None:
        """Raise IndexFormatError where stories lie in the folder that a lost marker named."""
        for stories in all_stories(self.directory):
            try:
                held = tantivy.Index.open(str(self.directory / stories)).searcher().num_docs
            except (ValueError, OSError):  # what a killed process had begun to create
                continue
            if held:
                raise marker_lost(self.directory, stories)


class _WriteLock:
    """The write lock, held by one process at a time; the operating system releases that of a killed one."""

    def __init__(self, lock: FileLock, directory: Path) -> None:
        self._lock = lock
        self._directory = directory

    def __enter__(self) -> None:
        try:
            self._lock.acquire()
        except Timeout as error:
            message = f"{self._directory}: another process has been writing for {self._lock.timeout:.0f} s"
            raise IndexUnavailableError(message) from error
        except OSError as error:
            raise IndexUnavailableError(f"{self._directory} cannot be written: {system_reason(error)}") from error

    def __exit__(self, *_: object) -> None:
        self._lock.release()
