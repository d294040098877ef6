"""Children that hear Ctrl-C, wherever the tests were started from.

A shell that starts the tests in the background (`nohup make test &`) has them ignore SIGINT, and every child inherits
that. A handler of our own does not outlive exec: a child started meanwhile has the system's default again.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def heard_by_children() -> Iterator[None]:
    """Have the processes that are started in the block hear Ctrl-C; use it in the main thread, as pytest does."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
