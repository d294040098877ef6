"""Correcting: what a signed-in reader corrects on the pages of stories and events, and takes back.

It is written to the archive alone; the next indexing has stories, events and searches follow.
"""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from archive.corrections import CorrectionKind, corrections_of
from core.errors import UsageError
from indexer.corrections import CorrectionError, make_corrections, undo_corrections, views_of
from web.reading import Reading
from web.sign_in import own_path, signed_form
from web.wording import LEVELS

NAMES = {
    CorrectionKind.TITLE: "标题",
    CorrectionKind.MINUTE: "发布时间",
    CorrectionKind.CREDIT: "来源",
    CorrectionKind.LEVEL: "级别",
    CorrectionKind.SAME_STORY: "同一篇报道",
    CorrectionKind.NOT_SAME_STORY: "不是同一篇报道",
    CorrectionKind.SAME_EVENT: "同一事件",
    CorrectionKind.NOT_SAME_EVENT: "不是同一事件",
}
_MISTAKES = {
    CorrectionKind.TITLE: "标题不能是空的。",
    CorrectionKind.MINUTE: "发布时间要写到分钟，如 2026-11-24T08:30（北京时间），而且不能在将来。",
    CorrectionKind.LEVEL: "没有这个级别。",
    CorrectionKind.SAME_STORY: "存档中没有另外这一篇，或者它已在同一篇报道中，或者与别的更正矛盾；请先撤销矛盾的更正。",
    CorrectionKind.NOT_SAME_STORY: "这篇报道只有这一篇文章，或者与别的更正矛盾；请先撤销矛盾的更正。",
    CorrectionKind.SAME_EVENT: "存档中没有这个网址的另一篇文章。",
    CorrectionKind.NOT_SAME_EVENT: "这个事件只有这一篇报道，或者与别的更正矛盾；请先撤销矛盾的更正。",
}
_MOST_CHARACTERS = 2_000
"""Of a value."""


def correcting_routes() -> list[Route]:
    """Return the addresses that corrections are sent to."""
    return [
        Route("/correct", correct, methods=["POST"]),
        Route("/correct/undo", undo, methods=["POST"]),
    ]


def what_is_corrected(connection: Connection, rows: Iterable[Any]) -> dict[str, Any]:
    """Return what `correcting.html` needs of these rows of the archive's articles."""
    return {"corrected": views_of(connection, rows), "correction_names": NAMES, "levels": LEVELS}


async def correct(request: Request) -> Response:
    """Store the correction that a form of ours sends, in the name of who is signed in."""
    session, form = await signed_form(request)
    kind, value = form.get("kind", ""), form.get("value", "")
    if kind not in {*CorrectionKind} or len(value) > _MOST_CHARACTERS:
        raise HTTPException(422, "没有这样的更正，或者内容太长。")
    wanted = [(CorrectionKind(kind), value)]

    def store(connection: Connection) -> None:
        try:
            make_corrections(connection, form.get("url", "").strip(), wanted, session.user)
        except CorrectionError as error:
            raise HTTPException(422, f"没有保存。{_MISTAKES[error.kind]}") from error
        except UsageError as error:
            raise HTTPException(422, "没有保存。存档中没有这个网址的文章。") from error

    return await _written(request, store, form)


async def undo(request: Request) -> Response:
    """Undo the correction that a form of ours names."""
    _, form = await signed_form(request)

    def withdraw(connection: Connection) -> None:
        found = [one for one in corrections_of(connection) if str(one.number) == form.get("number")]
        if not found:
            raise HTTPException(404, "没有这条更正，可能已经撤销。")
        undo_corrections(connection, found)

    return await _written(request, withdraw, form)


async def _written(request: Request, write: Callable[[Connection], None], form: dict[str, str]) -> Response:
    reading: Reading = request.app.state.reading

    def write_all() -> None:
        with reading.correcting() as connection:
            write(connection)

    await run_in_threadpool(write_all)
    return RedirectResponse(own_path(form.get("following", "/")), 303)
