"""Whether the embedded index can be read and written."""

import os
from pathlib import Path

from indexer.search.access import AccessCheck
from indexer.search.embedded.folder import read_marker
from indexer.search.embedded.index import EmbeddedIndex
from indexer.search.index import IndexFormatError, IndexUnavailableError

_SUBJECT = "embedded index"


def check_folder(directory: Path) -> list[AccessCheck]:
    """Check the folder of the index; nothing is created."""
    try:
        if read_marker(directory) is None:
            return [_not_there_yet(directory)]
        found = f"{EmbeddedIndex(directory).count():,} stories in {directory}"
    except IndexFormatError as error:
        return [AccessCheck(_SUBJECT, ok=False, found=str(error), remedy="run `deltanews rebuild index`")]
    except IndexUnavailableError as error:
        return [AccessCheck(_SUBJECT, ok=False, found=str(error), remedy="check the folder's owner and permissions")]
    if not os.access(directory, os.W_OK):
        found, remedy = f"{found}, not writable by this user", f"to index, let this user write to {directory}"
        return [AccessCheck(_SUBJECT, ok=False, found=found, remedy=remedy, read_only=True)]
    return [AccessCheck(_SUBJECT, ok=True, found=found)]


def _not_there_yet(directory: Path) -> AccessCheck:
    existing = next(folder for folder in (directory, *directory.parents) if folder.exists())
    if os.access(existing, os.W_OK):
        return AccessCheck(_SUBJECT, ok=True, found=f"not there yet; `deltanews index` creates it in {directory}")
    remedy = f"let this user write to {existing}, or set another [indexer] directory"
    return AccessCheck(_SUBJECT, ok=False, found=f"{existing} is not writable", remedy=remedy)
