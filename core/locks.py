"""Locks between processes: one at a time for the service, a domain, the index, a migration.

The operating system releases a lock when its holder dies, so nothing has to be cleaned up after SIGKILL.
"""

import fcntl
import os
from pathlib import Path

from filelock import FileLock


def process_lock(directory: Path, name: str, *, wait: float = -1) -> FileLock:
    """Return the lock `name`, not yet taken; use it as a context manager.

    `wait` is how many seconds to wait for another holder: forever by default; `filelock.Timeout` is raised after it.
    """
    directory.mkdir(parents=True, exist_ok=True)
    return FileLock(_file(directory, name), timeout=wait)


def is_held(directory: Path, name: str) -> bool:
    """Tell whether some process holds a lock. Nothing is created, and permission to read the lock's file is enough.

    Asking takes it for a moment: who wants it should wait that long.
    """
    return is_locked(_file(directory, name))


def is_locked(path: Path) -> bool:
    """Tell the same of any file, by its path."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _file(directory: Path, name: str) -> Path:
    safe = "".join(char if char.isalnum() or char in "-_." else "_" for char in name)
    return directory / f"{safe}.lock"
