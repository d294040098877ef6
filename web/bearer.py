"""Bearer: the token that a program shows, instead of a session."""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Scope as RequestScope

from archive.api_tokens import ApiToken, Scope, find_token
from web.reading import Reading

PROGRAMS = ("/api/", "/feed", "/export")
"""How the paths begin where a token counts; pages are for readers."""
CHALLENGE = {"WWW-Authenticate": "Bearer"}
_KEY = "deltanews.token"


def shown_token(scope: RequestScope) -> str | None:
    """Return the token that a request shows; None where it shows none, or at a page."""
    kind, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and scope["path"].startswith(PROGRAMS) else None


async def accept_token(scope: RequestScope, reading: Reading, token: str) -> bool:
    """Have the request be one of this token's; False where the token is none of ours."""
    scope[_KEY] = await run_in_threadpool(_find, reading, token)
    return scope[_KEY] is not None


def refusal() -> JSONResponse:
    """Answer a token that is none."""
    return JSONResponse({"error": "this token counts for nothing; it may have been revoked"}, 401, CHALLENGE)


def corrector_of(request: Request) -> str:
    """Return the name of the token with which the request may correct. HTTPException where there is none."""
    token: ApiToken | None = request.scope.get(_KEY)
    if token is None:
        how = "`deltanews tokens add NAME --scope correct` makes one; send it as `Authorization: Bearer TOKEN`"
        raise HTTPException(401, f"a correction needs a token: {how}", CHALLENGE)
    if token.scope is not Scope.CORRECT:
        raise HTTPException(403, f"the token of {token.name} is for reading alone; this needs one with scope correct")
    return token.name


def _find(reading: Reading, token: str) -> ApiToken | None:
    with reading.archive() as connection:
        return find_token(connection, token)
