"""What shuts the service down: a signal, or the death of one of its threads."""

import signal
import socket
import threading
from types import FrameType

ASKED = (signal.SIGTERM, signal.SIGINT)
"""Signals that ask the service to end."""


class ShutdownSignal:
    """Listens, from its creation, for the first thing that should end this process. Create it in the main thread.

    The interpreter writes a signal's number into a socket at the moment it comes. A handler written in Python would
    be run later, and a main thread that has just gone to sleep in `Event.wait` or `Queue.get` would not hear of it.
    """

    def __init__(self) -> None:
        self._read_end, self._write_end = socket.socketpair()
        self._write_end.settimeout(0)
        self._death: BaseException | None = None
        for number in ASKED:
            signal.signal(number, _do_nothing)
        signal.set_wakeup_fd(self._write_end.fileno(), warn_on_full_buffer=False)
        threading.excepthook = self._on_death

    def wait(self) -> signal.Signals | BaseException:
        """Wait for it, and return the signal, or what a thread died of."""
        (number,) = self._read_end.recv(1)
        return signal.Signals(number) if number else self._death or RuntimeError("a thread died of nothing")

    def _on_death(self, death: threading.ExceptHookArgs) -> None:
        self._death = death.exc_value or death.exc_type()
        self._write_end.send(b"\0")


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: the signal's number is on its way already; without a handler it would end the process at once."""
