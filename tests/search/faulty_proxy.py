"""A proxy on loopback in front of a server, that spoils requests as it is told."""

import http.client
import json
import select
import threading
from collections import deque
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.deadline import DEADLINE, PAUSE
from tests.search.stand_in import PRODUCT


class Fault(StrEnum):
    """What happens to one request."""

    NONE = "none"
    DROP = "the connection is closed before the server hears of it"
    LOSE_ANSWER = "the server does it, and its answer is lost"
    CUT = "the server does it, and its answer breaks off in the middle"
    HANG = "the server does it, and the client gives up before it hears of that"
    BUSY = "429"
    BUSY_ITEMS = "every second story of the bulk gets a 429, the others are written"
    BAD_GATEWAY = "502"
    UNAVAILABLE = "503"
    TIMEOUT = "504"
    REFUSED = "400, and not from Elasticsearch"
    OTHER_WORDS = "the server does it, and says what it conflicts with in words that nobody has foreseen"


_STATUSES = {Fault.BUSY: 429, Fault.BAD_GATEWAY: 502, Fault.UNAVAILABLE: 503, Fault.TIMEOUT: 504}


class _Handler(BaseHTTPRequestHandler):
    """One request, in a thread of its own."""

    protocol_version = "HTTP/1.1"
    proxy: "FaultyProxy"

    def pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fault = self.proxy.next_fault(self.path, len(body))
        if len(body) > self.proxy.max_body:
            self.reply(413, {"Content-Length": "0"}, b"", 0)
        elif fault is Fault.REFUSED:
            self.reply(400, {"Content-Type": "text/plain", "Content-Length": "2"}, b"no", 2)
        elif fault in _STATUSES:
            error = {"error": {"type": "es_rejected_execution_exception", "reason": "made up"}}
            payload = json.dumps(error).encode()
            self.reply(_STATUSES[fault], PRODUCT | {"Content-Length": str(len(payload))}, payload, len(payload))
        elif fault is Fault.DROP:
            self.close_connection = True
        else:
            self.forward(body, fault)

    def without_every_second(self, body: bytes) -> bytes:
        lines = body.splitlines(keepends=True)
        return b"".join(line for nth, line in enumerate(lines) if nth // 2 % 2 == 0)

    def with_busy_items(self, payload: bytes, asked: int) -> bytes:
        """Return the answer to all that was asked, of which every second story never came to the server."""
        answer = json.loads(payload)
        written = iter(answer["items"])
        error = {"type": "es_rejected_execution_exception", "reason": "made up"}
        busy = {"index": {"status": 429, "error": error}}
        answer["items"] = [busy if nth % 2 else next(written) for nth in range(asked)]
        return json.dumps(answer).encode()

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = pass_on  # noqa: N815 - http.server's names

    def forward(self, body: bytes, fault: Fault) -> None:
        server = http.client.HTTPConnection(urlsplit(self.proxy.target).netloc, timeout=DEADLINE)
        kept = {name: value for name, value in self.headers.items() if name.lower() not in {"host", "content-length"}}
        sent = self.without_every_second(body) if fault is Fault.BUSY_ITEMS else body
        kept["Content-Length"] = str(len(sent))
        try:
            server.request(self.command, self.path, sent, kept)
            answer = server.getresponse()
            payload = answer.read()
        except OSError:
            self.close_connection = True
            return
        finally:
            server.close()
        if fault is Fault.BUSY_ITEMS:
            payload = self.with_busy_items(payload, len(body.splitlines()) // 2)
        if fault is Fault.OTHER_WORDS:
            payload = payload.replace(b"current version", b"version at hand")
        if fault is Fault.HANG:
            self.wait_for_hang_up()
        if fault in {Fault.LOSE_ANSWER, Fault.HANG}:
            self.close_connection = True
            return
        headers = {name: value for name, value in answer.getheaders() if name.lower() != "transfer-encoding"}
        size = len(payload) // 2 if fault is Fault.CUT else len(payload)
        self.reply(answer.status, headers | {"Content-Length": str(len(payload))}, payload, size)

    def wait_for_hang_up(self) -> None:
        while not self.proxy.closing.is_set():
            readable, _, _ = select.select([self.connection], [], [], PAUSE)
            if readable:  # a client that waits for its answer says nothing
                return

    def reply(self, status: int, headers: dict[str, str], payload: bytes, size: int) -> None:
        self.send_response(status)
        for name, value in {key.lower(): value for key, value in headers.items()}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(payload[:size])
            self.close_connection = self.close_connection or size < len(payload)

    def log_message(self, *_: object) -> None:
        pass


class FaultyProxy:
    """Forwards to `target`; the next bulk requests suffer `faults`, one each; a body over `max_body` gets a 413."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.faults: deque[Fault] = deque()
        self.max_body = 1_000_000_000
        self.bulks: list[int] = []
        """Bytes of every bulk request that came."""
        self.closing = threading.Event()
        handler = type("Handler", (_Handler,), {"proxy": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def next_fault(self, path: str, size: int) -> Fault:
        if "_bulk" not in path:
            return Fault.NONE
        self.bulks.append(size)
        return self.faults.popleft() if self.faults else Fault.NONE

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
