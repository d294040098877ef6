"""API tokens: what programs show to use the API. The archive holds a digest of each, from which none can be made."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Connection, String, Table, UniqueConstraint, delete, insert, select
from sqlalchemy.exc import IntegrityError

from archive.schema import Utc, metadata, now
from core.errors import UsageError

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("name", String, primary_key=True),
    Column("scope", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("created_at", Utc, nullable=False),
    UniqueConstraint("digest"),
)

_MARK = "deltanews_"
"""How every token begins, so that one that lies about in a file is known for what it is."""


class Scope(StrEnum):
    """What a token is good for."""

    READ = "read"
    CORRECT = "correct"
    """Reading, and correcting articles."""


@dataclass(frozen=True)
class ApiToken:
    """One token, without itself."""

    name: str
    """Who it was made for; what a program corrects with it is corrected by this name."""
    scope: Scope
    created_at: datetime


def add_token(connection: Connection, name: str, scope: Scope) -> str:
    """Make a token and return it: nobody can read it later. UsageError where the name is taken."""
    token = _MARK + secrets.token_urlsafe(32)
    values = {"name": name, "scope": scope.value, "digest": _digest(token), "created_at": now()}
    try:
        connection.execute(insert(api_tokens).values(values))
    except IntegrityError as error:
        raise UsageError(f"{name}: there is a token of this name; revoke it first, or take another name") from error
    return token


def list_tokens(connection: Connection) -> list[ApiToken]:
    """Return all tokens, by name."""
    rows = connection.execute(select(api_tokens).order_by(api_tokens.c.name))
    return [ApiToken(row.name, Scope(row.scope), row.created_at) for row in rows]


def revoke_token(connection: Connection, name: str) -> bool:
    """Have a token count for nothing from now on; False where there is none of that name."""
    return connection.execute(delete(api_tokens).where(api_tokens.c.name == name)).rowcount > 0


def find_token(connection: Connection, token: str) -> ApiToken | None:
    """Return what is known of a token that somebody shows; None where it is none of ours."""
    row = connection.execute(select(api_tokens).where(api_tokens.c.digest == _digest(token))).one_or_none()
    return ApiToken(row.name, Scope(row.scope), row.created_at) if row else None


def _digest(token: str) -> str:
    """Return the digest of a token: it is random enough that a slow one would make it no safer."""
    return hashlib.sha256(token.encode()).hexdigest()
