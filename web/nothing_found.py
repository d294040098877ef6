"""Nothing found: why a search has no hit, and which neighbouring search has some."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from indexer.search.index import SearchIndex, SearchRequest
from indexer.search.query.model import And, Everything, Not, Or
from indexer.search.query.plain import plain_query
from web.state import SearchState
from web.wording import FILTERS, minute, value_name


@dataclass(frozen=True)
class WayOut:
    """A search near the one that found nothing."""

    words: str
    stories: int
    url: str


@dataclass(frozen=True)
class NothingFound:
    """Why there is nothing, and what would help."""

    reason: str
    ways_out: tuple[WayOut, ...]


def explain_nothing(
    index: SearchIndex, state: SearchState, request: SearchRequest, titles: dict[str, str], now: datetime
) -> NothingFound:
    """Say why, with the neighbouring searches that find something, most stories first."""
    newest = index.search(SearchRequest(Everything(), limit=1)).hits
    if not newest:
        return NothingFound("索引里还没有报道：先运行 deltanews crawl，再运行 deltanews index。", ())
    ways = []
    for words, other in _neighbours(state, request, titles):
        if stories := index.search(replace(other.request(now), limit=0, offset=0)).total:
            ways.append(WayOut(words, stories, other.url()))
    ways.sort(key=lambda way: -way.stories)
    reason = f"最新一篇报道是 {minute(newest[0].timeline_at)} 的。"
    if state.is_narrowed:
        reason = f"没有报道同时符合这些词和筛选条件。{reason}"
    elif isinstance(request.query, And):
        reason = f"没有一篇报道同时含有全部的词。{reason}"
    elif state.text:
        reason = f"没有一篇报道含有这个词；每个字都要一致（全半角、大小写不论）。{reason}"
    return NothingFound(reason, tuple(ways))


def _neighbours(
    state: SearchState, request: SearchRequest, titles: dict[str, str]
) -> Iterator[tuple[str, SearchState]]:
    if state.since or state.until:
        yield "不限时间", state.within("", "")
    for by, values in state.chosen.items():
        names = "、".join(value_name(by, value, titles) for value in values)
        yield f"不限{FILTERS[by]}（{names}）", state.without(by)
    if state.is_narrowed and state.text:
        yield "只保留搜索词", SearchState(state.text, state.unit, state.sort)
    if isinstance(request.query, And):
        wanted = tuple(part for part in request.query.parts if not isinstance(part, Not))
        if len(wanted) > 1:
            yield "含有其中任意一个词", replace(state, text=plain_query(Or(wanted)), page=1)
    if state.text and not state.is_narrowed:
        yield "全部报道", SearchState(unit=state.unit, sort=state.sort)
