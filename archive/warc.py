"""Raw pages as WARC records: stored before anything is read out of them, so that everything can be extracted again.

Each process has files of its own, never reopened for appending, since a record torn by a kill would end it. A record is
on the disk before the row that names it is committed.
"""

import fcntl
import gzip
import os
import secrets
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.recordbuilder import RecordBuilder
from warcio.recordloader import ArchiveLoadFailed, ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from core.clock import CLOCK
from core.errors import DeltaNewsError

FILE_BYTES = 1 << 30
"""After so many a writer begins another file: as other programs do, and offsets stay numbers that a database holds."""

REMOVED = "its raw page was removed, as [archive] keep_pages_days wants it"
"""Why a page whose record is removed cannot be read."""

_LEVEL = 5
"""Of gzip: 62 real pages take 2% more room than at warcio's 9, and half the time."""

_RECORDS = RecordBuilder(warc_version="WARC/1.1")

TRANSFER_HEADERS = {"content-encoding", "transfer-encoding", "content-length", "connection", "set-cookie"}
"""Headers that no longer hold: the body is stored as it reads after decompression; cookies are nobody's business."""


class PageLostError(DeltaNewsError):
    """A raw page is not where its row says, or not whole; the message names file and offset."""


@dataclass(frozen=True)
class RecordLocation:
    """Where a record stands in the WARC files."""

    file: str
    """Relative to the folder of pages."""
    offset: int
    length: int

    @property
    def is_removed(self) -> bool:
        """Whether it is there no more, as the settings want it (`archive.retention`)."""
        return self.length == 0


@dataclass(frozen=True)
class StoredPart:
    """A further page of an article, as the archive has it."""

    url: str
    location: RecordLocation | None
    """Where its newest page that can be read stands; None where there is none."""
    problem: str
    """Why there is none, or why it is an older one; the empty string where all is well."""


@dataclass(frozen=True)
class RawPage:
    """One response as it came."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime

    @property
    def content_type(self) -> str | None:
        """The Content-Type header, or None."""
        return next((value for name, value in self.headers if name.lower() == "content-type"), None)


class PageWriter:
    """Appends raw pages to a WARC file of this process's own, opened with its first page."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._name = ""
        self._file: BinaryIO | None = None

    def append(self, page: RawPage) -> RecordLocation:
        """Write one page, durably; return where it stands."""
        if self._file is not None and self._file.tell() >= FILE_BYTES:
            self.close()
        if self._file is None:
            self._open()
        assert self._file is not None
        offset = self._file.tell()
        stored = [(name, value) for name, value in page.headers if name.lower() not in TRANSFER_HEADERS]
        headers = StatusAndHeaders(f"{page.status} kept", stored, protocol="HTTP/1.1")
        record = _RECORDS.create_warc_record(
            page.url,
            "response",
            payload=BytesIO(page.body),
            length=len(page.body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": page.fetched_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")},
        )
        self._file.write(_packed(record))
        self._file.flush()
        os.fsync(self._file.fileno())
        return RecordLocation(self._name, offset, self._file.tell() - offset)

    def close(self) -> None:
        """Close the file; a writer that is used again opens a new one."""
        if self._file is not None:
            self._file.close()
        self._file = None

    def _open(self) -> None:
        self._name = new_file_name()
        self._file = _begun(self._directory / self._name)
        fcntl.flock(self._file, fcntl.LOCK_EX)  # for who moves records: this file still grows


def new_file_name() -> str:
    """Return a name below the folder of pages that no WARC file has."""
    started = CLOCK.now()
    return f"{started:%Y-%m}/{started:%Y%m%dT%H%M%S}-{os.getpid()}-{secrets.token_hex(4)}.warc.gz"


def copy_records(directory: Path, records: Iterable[RecordLocation], name: str) -> list[RecordLocation]:
    """Copy records as they are into a new WARC file, durably; return where they stand there, in the same order."""
    copied = []
    with _begun(directory / name) as file:
        for record in records:
            with (directory / record.file).open("rb") as source:
                source.seek(record.offset)
                copied.append(RecordLocation(name, file.tell(), record.length))
                file.write(source.read(record.length))
        file.flush()
        os.fsync(file.fileno())
    return copied


def _begun(path: Path) -> BinaryIO:
    """Create a WARC file and write its first record."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("xb")
    information = {"software": "DeltaNews", "format": "WARC File Format 1.1"}
    file.write(_packed(_RECORDS.create_warcinfo_record(path.name, information)))
    return file


def _packed(record: ArcWarcRecord) -> bytes:
    """Return a record as it stands in a file: a gzip member of its own."""
    plain = BytesIO()
    WARCWriter(plain, gzip=False).write_record(record)
    return gzip.compress(plain.getvalue(), _LEVEL, mtime=0)


def read_page(directory: Path, location: RecordLocation) -> RawPage:
    """Return the page that stands at `location`. Raises PageLostError where it does not, or is not whole.

    A record is decompressed whole before it is read: gzip's own checksum and length tell of any cut or changed byte,
    while warcio takes an early end of its file for the end of the page.
    """
    where = f"{directory / location.file}, offset {location.offset}"
    if location.is_removed:
        raise PageLostError(REMOVED)
    try:
        with (directory / location.file).open("rb") as file:
            file.seek(location.offset)
            data = file.read(location.length)
        if len(data) < location.length:
            raise PageLostError(f"{where}: the record is cut, {len(data)} of its {location.length} bytes are there")
        record = next(iter(ArchiveIterator(BytesIO(gzip.decompress(data)), check_digests="raise")))
        headers = record.http_headers
        if headers is None:
            raise PageLostError(f"{where}: the record is no response")
        return RawPage(
            url=record.rec_headers.get_header("WARC-Target-URI"),
            status=int(headers.get_statuscode()),
            headers=tuple(headers.headers),
            body=record.content_stream().read(),
            fetched_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
        )
    except (OSError, EOFError, zlib.error, StopIteration, ValueError, ArchiveLoadFailed) as error:
        raise PageLostError(f"{where}: {error or 'there is no record'}") from error
