"""`/metrics`, `/healthz` and `/readyz` on one port of this machine alone, where the settings name one."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from core.errors import DeltaNewsError
from core.log import get_logger

log = get_logger("scheduler.metrics")

LOOPBACK = "127.0.0.1"


class PortError(DeltaNewsError):
    """The port for metrics cannot be opened; the message says why."""


class MetricsServer:
    """Answers requests in threads of its own."""

    def __init__(self, port: int, collector: Collector, *, is_ready: Callable[[], str | None]) -> None:
        """`is_ready` returns what is in the way of the service's work, or None. PortError where the port is taken."""
        registry = CollectorRegistry()
        registry.register(collector)
        ProcessCollector(registry=registry)
        try:
            self._server = ThreadingHTTPServer((LOOPBACK, port), _handler(registry, is_ready))
        except OSError as error:
            raise PortError(f"[scheduler] metrics_port = {port}: {error.strerror or error}") from error
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="metrics", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()
        log.info("metrics", address=f"http://{LOOPBACK}:{self._server.server_port}/metrics")

    def stop(self) -> None:
        """Answer no more."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()


def _handler(registry: CollectorRegistry, is_ready: Callable[[], str | None]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer one of the three addresses."""
            match self.path.partition("?")[0]:
                case "/metrics":
                    try:
                        self._send(200, generate_latest(registry), CONTENT_TYPE_LATEST)
                    except Exception as error:  # noqa: BLE001 - an archive that cannot be read must not end in a traceback
                        self._send(503, f"{error}\n".encode())
                case "/healthz":
                    self._send(200, b"ok\n")
                case "/readyz":
                    problem = is_ready()
                    self._send(503 if problem else 200, f"{problem or 'ok'}\n".encode())
                case _:
                    self._send(404, b"/metrics, /healthz, /readyz\n")

        def _send(self, status: int, body: bytes, content_type: str = "text/plain; charset=utf-8") -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing: who scrapes does it every few seconds."""

    return Handler
