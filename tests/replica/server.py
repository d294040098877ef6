"""The forward proxy: plain HTTP and CONNECT, answering for every host that the replica plays."""

import gzip
import select
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import urlsplit

from tests.deadline import DEADLINE
from tests.replica.authority import Authority
from tests.replica.exchange import Answer, Request
from tests.replica.faults import Fault, Faults, Kind
from tests.replica.log import Record, RequestLog
from tests.replica.spoiling import spoil

Play = Callable[[Request], Answer]
"""Answers a request in the name of its host."""


class ProxyServer(ThreadingHTTPServer):
    """Listens on loopback, on a port of the system's choice; a thread a connection."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, play: Play, authority: Authority, faults: Faults, log: RequestLog) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.play = play
        self.authority = authority
        self.faults = faults
        self.log = log
        self.stopping = threading.Event()
        self.errors: list[str] = []
        """Tracebacks of what went wrong in the replica itself, beyond any fault."""
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        """What to give to a client as its proxy."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def opened(self, connection: socket.socket) -> None:
        """Keep a connection in mind, to end it at the stop."""
        with self._lock:
            self._open.add(connection)

    def closed(self, connection: socket.socket) -> None:
        """Forget a connection."""
        with self._lock:
            self._open.discard(connection)

    def stop(self) -> None:
        """Stop listening, end every connection and wait for their threads to leave."""
        self.stopping.set()
        self.shutdown()
        deadline = time.monotonic() + DEADLINE
        while self._open and time.monotonic() < deadline:
            with self._lock:
                for connection in self._open:
                    with suppress(OSError):
                        connection.shutdown(socket.SHUT_RDWR)
            time.sleep(0.01)  # the threads close their own sockets
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep what broke in the replica; a client that hangs up is no error."""
        if not isinstance(sys.exception(), OSError):
            self.errors.append(traceback.format_exc())


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    phrases: ClassVar[dict[int, str]] = {status.value: status.phrase for status in HTTPStatus}
    server: ProxyServer
    connection: socket.socket

    def setup(self) -> None:
        super().setup()
        self.origin = ""
        self.server.opened(self.connection)

    def finish(self) -> None:
        super().finish()
        self.server.closed(self.connection)
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the library's
        """Stay silent: the request log is the replica's own."""

    def do_CONNECT(self) -> None:
        host, _, port = self.path.rpartition(":")
        self.connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        plain = self.connection
        self.server.closed(plain)
        context = self.server.authority.context(host)
        tunnel = context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
        self.connection = tunnel
        self.server.opened(tunnel)  # before the handshake: a client may never begin it
        tunnel.do_handshake()
        self.rfile.close()
        self.rfile = self.connection.makefile("rb")
        self.origin = f"https://{host}" if port == "443" else f"https://{host}:{port}"
        self.close_connection = False

    def do_GET(self) -> None:
        self._serve()

    def do_HEAD(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        self.started = time.monotonic()
        self.noted = False
        url = self.origin + self.path
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        if not urlsplit(url).hostname:
            self._send(Answer.plain(400, "this is a forward proxy: ask it for absolute addresses"))
            return
        fault = self.server.faults.take(url)
        try:
            if fault and fault.kind is Kind.HANG:
                self._hang()
                return
            request = Request(self.command, url, headers, body, endless=bool(fault and fault.kind is Kind.ENDLESS))
            self._send(self._conditional(request, spoil(fault, request, self.server.play)), fault)
        finally:
            self._note(0, 0)

    def _note(self, status: int, sent: int) -> None:
        """Record the request; once, before the client can know that its answer is complete."""
        if self.noted:
            return
        self.noted = True
        self.server.log.add(
            Record(
                started=self.started,
                ended=time.monotonic(),
                method=self.command,
                url=self.origin + self.path,
                status=status,
                bytes=sent,
                conditional="If-None-Match" in self.headers or "If-Modified-Since" in self.headers,
                user_agent=self.headers.get("User-Agent", ""),
            )
        )

    def _conditional(self, request: Request, answer: Answer) -> Answer:
        if answer.status != 200 or answer.modified is None or request.method == "POST":
            return answer
        modified = answer.modified.replace(microsecond=0)
        validators = {"ETag": answer.etag, "Last-Modified": format_datetime(modified)}
        known = request.headers.get("if-none-match")
        since = request.headers.get("if-modified-since")
        unchanged = False
        if known is not None:
            unchanged = answer.etag in {tag.strip().removeprefix("W/") for tag in known.split(",")}
        elif since is not None:
            with suppress(ValueError):
                unchanged = parsedate_to_datetime(since) >= modified
        if unchanged:
            return Answer(status=304, headers=validators, content_type="")
        return answer.with_headers(**validators)

    def _send(self, answer: Answer, fault: Fault | None = None) -> None:
        body = answer.body
        headers = {"Server": "replica", "Date": self.date_time_string()}
        if answer.content_type:
            headers["Content-Type"] = answer.content_type
        headers |= answer.headers
        accepted = self.headers.get("Accept-Encoding", "")
        if "gzip" in accepted and len(body) > 1024 and "Content-Encoding" not in headers:
            body = gzip.compress(body, compresslevel=1, mtime=0)
            headers["Content-Encoding"] = "gzip"
        if answer.status != 304:
            headers["Content-Length"] = str(len(body))
        if self.command == "HEAD" or answer.status == 304:
            body = b""
        if fault and fault.kind is Kind.TRUNCATED:
            body = body[: len(body) // 2]
            self.close_connection = True
        head = f"HTTP/1.1 {answer.status} {self.phrases.get(answer.status, '')}\r\n"
        data = (head + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n").encode() + body
        if fault and fault.kind is Kind.DRIP:
            self._drip(data[:-1], fault.pause)
        else:
            self.connection.sendall(data[:-1])
        self._note(answer.status, len(body))
        self.connection.sendall(data[-1:])

    def _drip(self, data: bytes, pause: float) -> None:
        for position in range(len(data)):
            self.connection.sendall(data[position : position + 1])
            if self.server.stopping.wait(pause):
                raise ConnectionAbortedError("the replica stops")

    def _hang(self) -> None:
        self.close_connection = True
        while not self.server.stopping.is_set():
            readable, _, _ = select.select([self.connection], [], [], 0.05)
            if readable:  # a client with nothing to ask any more has hung up
                return
