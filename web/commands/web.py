"""`deltanews web`: the reader's page, for a browser on this machine or, with a password, for others."""

import ipaddress
import logging
import socket
import sys
from typing import Annotated

import typer

from core.console import print_line
from core.errors import UsageError
from web.settings import WebSettings


def web(
    *,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port to listen at; 0 takes one that is free.")
    ] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen at; without it loopback.")] = None,
    hash_password: Annotated[
        bool, typer.Option("--hash-password", help="Ask for a password, print its hash for the settings, and stop.")
    ] = False,
) -> None:
    """Serve the reader's page: the day's events, search, stories side by side with their copies, feeds, exports.

    It listens at 127.0.0.1 alone. Another address needs a password (`--hash-password` makes its hash) or a trusted
    proxy in `[web]` of the settings, and the names by which the page is reached. It ends with Ctrl-C.

    Examples:
        deltanews web
        deltanews web --port 8080
    """
    if hash_password:
        _print_hash()
        return
    changed = {name: value for name, value in (("port", port), ("host", host)) if value is not None}
    settings = WebSettings.load().model_copy(update=changed)
    check_exposure(settings)
    _serve(settings)


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


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _print_hash() -> None:
    from argon2 import PasswordHasher  # noqa: PLC0415 - who serves pages need not wait for it

    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise UsageError("--hash-password: the password is empty")
    print_line(PasswordHasher().hash(password))


def _serve(settings: WebSettings) -> None:
    import uvicorn  # noqa: PLC0415 - 300 ms that --help need not pay

    from web.app import build_app  # noqa: PLC0415
    from web.reading import Reading  # noqa: PLC0415

    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    reading = Reading.load()
    config = uvicorn.Config(
        build_app(settings, reading),
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        lifespan="off",
    )
    with _bound(settings) as listening:
        shown = f"[{settings.host}]" if ":" in settings.host else settings.host
        print_line(f"http://{shown}:{listening.getsockname()[1]}/  (Ctrl-C ends it)")
        sys.stdout.flush()
        try:
            uvicorn.Server(config).run([listening])
        finally:
            reading.close()


def _bound(settings: WebSettings) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        raise UsageError(f"{settings.host}, port {settings.port}: {error.strerror or error}; try --port 0") from error
