"""Locks between processes: one at a time for the service, a domain, the index, a migration.

The operating system releases a lock when its holder dies, so nothing has to be cleaned up after SIGKILL.
"""

from pathlib import Path

from filelock import FileLock, Timeout


def process_lock(directory: Path, name: str, *, wait: float = -1) -> FileLock:
    """Return the lock `name`, not yet taken; use it as a context manager.

    `wait` is how many seconds to wait for another holder: forever by default; `filelock.Timeout` is raised after it.
    """
    directory.mkdir(parents=True, exist_ok=True)
    safe = "".join(char if char.isalnum() or char in "-_." else "_" for char in name)
    return FileLock(directory / f"{safe}.lock", timeout=wait)


def is_held(directory: Path, name: str) -> bool:
    """Tell whether some process holds a lock. Asking takes it for a moment: who wants it should wait that long."""
    try:
        with process_lock(directory, name, wait=0):
            return False
    except Timeout:
        return True
