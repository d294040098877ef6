"""The search page: one box, hits of events or stories, filters with counts, a histogram, all of it in the address."""

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from archive.source_titles import known_source_titles
from core.clock import CLOCK
from indexer.search.index import Sort
from indexer.search.query.lexer import QueryError
from web.days import asked_day
from web.facets import find_facets
from web.nothing_found import explain_nothing
from web.pages import render
from web.query_errors import TIMES, in_chinese
from web.reading import Reading
from web.results import find_results
from web.state import SearchState, Unit

_SORTS = {Sort.NEWEST: "最新", Sort.RELEVANCE: "最相关", Sort.OLDEST: "最早"}
_UNITS = {Unit.EVENT: "按事件", Unit.STORY: "按报道"}
_SPANS = (("", "不限"), ("24h", "24 小时"), ("7d", "7 天"), ("1mo", "1 个月"))
EXPORTS = {"csv": "CSV", "xlsx": "Excel", "jsonl": "JSONL", "md": "Markdown"}
_EXAMPLES = (
    ("长三角 一体化", "两个词都要有"),
    ("“生态绿色一体化”", "整句"),
    ("高铁 OR 城际", "任意一个"),
    ("长三角 -广告", "不含"),
    ("title:公交 city:苏州", "限定标题、城市"),
)


def search_page(request: Request) -> Response:
    """Answer a search with its page."""
    reading: Reading = request.app.state.reading
    state = SearchState.of(request.query_params.multi_items())
    context: dict[str, Any] = {
        "state": state,
        "sorts": [(name, replace(state, sort=sort, page=1).url(), sort is state.sort) for sort, name in _SORTS.items()],
        "units": [(name, replace(state, unit=unit, page=1).url(), unit is state.unit) for unit, name in _UNITS.items()],
        "spans": [
            (name, state.within(span, "").url(), span == state.since and not state.until) for span, name in _SPANS
        ],
        "own_span": _own_span(state),
        "undated": state.within("", "").parameters(),
        "since_day": _day(state.since),
        "until_day": _day(state.until),
        "first_page": replace(state, page=1).url(),
        "kept": SearchState(unit=state.unit, sort=state.sort).parameters(),
        "examples": [(text, words, SearchState(text).url()) for text, words in _EXAMPLES],
        "feeds": [("Atom", state.url("/feed.atom")), ("JSON Feed", state.url("/feed.json"))],
        "exports": [(name, state.url(f"/export.{form}")) for form, name in EXPORTS.items()],
    }
    now = CLOCK.now()
    try:
        asked = state.request(now)
    except QueryError as error:
        return render(request, "search.html", context | {"mistake": in_chinese(error)}, status=400)
    except ValueError:
        return render(request, "search.html", context | {"mistake": f"时间写错了：{TIMES}"}, status=400)
    with reading.archive() as connection:
        titles = known_source_titles(connection)
    results = find_results(reading.index, state, asked)
    context |= {"results": results, "facets": find_facets(reading.index, state, asked, titles)}
    if not results.total:
        context["nothing"] = explain_nothing(reading.index, state, asked, titles, now)
    if state.page > 1:
        context["previous"] = replace(state, page=state.page - 1).url()
    if results.has_more:
        context["following"] = replace(state, page=state.page + 1).url()
    return render(request, "search.html", context)


def _own_span(state: SearchState) -> str:
    """Return the time that the reader chose otherwise than among those that are offered; empty where there is none."""
    if not state.until:
        return "" if state.since in dict(_SPANS) else f"{state.since} 起"
    return f"{state.since or '最早'} 至 {state.until}"


def _day(text: str) -> str:
    """Return a time as a field for a date takes it; empty where it is no day."""
    day = asked_day(text)
    return day.isoformat() if day else ""
