"""One extraction worker as its parent sees it: a process and a pipe, used by one thread at a time."""

import multiprocessing
import pickle
import signal
import threading
from collections.abc import Callable
from multiprocessing import resource_tracker
from pathlib import Path
from socket import socketpair
from typing import Any

from core.errors import DeltaNewsError
from crawler.pages.task import PageRead, PageTask, PageUnread
from crawler.pages.worker_process import LENGTH, packed, work

TICK_SECONDS = 0.1
"""How long one poll of the pipe waits.

Limits count polls, not a clock: while this process is stopped it does not poll, and a clock that jumps does not matter.
"""

START_SECONDS = 600.0
"""How long a worker may take until it is ready: one second on a quiet machine, minutes for a niced crawl on a busy one,
where a worker that is killed for it would only be started anew, for ever."""

WAITING_FACTOR = 10
"""A page may wait (for a disk, for a stopped process) so many times longer than it may compute."""

REAP_SECONDS = 5.0
"""How long the death of a killed process is waited for; only one that hangs in the kernel takes any time."""

_CONTEXT = multiprocessing.get_context("spawn")
_PROCESSES = threading.Lock()
"""Held while a process is started, asked about or waited for: of two threads that wait for one, the later learns
nothing (and starting one waits for all that have ended)."""


class WorkerDiedError(DeltaNewsError):
    """The worker's process has ended; the message says how. Whether the page was the cause is not known."""


class LimitReachedError(DeltaNewsError):
    """The page took more than it may, and its worker is of no more use; the message names the limit."""


class ExtractionWorker:
    """A worker process that reads one page at a time. The caller calls `end` once, whatever happened to it."""

    def __init__(self, *, seconds: float, megabytes: int, gazetteers: tuple[Path, ...]) -> None:
        """Start the process. OSError where the system refuses; `wait_until_ready` comes next."""
        self._seconds = seconds
        self._received = bytearray()
        self._channel, theirs = socketpair()
        self._channel.settimeout(TICK_SECONDS)
        self._process = _CONTEXT.Process(target=work, args=(theirs, seconds, megabytes, gazetteers), daemon=True)
        resource_tracker.ensure_running()  # its first start would unblock the signals again
        signals = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        try:  # blocked, so that Ctrl-C in a terminal does not end a worker that has not come to ignore it
            with _PROCESSES:
                self._process.start()
        except BaseException:
            self._channel.close()
            raise
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, signals)
            theirs.close()  # the worker's end is the worker's alone: when it dies, however that is, our end says so

    def wait_until_ready(self, check: Callable[[], None]) -> None:
        """Wait until it can read pages; WorkerDiedError, LimitReachedError. `check` is called at every poll."""
        self._receive(START_SECONDS, check)

    def read(self, task: PageTask, check: Callable[[], None]) -> PageRead | PageUnread:
        """Read one page. WorkerDiedError, LimitReachedError; what `check` raises ends the waiting, too."""
        try:
            self._channel.sendall(packed(task))
        except OSError as error:
            raise self._end() from error
        answer: PageRead | PageUnread = self._receive(self._seconds * WAITING_FACTOR, check)
        return answer

    @property
    def is_alive(self) -> bool:
        """Whether its process still runs."""
        with _PROCESSES:
            return self._process.is_alive()

    def kill(self) -> None:
        """End the process at once; whatever waits for its answer gets WorkerDiedError."""
        with _PROCESSES:
            self._process.kill()

    def end(self) -> None:
        """End the process if it still runs, and release it."""
        with _PROCESSES:
            self._process.kill()
            self._process.join(REAP_SECONDS)
        self._channel.close()

    def _receive(self, seconds: float, check: Callable[[], None]) -> Any:
        """Return the next message (Any: it is what the worker pickled)."""
        polls = 0
        while (message := self._whole_message()) is None:
            try:
                data = self._channel.recv(1 << 20)
            except TimeoutError:
                polls += 1
                check()
                if polls * TICK_SECONDS >= seconds:
                    raise LimitReachedError(f"waited for more than {seconds:g} s") from None
            except OSError:
                raise self._end() from None
            else:
                if not data:
                    raise self._end()
                self._received += data
        return pickle.loads(message)  # noqa: S301 - from our own child

    def _whole_message(self) -> bytes | None:
        if len(self._received) < LENGTH.size:
            return None
        end = LENGTH.size + LENGTH.unpack_from(self._received)[0]
        if len(self._received) < end:
            return None
        message = bytes(self._received[LENGTH.size : end])
        del self._received[:end]
        return message

    def _end(self) -> Exception:
        code = self._exit_code()
        if code == -signal.SIGPROF:
            return LimitReachedError(f"took more than {self._seconds:g} s of processor time")
        if code is None or code >= 0:
            return WorkerDiedError(f"its process ended (exit code {code})")
        return WorkerDiedError(f"its process was ended by {signal.Signals(-code).name}")

    def _exit_code(self) -> int | None:
        with _PROCESSES:
            self._process.join(REAP_SECONDS)
            return self._process.exitcode
