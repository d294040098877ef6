"""Child processes: every job runs in one, so that a crash, a leak or a hang costs the service nothing."""

import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

log = structlog.stdlib.get_logger("scheduler.children")


@dataclass(frozen=True)
class Ended:
    """How a child ended."""

    status: int
    """Its exit status, below zero where a signal ended it."""
    overdue: bool
    """Whether it was stopped because it had taken too long."""


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

    def run(self, words: Sequence[str], *, seconds: float | None = None, grace: float = 0.0) -> Ended | None:
        """Do a job in a child process and say how it ended; None where the service is stopping and it did not begin.

        A child that is still at work after `seconds` is asked to end, and killed where it has not after `grace` more.
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
            overdue = not _ends_within(process, seconds)
            if overdue:
                log.error("takes too long and is stopped", job=job, pid=process.pid, seconds=seconds)
                process.terminate()
                if not _ends_within(process, grace):
                    self._kill(process, grace)
        finally:
            with self._lock:
                self._at_work.discard(process)
            assert process.stdin is not None
            process.stdin.close()
        status = process.returncode
        crashed = status != 0 and not self._stopping
        tell = log.error if crashed else log.info
        tell("crashed" if crashed else "ended", job=job, status=status, seconds=round(time.monotonic() - began, 1))
        return Ended(status, overdue)

    def stop(self, grace: float) -> None:
        """Start no more children, ask those at work to end, and kill each that has not ended after `grace` seconds."""
        with self._lock:
            self._stopping = True
            at_work = list(self._at_work)
        for process in at_work:
            process.terminate()
        deadline = time.monotonic() + grace
        for process in at_work:
            if not _ends_within(process, max(0.0, deadline - time.monotonic())):
                self._kill(process, grace)

    def _kill(self, process: subprocess.Popen[bytes], grace: float) -> None:
        log.warning("killed, since it did not end in time", pid=process.pid, grace=grace)
        process.kill()
        process.wait()


def _ends_within(process: subprocess.Popen[bytes], seconds: float | None) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True
