"""Refusals that come before any page is asked: JSON for programs, a line of text for everybody else."""

from collections.abc import Mapping

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Scope

API = "/api/"
"""How the paths begin at which every error is JSON."""


def refused(scope: Scope, words: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """Return the answer to a request that is refused, in the form that its path has for errors."""
    if scope["path"].startswith(API):
        return JSONResponse({"error": words}, status, headers)
    return PlainTextResponse(f"{words}\n", status, headers)
