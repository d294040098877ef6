"""Ctrl-C while libraries load: the process ends at once, with nothing to clean up."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

INTERRUPTED = 130


@contextmanager
def ended_by_interrupt() -> Iterator[None]:
    """End the process on Ctrl-C for as long as libraries load.

    A KeyboardInterrupt gets lost there: in what a library written in another language calls back, and in strings of
    code that are executed (dataclasses), after which Python ends by the signal itself whoever caught the exception. A
    process that was started to ignore Ctrl-C goes on doing so.
    """
    heard = signal.getsignal(signal.SIGINT)
    if heard is not signal.default_int_handler or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, lambda _number, _frame: os._exit(INTERRUPTED))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)
