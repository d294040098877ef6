"""Control of the running service: one request and one answer, through a socket in the archive's folder.

Nobody but the user whom the folder belongs to can open it (mode 0600), and no port is.
"""

import json
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from archive.settings import ArchiveSettings
from core.errors import DeltaNewsError, UsageError
from core.locks import is_held
from core.log import get_logger
from scheduler.next_runs import SERVICE

log = get_logger("scheduler.control")

SOCKET = "service.sock"
"""Name of the socket, in the archive's folder."""

LONGEST = 65_536
"""Bytes of a request or an answer."""

ANSWER_SECONDS = 60.0
"""How long a request waits for its answer: an archive that is being written to may hold it up for half that time."""

Orders = Mapping[str, Callable[[str], str]]
"""What the service obeys: by name, a function of the source that is meant, or of nothing; it returns what was done."""


class NoServiceError(DeltaNewsError):
    """There is no service that could be asked."""


class ControlServer:
    """Listens for orders, one at a time, in a thread of its own."""

    def __init__(self, directory: Path, orders: Orders) -> None:
        self._directory, self._orders = directory, orders
        self._listening = socket.socket(socket.AF_UNIX)
        self._thread = threading.Thread(target=self._serve, name="control", daemon=True)

    def start(self) -> None:
        """Begin to listen; a socket that a killed service left is replaced. The caller holds the service's lock."""
        path = self._directory / SOCKET
        try:
            path.unlink(missing_ok=True)
            with _short(path) as address:
                self._listening.bind(address)
            path.chmod(0o600)  # before it listens: until then nobody can connect
            self._listening.listen()
        except OSError as error:  # as on a file system that has no sockets: what is due is done all the same
            log.warning("no orders can be given", socket=str(path), error=error.strerror or str(error))
            return
        self._thread.start()

    def stop(self) -> None:
        """Listen no more, after an order that is being obeyed."""
        if self._thread.is_alive():
            self._listening.shutdown(socket.SHUT_RDWR)
            self._thread.join()
        self._listening.close()
        (self._directory / SOCKET).unlink(missing_ok=True)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:  # it was shut down
                return
            with connection:
                try:
                    connection.settimeout(ANSWER_SECONDS)
                    connection.sendall(self._answer(_line(connection)))
                except OSError as error:
                    log.warning("who gave an order did not wait for the answer", error=str(error))

    def _answer(self, request: bytes) -> bytes:
        try:
            order, source = json.loads(request)
            done = {"done": self._orders[order](source)}
            log.info("obeyed", order=order, source=source)
        except DeltaNewsError as error:
            done = {"refused": str(error)}
        except (ValueError, KeyError, TypeError):
            done = {"refused": "the service does not know this order; is it of another version?"}
        return json.dumps(done).encode() + b"\n"


def give_order(archive: ArchiveSettings, order: str, source: str = "") -> str:
    """Have the running service obey, and return what it did. NoServiceError; UsageError with why it refuses."""
    if not is_held(archive.locks, SERVICE):
        raise NoServiceError(f"no service is running on {archive.directory}; `deltanews run` starts one")
    try:
        with socket.socket(socket.AF_UNIX) as connection, _short(archive.directory / SOCKET) as address:
            connection.settimeout(ANSWER_SECONDS)
            connection.connect(address)
            connection.sendall(json.dumps([order, source]).encode() + b"\n")
            answer = json.loads(_line(connection))
    except (OSError, ValueError) as error:
        reason = f"{archive.directory / SOCKET}: {error}"
        raise NoServiceError(f"the service cannot be asked ({reason}); it may be starting or ending") from error
    if "done" not in answer:
        raise UsageError(str(answer.get("refused")))
    return str(answer["done"])


def _line(connection: socket.socket) -> bytes:
    received = b""
    while not received.endswith(b"\n") and len(received) < LONGEST and (more := connection.recv(4096)):
        received += more
    return received


@contextmanager
def _short(path: Path) -> Iterator[str]:
    """Give the socket's address in a form that fits: it may have about a hundred bytes, however deep the folder is."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        through = Path(f"/proc/self/fd/{folder}")
        yield str(through / path.name if through.exists() else path)
    finally:
        os.close(folder)
