"""A child process ends when its parent dies: the parent holds its standard input open, which closes with it."""

import os
import signal
import sys
import threading
import time

ORPHANED = 1
"""Exit status of a child that had not ended within its grace time after its parent was gone."""


def end_with_parent(grace: float) -> None:
    """From now on, end as if asked to when standard input closes; for good where that takes over `grace` seconds."""
    threading.Thread(target=_wait_for_its_end, args=(grace,), daemon=True).start()


def _wait_for_its_end(grace: float) -> None:
    while os.read(sys.stdin.fileno(), 1024):  # not sys.stdin.read: its lock would be held when the process ends
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(grace)
    os._exit(ORPHANED)
