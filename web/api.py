"""The API: searches, counts, stories, events and sources as JSON, for programs; what it takes stands in `openapi`."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from itertools import islice
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from archive.article import Level
from archive.database import Database
from archive.findings import open_findings
from archive.freshness import freshness
from archive.known_names import checked_provinces, checked_topics
from archive.source_titles import known_source_titles
from archive.status import archive_status
from core.errors import UsageError
from core.time import Period, in_shanghai, parse_end, parse_time
from indexer.commands.event import event_json
from indexer.events.event_view import find_event
from indexer.events.listing import EventOrder, list_events
from indexer.outbox.story_documents import story_documents
from indexer.search.counts import CountBy
from indexer.search.index import SearchRequest, Sort
from indexer.search.known_values import check_values
from indexer.search.query.lexer import QueryError
from indexer.search.query.model import Everything
from indexer.search.story_files import story_json
from indexer.stories.story_view import find_story
from web.api_corrections import corrections
from web.api_paging import Cursor, after, next_cursor
from web.changes import read_changes
from web.openapi import MOST, PATHS, description
from web.reading import Reading
from web.state import SearchState

_DEFAULT = 20


def api_routes() -> list[Route]:
    """Return the addresses of the API."""
    endpoints = {
        "/stories": stories,
        "/stories/{story_id}": story,
        "/counts": counts,
        "/events": events,
        "/events/{event_id}": event,
        "/changes": changes,
        "/sources": sources,
        "/health": health,
    }
    assert set(endpoints) == set(PATHS), "what is served is described"
    routes = [Route(f"/api/v1{path}", endpoint) for path, endpoint in endpoints.items()]
    routes.append(Route("/api/v1/corrections", corrections, methods=["POST"]))
    return [*routes, Route("/api/v1/openapi.json", lambda _: JSONResponse(description()))]


def stories(request: Request) -> Response:
    """Answer with a page of the stories that match."""
    asked = replace(_search(request), limit=_limit(request))
    try:
        given = request.query_params.get("cursor")
        cursor = Cursor.read(given, asked.sort) if given else None
        page = after(asked, cursor)
    except ValueError as error:
        raise HTTPException(400, str(error)) from error
    found = _reading(request).index.search(page)
    following = next_cursor(asked, cursor, found.hits)
    total = {} if cursor else {"total": found.total}
    documents = [story_json(hit) for hit in found.hits]
    return JSONResponse({**total, "stories": documents, "next": str(following) if following else None})


def story(request: Request) -> Response:
    """Answer with one story, by the archive: its newest revision, whether the index has it yet or not."""
    with _reading(request).archive() as connection:
        try:
            view = find_story(connection, request.path_params["story_id"])
        except UsageError as error:
            raise HTTPException(404, str(error)) from error
        if view is None:
            raise HTTPException(404, "there is no such story")
        (document,) = story_documents(connection, [view.row.story_id])
    copies = [
        {"url": copy.article.url, "differences": [{"sign": sign, "text": text} for sign, text in copy.differences]}
        for copy in view.copies
    ]
    return JSONResponse(story_json(document) | {"reasons": view.row.reasons, "differences": copies})


def counts(request: Request) -> Response:
    """Answer with how many stories there are by each value."""
    by = request.query_params.get("by", "")
    if by not in set(CountBy):
        raise HTTPException(400, f"by: {by or 'nothing'} is none of {', '.join(CountBy)}")
    found = _reading(request).index.counts(_search(request), [CountBy(by)])[CountBy(by)]
    return JSONResponse({"by": by, "counts": [{"value": value, "stories": count} for value, count in found.items()]})


def events(request: Request) -> Response:
    """Answer with a page of events."""
    parameters, limit = request.query_params, _limit(request)
    order, cursor = parameters.get("sort", EventOrder.NEWEST), parameters.get("cursor", "0")
    if order not in set(EventOrder):
        raise HTTPException(400, f"sort: {order} is none of {', '.join(EventOrder)}")
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 8):
        raise HTTPException(400, "cursor: take `next` of the page before")
    try:
        bounds = (("since", parse_time), ("until", parse_end))
        times = {name: parse(parameters[name]) for name, parse in bounds if parameters.get(name)}
    except ValueError as error:
        raise HTTPException(400, str(error)) from error
    _check_order(times.get("since"), times.get("until"))
    start = int(cursor)
    with _reading(request).archive() as connection:
        try:
            provinces = checked_provinces(connection, parameters.getlist("province"))
            topics = checked_topics(connection, parameters.getlist("topic"))
        except UsageError as error:
            raise HTTPException(400, str(error).removeprefix("--")) from error
        views = list_events(connection, **times, provinces=provinces, topics=topics, order=EventOrder(order))
        found = [event_json(view) for view in islice(views, start, start + limit + 1)]
    following = str(start + limit) if len(found) > limit else None
    return JSONResponse({"events": found[:limit], "next": following})


def event(request: Request) -> Response:
    """Answer with one event."""
    with _reading(request).archive() as connection:
        view = find_event(connection, request.path_params["event_id"])
        if view is None:
            raise HTTPException(404, "there is no such event")
        return JSONResponse(event_json(view))


def changes(request: Request) -> Response:
    """Answer with the stories that are new, changed or withdrawn since the place that an earlier answer named."""
    given, limit = request.query_params.get("since", "0"), _limit(request)
    if not (given.isascii() and given.isdigit() and len(given) < 16):
        raise HTTPException(400, "since: `next` of an earlier answer; 0 begins with the first story")
    with _reading(request).archive() as connection:
        try:
            found = read_changes(connection, int(given), limit)
        except ValueError as error:
            raise HTTPException(410, str(error)) from error
    told = [
        {
            "story_id": one.story_id,
            "withdrawn": one.story is None,
            "merged_into": one.merged_into,
            "story": story_json(one.story) if one.story else None,
        }
        for one in found.found
    ]
    return JSONResponse({"changes": told, "next": str(found.upto), "has_more": found.has_more})


def sources(request: Request) -> Response:
    """Answer with every source that was ever crawled."""
    reading = _reading(request)
    database = Database.open_to_read(reading.archive_settings)
    try:
        status = archive_status(database)
        with database.read() as connection:
            titles = known_source_titles(connection)
            findings = open_findings(connection)
            fresh = {one.source: asdict(one.whole) for one in freshness(connection)}
    finally:
        database.close()
    found = [
        {
            "source": one.source,
            "title": titles.get(one.source, one.source),
            "articles": one.articles,
            "findings": [_finding(row) for row in findings if row["source"] == one.source],
            "published_to_searchable": fresh.get(one.source),
            "last_run": None
            if one.last_run is None
            else {
                "started_at": in_shanghai(one.last_run.started_at).isoformat(),
                "finished_at": in_shanghai(one.last_run.finished_at).isoformat() if one.last_run.finished_at else None,
                "status": one.last_run.status,
            },
        }
        for one in status.sources
    ]
    return JSONResponse({"sources": found})


def _finding(row: Mapping[str, Any]) -> dict[str, str]:
    since = in_shanghai(row["since"]).isoformat()
    return {"rule": row["rule"], "level": row["level"], "since": since, "summary": row["summary"]}


def health(request: Request) -> Response:
    """Answer whether archive and index can be read, and how new the newest story is."""
    reading = _reading(request)
    with reading.archive() as connection:
        known_source_titles(connection)
    newest = reading.index.search(SearchRequest(Everything(), limit=1))
    latest = in_shanghai(newest.hits[0].timeline_at).isoformat() if newest.hits else None
    return JSONResponse({"status": "ok", "index": reading.index.name, "stories": newest.total, "newest": latest})


def _reading(request: Request) -> Reading:
    reading: Reading = request.app.state.reading
    return reading


def _search(request: Request) -> SearchRequest:
    parameters = request.query_params
    sort = parameters.get("sort", Sort.NEWEST)
    if sort not in set(Sort):
        raise HTTPException(400, f"sort: {sort} is none of {', '.join(Sort)}")
    try:
        asked = replace(SearchState.of(parameters.multi_items()).request(), offset=0)
        check_values(_reading(request).index, asked, tuple(Level))
    except (QueryError, ValueError, UsageError) as error:
        raise HTTPException(400, str(error)) from error
    _check_order(asked.since, asked.until)
    return asked


def _check_order(since: datetime | None, until: datetime | None) -> None:
    if Period(since, until).is_backwards:
        raise HTTPException(400, "since is after until: no time is both; exchange them")


def _limit(request: Request) -> int:
    text: Any = request.query_params.get("limit", str(_DEFAULT))
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MOST):
        raise HTTPException(400, f"limit: a number from 1 to {MOST}")
    return int(text)
