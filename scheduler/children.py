"""Child processes: every job runs in one, so that a crash, a leak or a hang costs the service nothing."""

import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from core.log import get_logger, new_job_id

log = get_logger("scheduler.children")


@dataclass(frozen=True)
class ExitResult:
    """How a child ended."""

    status: int
    """Its exit status, below zero where a signal ended it."""
    overdue: bool
    """Whether it was stopped because it had taken too long."""
    crashed: bool
    """Whether its status tells of a failure, and nobody had asked it to end."""


class Children:
    """The running child processes. Each ends when its standard input closes, so that none outlives the service."""

    def __init__(self, module: str = "scheduler.child") -> None:
        """Take the module that a child runs; it gets the job's id and the job."""
        self._module = module
        self._running: dict[subprocess.Popen[bytes], str] = {}
        self._lock = threading.Lock()
        self._asked_to_end: set[subprocess.Popen[bytes]] = set()
        self._stopping = False

    @property
    def stopping(self) -> bool:
        """Whether no further child is started."""
        return self._stopping

    def run(self, args: Sequence[str], *, seconds: float | None = None, grace: float = 0.0) -> ExitResult | None:
        """Do a job in a child process and say how it ended; None where the service is stopping and it did not begin.

        A child that still runs after `seconds` is asked to end, and killed where it has not after `grace` more.
        """
        job, job_id = " ".join(args), new_job_id()
        started = time.monotonic()
        with self._lock:
            if self._stopping:
                return None
            # A session of its own: Ctrl-C on the terminal is for the service alone. -P: the working directory is the
            # user's, and what lies there is nothing to import.
            process = subprocess.Popen(  # noqa: S603 - this program itself, and names of sources
                [sys.executable, "-P", "-m", self._module, job_id, *args],
                stdin=subprocess.PIPE,
                start_new_session=True,
            )
            self._running[process] = job
        log.info("job started", job=job, run=job_id, pid=process.pid)
        try:
            overdue = not _ends_within(process, seconds)
            if overdue:
                log.error("job timed out", job=job, run=job_id, pid=process.pid, seconds=seconds)
                process.terminate()
                if not _ends_within(process, grace):
                    self._kill(process, grace)
        finally:
            with self._lock:
                del self._running[process]
                was_asked = self._stopping or process in self._asked_to_end
                self._asked_to_end.discard(process)
            assert process.stdin is not None
            process.stdin.close()
        status = process.returncode
        crashed = status != 0 and not was_asked
        seconds_taken = round(time.monotonic() - started, 1)
        if crashed:
            log.error("job crashed", job=job, run=job_id, status=status, seconds=seconds_taken)
        else:
            log.info("job finished", job=job, run=job_id, status=status, seconds=seconds_taken)
        return ExitResult(status, overdue, crashed)

    @property
    def count(self) -> int:
        """How many run."""
        return len(self._running)

    def end(self, args: Sequence[str], grace: float) -> None:
        """Ask the child that does a job, if any does, to end, and kill it where it has not after `grace` seconds."""
        job = " ".join(args)
        with self._lock:
            doing = [process for process, its_job in self._running.items() if its_job == job]
            self._asked_to_end.update(doing)
        for process in doing:
            process.terminate()
            threading.Thread(target=self._kill_late, args=(process, grace), daemon=True).start()

    def stop(self, grace: float) -> None:
        """Start no more children, ask those that run to end, and kill each that has not ended after `grace` seconds."""
        with self._lock:
            self._stopping = True
            running = list(self._running)
        for process in running:
            process.terminate()
        deadline = time.monotonic() + grace
        for process in running:
            if not _ends_within(process, max(0.0, deadline - time.monotonic())):
                self._kill(process, grace)

    def _kill_late(self, process: subprocess.Popen[bytes], grace: float) -> None:
        if not _ends_within(process, grace):
            self._kill(process, grace)

    def _kill(self, process: subprocess.Popen[bytes], grace: float) -> None:
        log.warning("job killed", pid=process.pid, grace=grace)
        process.kill()
        process.wait()


def _ends_within(process: subprocess.Popen[bytes], seconds: float | None) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True
