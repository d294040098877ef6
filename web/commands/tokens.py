"""`deltanews tokens`: what programs show to use the API where a password is asked for, and to correct articles."""

from typing import Annotated

import typer

from archive.api_tokens import Scope, add_token, list_tokens, revoke_token
from archive.database import Database
from archive.settings import ArchiveSettings
from core.console import print_json_lines, print_line, print_rows
from core.errors import UsageError
from core.time import format_time, iso_second

Name = Annotated[str, typer.Argument(metavar="NAME", help="Who the token is for: a program, a person.")]


def add(
    name: Name,
    *,
    scope: Annotated[Scope, typer.Option(help="`read`; or `correct`, which is reading and correcting.")] = Scope.READ,
) -> None:
    """Make a token and print it, this once.

    The archive keeps a digest of it, from which nobody can make it again. A program sends it in the header
    `Authorization: Bearer TOKEN`. At loopback, without a password, reading needs none. NAME is
    who corrects with it.

    Examples:
        deltanews tokens add desk-bot --scope correct
    """
    if not name.strip() or len(name) > 100 or not name.isprintable():
        raise UsageError("NAME: up to 100 letters, none of them invisible")
    database = Database.open(ArchiveSettings.load())
    try:
        with database.write() as connection:
            token = add_token(connection, name.strip(), scope)
    finally:
        database.close()
    print_line(token)


def list_all(*, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False) -> None:
    """List the tokens: for whom, for what, since when.

    None can be shown again: who lost one revokes it and makes another.

    Examples:
        deltanews tokens list
    """
    database = Database.open_to_read(ArchiveSettings.load())
    try:
        with database.read() as connection:
            found = list_tokens(connection)
    finally:
        database.close()
    if as_json:
        print_json_lines(vars(one) | {"created_at": iso_second(one.created_at)} for one in found)
        return
    rows = [(one.name, one.scope.value, format_time(one.created_at)) for one in found]
    print_rows(("name", "scope", "since"), rows, none="there is no token; `deltanews tokens add NAME` makes one")


def revoke(name: Name) -> None:
    """Have a token count for nothing from now on.

    Examples:
        deltanews tokens revoke desk-bot
    """
    database = Database.open(ArchiveSettings.load())
    try:
        with database.write() as connection:
            if not revoke_token(connection, name):
                raise UsageError(f"{name}: no token has this name; `deltanews tokens list` shows them")
    finally:
        database.close()
    print_line(f"{name}: revoked", stderr=True)
