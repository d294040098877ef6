"""The manifest of a back-up: which database and which WARC files it is made of, by digest."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from archive.sqlite_copy import publish
from core.errors import DeltaNewsError, UsageError, system_message
from core.mistakes import plain_mistake

MANIFEST = "backup.json"
"""The manifest's name in the folder of the back-up."""

FORGOTTEN = "forgotten.txt"
"""Name of the file of forgotten addresses' hashes, in a back-up's folder and in the archive's: one a line."""

CHUNK = 1 << 20


class FileDamagedError(DeltaNewsError):
    """A file is missing, too short, or not what its digest says; the message names it and says which."""


class FileDigest(BaseModel):
    """A file's beginning: a WARC file that still grows is backed up as far as the database names its records."""

    model_config = ConfigDict(frozen=True)

    bytes: int
    sha256: str


class Manifest(BaseModel):
    """What a back-up is made of; it is replaced when all that it names is there, so a kill leaves the one before."""

    model_config = ConfigDict(frozen=True)

    format: int = 1
    id: str
    """The same through all back-ups of one archive into one folder; the archive knows it."""
    made_at: datetime
    schema_head: str
    database: str | None = None
    """Name of the database's file; None while the first back-up is at work."""
    database_digest: FileDigest | None = None
    files: dict[str, FileDigest] = {}
    """WARC files by their name below `pages`."""

    @classmethod
    def load(cls, folder: Path) -> Self | None:
        """Return the manifest of a folder; None where it has none. UsageError where it cannot be understood."""
        path = folder / MANIFEST
        try:
            return cls.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except ValidationError as error:
            key = ".".join(map(str, error.errors()[0]["loc"]))
            raise UsageError(f"{path}: {key}: {plain_mistake(error.errors()[0])}") from error

    def save(self, folder: Path) -> None:
        """Write it in place of the one before."""
        unfinished = folder / f"{MANIFEST}.unfinished"
        unfinished.write_text(self.model_dump_json(indent=1), encoding="utf-8")
        publish(unfinished, folder / MANIFEST)


def digests(path: Path, *ends: int) -> list[FileDigest]:
    """Return the digests of a file's first so many bytes, for ends that rise. FileDamagedError where it has fewer."""
    digest = hashlib.sha256()
    position = 0
    found = []
    try:
        with path.open("rb") as file:
            for end in ends:
                while position < end:
                    chunk = file.read(min(CHUNK, end - position))
                    if not chunk:
                        raise FileDamagedError(f"{path}: it has {position} bytes, and should have {end}")
                    digest.update(chunk)
                    position += len(chunk)
                found.append(FileDigest(bytes=end, sha256=digest.hexdigest()))
    except OSError as error:
        raise FileDamagedError(system_message(error)) from error
    return found


def copy_beginning(source: Path, target: Path, expected: FileDigest) -> None:
    """Copy a file's beginning, durably; `target` appears whole. FileDamagedError where the copy is another.

    An OSError is the target's: a disk that is full or gone.
    """
    unfinished = target.with_name(target.name + ".unfinished")
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    left = expected.bytes
    with source.open("rb") as file, unfinished.open("wb") as copy:
        while left and (chunk := file.read(min(CHUNK, left))):
            copy.write(chunk)
            left -= len(chunk)
    if digests(unfinished, expected.bytes) != [expected]:
        raise FileDamagedError(f"{source}: it is not what its digest says")
    publish(unfinished, target)
