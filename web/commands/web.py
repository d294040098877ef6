"""`deltanews web`: the reader's page, for a browser on this machine or, with a password, for others."""

import sys
from typing import Annotated

import typer

from core.console import print_line
from core.errors import UsageError
from web.server import address_of, listen, serve
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
    from web.reading import Reading  # noqa: PLC0415 - who asks for --help need not wait for it

    with listen(settings) as listening:
        print_line(f"{address_of(settings, listening)}  (Ctrl-C ends it)")
        sys.stdout.flush()
        serve(settings, listening, Reading.load())


def _print_hash() -> None:
    from argon2 import PasswordHasher  # noqa: PLC0415 - who serves pages need not wait for it

    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise UsageError("--hash-password: the password is empty")
    print_line(PasswordHasher().hash(password))
