"""Commands of `deltanews` run to their end, each in a fork of one process that has loaded what they need.

A fork is a process like any other, with its own folder, environment and exit status, and costs milliseconds, where a
start of Python and its libraries costs a second of processor time: half of what the tests took. What the variables of
the environment change while modules load (`tests.product` knows which) needs a start of its own.
"""

import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import NoReturn

from deltanews.__main__ import main
from deltanews.command_table import COMMANDS
from tests.deadline import DEADLINE

LOADED_LATE = (
    "alembic.command",
    "indexer.search.embedded.index",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.extensions.feedexport",
    "scrapy.extensions.throttle",
)
"""What commands load as they go, in as far as it takes long; not what chooses Twisted's reactor."""


class Commands:
    """The process of which commands are forks; it ends with the one that started it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None

    def run(
        self, words: Sequence[str], *, folder: Path, environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Run one command; AssertionError where it does not end."""
        request, request_writer = os.pipe()
        status, status_writer = os.pipe()
        with TemporaryFile() as output, TemporaryFile() as errors, os.fdopen(status, "rb") as told:
            with self._lock:
                handed_over = [request, output.fileno(), errors.fileno(), status_writer]
                socket.send_fds(self._connection(), [b"."], handed_over)
            os.close(request)
            os.close(status_writer)
            with os.fdopen(request_writer, "w", encoding="utf-8") as writer:
                json.dump({"words": list(words), "folder": str(folder), "environment": dict(environment)}, writer)
            process = int(told.readline())
            if not select.select([told], [], [], DEADLINE)[0]:
                os.kill(process, signal.SIGKILL)
                raise AssertionError(f"deltanews {' '.join(words)} had not ended after {DEADLINE:.0f} s")
            ended_with = int(told.readline())
            shown = []
            for file in (output, errors):
                file.seek(0)
                shown.append(file.read().decode().replace("\r\n", "\n"))
        return subprocess.CompletedProcess(list(words), ended_with, *shown)

    def _connection(self) -> socket.socket:
        if self._socket is None:
            self._socket, theirs = socket.socketpair()
            subprocess.Popen(
                [sys.executable, "-m", "tests.commands", str(theirs.fileno())],
                pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
            )  # fmt: skip
            theirs.close()
        return self._socket


COMMANDS_OF_THIS_PROCESS = Commands()


def serve(connection: socket.socket) -> None:
    """Run a command for each message until the other end is closed."""
    for name in (*(command.target.partition(":")[0] for command in COMMANDS), *LOADED_LATE):
        import_module(name)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that wait for the commands
    while True:
        message, files, _, _ = socket.recv_fds(connection, 1, 4)
        if not message:
            return
        if os.fork() == 0:
            connection.close()
            run_in_a_fork(*files)
        for file in files:
            os.close(file)


def run_in_a_fork(request: int, output: int, errors: int, status: int) -> NoReturn:
    """Run the requested command in a further fork, tell its process id and its exit status, and exit."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with open(request, encoding="utf-8") as file:
        asked = json.load(file)
    process = os.fork()
    if process == 0:
        os.dup2(output, 1)
        os.dup2(errors, 2)
        for each in (output, errors, status):
            os.close(each)
        os.environ.clear()
        os.environ.update(asked["environment"])
        os.chdir(asked["folder"])
        sys.argv = ["deltanews", *asked["words"]]
        sys.modules["__main__"] = sys.modules[main.__module__]  # which extraction workers load, too
        main()
    os.write(status, f"{process}\n".encode())
    os.write(status, f"{os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])}\n".encode())
    os._exit(0)  # an exit in good order would take apart all that was loaded


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
