"""The event page: reports side by side, who was first, who copied after how long, who has nothing."""

from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from archive.article import Precision
from archive.source_titles import known_source_titles
from indexer.events.event_view import EventView, find_event
from indexer.events.gaps import SourceGap, sources_without
from web.correcting import what_is_corrected
from web.pages import render
from web.reading import Reading
from web.wording import VERDICTS, lag

DELTA = ("上海", "江苏", "浙江", "安徽")
_OPENING = 180
"""Characters of a report that stand beside the others."""


@dataclass(frozen=True)
class Line:
    """One article of the event on its time line."""

    article: Any
    story_id: str
    is_original: bool
    """Whether its story is told by it; else it is a copy."""
    lag: str
    """How long after the first; empty for the first itself, and where a page tells only the day."""


@dataclass(frozen=True)
class Missing:
    """A province without a report of the event, and what is known of its sources."""

    province: str
    sources: tuple[SourceGap, ...]


def event_page(request: Request) -> Response:
    """Answer with the page of an event; `?missing=1` looks at every source of the provinces that have nothing."""
    reading: Reading = request.app.state.reading
    identifier = request.path_params["event_id"]
    with reading.archive() as connection:
        view = find_event(connection, identifier)
        if view is None or view.headline is None:
            raise HTTPException(404, "没有这个事件，或者它的报道已归入别的事件。")
        if view.row.event_id != identifier:
            return RedirectResponse(f"/event/{view.row.event_id}", 302)
        titles = known_source_titles(connection)
        absent = [province for province in DELTA if province not in view.provinces]
        looked = request.query_params.get("missing") == "1"
        corrected = what_is_corrected(connection, view.all_articles)
        missing = [Missing(one, sources_without(connection, view, one) if looked else ()) for one in absent]
    return render(
        request,
        "event.html",
        corrected
        | {
            "event": view,
            "titles": titles,
            "lines": lines(view),
            "missing": missing,
            "looked": looked,
            "verdicts": VERDICTS,
            "openings": {report.report.key: report.original.body[:_OPENING] for report in view.reports},
        },
    )


def lines(view: EventView) -> list[Line]:
    """Return every article of the event as published, the first one first."""
    first = view.all_articles[0]
    stories = {
        article.id: (report.report.key, article.id == report.original.id)
        for report in view.reports
        for article in (report.original, *report.copies)
    }
    return [Line(article, *stories[article.id], _lag(first, article)) for article in view.all_articles]


def _lag(first: Any, article: Any) -> str:
    told = {first.published_precision, article.published_precision}
    return lag(article.timestamp - first.timestamp) if article.id != first.id and told == {Precision.MINUTE} else ""
