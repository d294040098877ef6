"""What runs inside an extraction worker: read a page, answer, wait for the next, until the parent is gone.

Messages are pickles behind their length. The parent may stop a worker at any instant; nothing is lost with it.
"""

import multiprocessing
import os
import pickle
import resource
import signal
import struct
import threading
from pathlib import Path
from socket import socket
from typing import Any, BinaryIO, cast

from archive.warc import PageLostError
from crawler.pages.task import PageRead, PageTask, PageUnread, UnreadCause

LENGTH = struct.Struct("!Q")
"""What stands before each message."""


def packed(message: object) -> bytes:
    """Return a message as it crosses the pipe."""
    data = pickle.dumps(message)
    return LENGTH.pack(len(data)) + data


def work(channel: socket, seconds: float, megabytes: int, gazetteers: tuple[Path, ...]) -> None:
    """Say that this worker is ready, then answer every PageTask with a PageRead or a PageUnread.

    A page that takes more than `seconds` of processor time ends the process by SIGPROF, wherever it is, in C too: the
    kernel counts, so a busy machine, a stopped process or a changed clock costs a page nothing.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when a worker ends
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from crawler.pages.page_reader import known_gazetteer  # noqa: PLC0415 - in the worker alone: see there

    known_gazetteer(gazetteers)
    _limit_memory(megabytes)
    stream = cast("BinaryIO", channel.makefile("rwb"))
    _send(stream, packed(None))
    while (task := _receive(stream)) is not None:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        answer = _answer(task, gazetteers)
        signal.setitimer(signal.ITIMER_PROF, 0)
        _send(stream, answer)


def _answer(task: PageTask, gazetteers: tuple[Path, ...]) -> bytes:
    from crawler.pages.page_reader import read_stored_page  # noqa: PLC0415 - in the worker alone: see there

    answer: PageRead | PageUnread
    try:
        answer = read_stored_page(task, gazetteers)
        return packed(answer)
    except MemoryError:
        answer = PageUnread(UnreadCause.MEMORY, "took more memory than a page may")
    except PageLostError as error:
        answer = PageUnread(UnreadCause.LOST, f"its record is damaged: {error}")
    except Exception as error:  # noqa: BLE001 - one page's fault, whatever it is, is recorded with that page
        answer = PageUnread(UnreadCause.ERROR, f"{type(error).__name__}: {error}")
    return packed(answer)


def _send(stream: BinaryIO, message: bytes) -> None:
    stream.write(message)
    stream.flush()


def _receive(stream: BinaryIO) -> Any:
    """Return the next message (Any: it is what the parent pickled); None at the end."""
    head = stream.read(LENGTH.size)
    return pickle.loads(stream.read(*LENGTH.unpack(head))) if head else None  # noqa: S301 - from our own parent


def _limit_memory(megabytes: int) -> None:
    """Let this process grow by so much and no more."""
    statm = Path("/proc/self/statm")
    if statm.exists():  # elsewhere the time limit alone has to do
        in_use = int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (in_use + megabytes * 1024 * 1024, hard))


def _end_with_parent() -> None:
    """Wait for the parent's pipe to close, as it does on SIGKILL too, and end."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
