"""The server: the application at its socket, for `deltanews web` and for the service's child alike."""

import ipaddress
import logging
import socket
from typing import TYPE_CHECKING

from core.errors import UsageError
from web.settings import WebSettings

if TYPE_CHECKING:
    from web.reading import Reading

NICENESS = 10
"""How far the page of a service gives way to its crawls: readers wait a moment longer, no article comes later."""


def check_exposure(settings: WebSettings) -> None:
    """Raise UsageError where others could read along without a password or a trusted proxy."""
    if _is_loopback(settings.host):
        return
    if settings.password is None and not settings.trusted_proxies:
        raise UsageError(
            f"{settings.host} can be reached from outside: set [web] password_hash (deltanews web --hash-password) or "
            "trusted_proxies, or listen at 127.0.0.1"
        )
    if not settings.names:
        raise UsageError(f"{settings.host}: set [web] names to the host names that the page is reached by")


def listen(settings: WebSettings) -> socket.socket:
    """Return the socket that the settings name, listening. UsageError where it cannot be had."""
    check_exposure(settings)
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        raise UsageError(f"{settings.host}, port {settings.port}: {error.strerror or error}; try --port 0") from error


def address_of(settings: WebSettings, listening: socket.socket) -> str:
    """Return the address that a browser opens."""
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{shown}:{listening.getsockname()[1]}/"


def serve(settings: WebSettings, listening: socket.socket, reading: "Reading") -> None:
    """Answer requests at this socket until SIGTERM or SIGINT, and close what they read from."""
    import uvicorn  # noqa: PLC0415 - 300 ms that --help need not pay

    from web.app import build_app  # noqa: PLC0415

    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    config = uvicorn.Config(
        build_app(settings, reading),
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        lifespan="on",
    )
    try:
        uvicorn.Server(config).run([listening])
    finally:
        reading.close()


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
