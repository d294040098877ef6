"""Child processes: every job runs in one, so that a crash, a leak or a hang costs the service nothing."""

import subprocess
import sys
import threading
import time
from collections.abc import Sequence

import structlog

log = structlog.stdlib.get_logger("scheduler.children")


class Children:
    """The child processes at work. Each ends when its standard input closes, so that none outlives the service."""

    def __init__(self) -> None:
        self._at_work: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopping = False

    @property
    def stopping(self) -> bool:
        """Whether no further child is started."""
        return self._stopping

    def run(self, words: Sequence[str]) -> int | None:
        """Do a job in a child process and return its exit status, below zero where a signal ended it.

        None where it was not started since the service is stopping.
        """
        job = " ".join(words)
        began = time.monotonic()
        with self._lock:
            if self._stopping:
                return None
            # A session of its own: Ctrl-C on the terminal is for the service alone. -P: the working directory is the
            # user's, and what lies there is nothing to import.
            process = subprocess.Popen(  # noqa: S603 - this program itself, and names of sources
                [sys.executable, "-P", "-m", "scheduler.child", *words], stdin=subprocess.PIPE, start_new_session=True
            )
            self._at_work.add(process)
        log.info("begun", job=job, pid=process.pid)
        try:
            status = process.wait()
        finally:
            with self._lock:
                self._at_work.discard(process)
            assert process.stdin is not None
            process.stdin.close()
        crashed = status != 0 and not self._stopping
        tell = log.error if crashed else log.info
        tell("crashed" if crashed else "ended", job=job, status=status, seconds=round(time.monotonic() - began, 1))
        return status

    def stop(self, grace: float) -> None:
        """Start no more children, ask those at work to end, and kill each that has not ended after `grace` seconds."""
        with self._lock:
            self._stopping = True
            at_work = list(self._at_work)
        for process in at_work:
            process.terminate()
        deadline = time.monotonic() + grace
        for process in at_work:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.warning("killed, since it did not end in time", pid=process.pid, grace=grace)
                process.kill()
                process.wait()
