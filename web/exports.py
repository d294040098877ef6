"""Exports: every hit of a search as a file: CSV, xlsx, JSON lines, or Markdown with numbered sources."""

import re
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, BinaryIO, cast

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from core.clock import CLOCK
from core.errors import UsageError
from core.time import format_time, in_shanghai
from indexer.search.document import StoryDocument
from indexer.search.query.lexer import QueryError
from indexer.search.story_files import FileFormat, write_stories
from web.pages import link
from web.query_errors import TIMES, in_chinese
from web.reading import Reading
from web.state import SearchState
from web.wording import shown, when

MARKDOWN = "md"
_MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
    MARKDOWN: "text/markdown; charset=utf-8",
}
_IN_MEMORY = 4_000_000
_CHUNK = 256_000
_QUOTED = 200
"""Characters of a text that Markdown quotes."""
_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-!|<>~&])")


def export(request: Request) -> Response:
    """Answer with all hits of a search as a file."""
    reading: Reading = request.app.state.reading
    form = request.path_params["form"]
    if form not in _MEDIA_TYPES:
        raise HTTPException(404, "没有这种导出格式。")
    state = SearchState.of(request.query_params.multi_items())
    try:
        stories = reading.index.all_hits(state.request())
    except QueryError as error:
        raise HTTPException(400, in_chinese(error)) from error
    except ValueError as error:
        raise HTTPException(400, TIMES) from error
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the response closes it when it was sent
    try:
        if form == MARKDOWN:
            file.writelines(line.encode() for line in markdown(state.text, stories))
        else:
            write_stories(stories, cast("BinaryIO", file), FileFormat(form))
    except UsageError as error:
        raise HTTPException(400, "一张表放不下这么多条，请改用 CSV。") from error
    file.seek(0)
    name = f"deltanews-{in_shanghai(CLOCK.now()):%Y%m%d-%H%M}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Type": _MEDIA_TYPES[form]}
    return StreamingResponse(_chunks(file), headers=headers)


def markdown(text: str, stories: Iterable[StoryDocument]) -> Iterator[str]:
    """Write a list of stories for a document, each with the number of its source, and the sources below it."""
    sources: list[str] = []
    yield f"# {_escaped(text) or '全部报道'}\n\n"
    for number, story in enumerate(stories, 1):
        outlet, title = _escaped(story.source_title), _escaped(story.title)
        time = when(story.published_at, story.published_precision, story.first_seen_at)
        yield f"{number}. **{title}**（{outlet}，{time}）[{number}]  \n   {_escaped(story.body[:_QUOTED])}\n"
        address = link(story.url)
        shown_address = f"<{address.replace('>', '%3E').replace('<', '%3C')}>" if address != "#" else ""
        sources.append(f"[{number}] {outlet}：《{title}》，{format_time(story.timeline_at)}，{shown_address}  \n")
    yield "\n## 来源\n\n"
    yield from (f"\\{source}" for source in sources)


def _escaped(text: str) -> str:
    """Return a text on one line in which Markdown finds no sign of its own."""
    return _SIGNS.sub(r"\\\1", " ".join(shown(text).split()))


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        yield from iter(lambda: file.read(_CHUNK), b"")
