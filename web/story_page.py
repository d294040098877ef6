"""The story page: the original as it was printed, why it is relevant, what each copy changed, what it was before."""

import re
from dataclasses import dataclass

from sqlalchemy import Connection, select
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from archive.article import Precision, Relevance
from archive.event_tables import event_stories, events
from archive.schema import pages
from archive.source_titles import known_source_titles
from archive.warc import PageLostError, RawPage, RecordLocation, read_page
from core.errors import UsageError
from core.numbers import LARGEST
from indexer.search.query.highlight import Span, highlights
from indexer.search.query.lexer import QueryError
from indexer.search.query.parser import parse_query
from indexer.stories.credit import names
from indexer.stories.revision_view import article_revisions
from indexer.stories.story_view import CopyView, StoryView, find_story
from web.correcting import what_is_corrected
from web.marking import paragraphs, pieces
from web.pages import render
from web.reading import Reading
from web.wording import lag

_MOST_CHARACTERS = 100_000
"""Of a text that a page shows."""
_HEAD = 4_000
"""Bytes of a stored page in which its encoding is looked for."""


@dataclass(frozen=True)
class CopyLine:
    """A copy beside its original."""

    view: CopyView
    lag: str
    drops_credit: bool
    """Whether another outlet printed it without naming the original's."""
    cut: int
    """Sentences that it leaves out."""
    added: int


def story_page(request: Request) -> Response:
    """Answer with the page of a story; `?q=` marks the words of a query in its text."""
    reading: Reading = request.app.state.reading
    identifier, asked = request.path_params["story_id"], request.query_params.get("q", "")
    with reading.archive() as connection:
        view = _found(connection, identifier)
        if view.row.story_id != identifier:
            return RedirectResponse(f"/story/{view.row.story_id}", 302)
        original = view.original
        assert original is not None, "one that is deleted has no page"
        titles = known_source_titles(connection)
        context = {
            "event_id": _event_of(connection, view),
            "revisions": article_revisions(connection, original.id)[::-1],
            **what_is_corrected(connection, view.all_articles),
        }
    relevance = Relevance.model_validate(original.relevance)
    body = original.body[:_MOST_CHARACTERS]
    passage = relevance.passage
    decided = [(passage.start, passage.end)] if passage and passage.field == "body" else []
    return render(
        request,
        "story.html",
        context
        | {
            "story": view,
            "original": original,
            "titles": titles,
            "relevance": relevance,
            "title": pieces(original.title, _marked(asked, "title", original.title)),
            "paragraphs": paragraphs(body, _marked(asked, "body", body) if asked else decided),
            "is_cut": len(original.body) > len(body),
            "marks_passage": not asked,
            "passage": (body if passage.field == "body" else original.title)[passage.start : passage.end]
            if passage
            else "",
            "terms": list(dict.fromkeys(term.text for term in relevance.terms)),
            "copies": [_copy_line(view, copy, titles) for copy in view.copies],
        },
    )


def stored_page(request: Request) -> Response:
    """Answer with a stored page as its text: nothing in it runs, and nothing is requested."""
    reading: Reading = request.app.state.reading
    with reading.archive() as connection:
        number = request.path_params["page_id"]
        query = select(pages).where(pages.c.id == number)
        row = connection.execute(query).one_or_none() if number <= LARGEST else None
    if row is None:
        raise HTTPException(404, "没有保存这个网页。")
    location = RecordLocation(row.warc_file, row.warc_offset, row.warc_length)
    try:
        page = read_page(reading.archive_settings.pages, location)
    except PageLostError as error:
        raise HTTPException(404, "保存的网页已无法读取。") from error
    charset = _charset(page)
    policy = {"Content-Security-Policy": "sandbox; default-src 'none'"}
    return Response(page.body, headers={"Content-Type": f"text/plain; charset={charset}", **policy})


def _charset(page: RawPage) -> str:
    """Return the encoding that the page names, in its header or in its text; else UTF-8."""
    said = (page.content_type or "") + page.body[:_HEAD].decode("latin-1")
    named = re.search(r"charset\s*=\s*[\"']?([A-Za-z0-9_-]{3,20})", said)
    return named[1] if named else "utf-8"


def _found(connection: Connection, identifier: str) -> StoryView:
    try:
        view = find_story(connection, identifier)
    except UsageError:
        view = None
    if view is None:
        raise HTTPException(404, "没有这条报道。")
    if view.original is None:
        raise HTTPException(410, "这条报道已被删除：它的文章都不再算作报道。")
    return view


def _event_of(connection: Connection, view: StoryView) -> str | None:
    query = select(events.c.event_id).join(event_stories, event_stories.c.first_story == events.c.first_story)
    found: str | None = connection.scalar(
        query.where(event_stories.c.story_id == view.row.story_id, events.c.deleted.is_(False))
    )
    return found


def _copy_line(view: StoryView, copy: CopyView, titles: dict[str, str]) -> CopyLine:
    assert view.original is not None
    first, article = view.original, copy.article
    told = {first.published_precision, article.published_precision}
    later = (article.published_at - first.published_at).total_seconds() if told == {Precision.MINUTE} else 0
    return CopyLine(
        copy,
        lag(later) if later > 0 else "",
        article.source != first.source
        and not names(article.credit, first.source, titles.get(first.source, first.source)),
        sum(sign == "-" for sign, _ in copy.differences),
        sum(sign == "+" for sign, _ in copy.differences),
    )


def _marked(asked: str, field: str, text: str) -> list[Span]:
    try:
        return highlights(parse_query(asked), field, text) if asked else []
    except QueryError:
        return []
