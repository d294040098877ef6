"""Corrections by programs: what `deltanews correct` says, as JSON, with a token that may."""

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from archive.corrections import CorrectionKind
from core.errors import UsageError
from indexer.corrections import make_corrections
from web.bearer import corrector_of
from web.reading import Reading


class CorrectionBody(BaseModel):
    """One correction."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(max_length=2_000, description="The article's address.")
    kind: CorrectionKind = Field(description="What is said of it.")
    value: str = Field(
        max_length=2_000,
        description="What is right: a title, a credit, a minute, a level; the address of another article, or the id "
        "of a story or an event.",
    )


async def corrections(request: Request) -> Response:
    """Store a correction; it shows after the next indexing."""
    by = corrector_of(request)
    try:
        body = CorrectionBody.model_validate_json(await request.body())
    except ValidationError as error:
        first = error.errors()[0]
        raise HTTPException(400, f"{'.'.join(map(str, first['loc'])) or 'body'}: {first['msg']}") from error
    reading: Reading = request.app.state.reading
    await run_in_threadpool(_store, reading, body, by)
    return JSONResponse({**body.model_dump(mode="json"), "corrected_by": by}, 201)


def _store(reading: Reading, body: CorrectionBody, by: str) -> None:
    try:
        with reading.correcting() as connection:
            make_corrections(connection, body.url, [(body.kind, body.value)], by)
    except UsageError as error:
        raise HTTPException(400, str(error)) from error
