"""Facets: the filters beside a list of hits, each value with how many stories it leaves."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from indexer.search.counts import CountBy, Counts
from indexer.search.index import SearchIndex, SearchRequest
from web.histogram import Histogram, histogram
from web.state import FILTERS, SearchState
from web.wording import FILTERS as NAMES
from web.wording import value_name

_SHOWN = 8
"""Values of one filter that are shown at once; the others unfold."""
_UNFOLDED = 60
_WITHOUT: dict[CountBy, Callable[[SearchRequest], SearchRequest]] = {
    CountBy.PROVINCE: lambda request: replace(request, provinces=()),
    CountBy.CITY: lambda request: replace(request, cities=()),
    CountBy.TOPIC: lambda request: replace(request, topics=()),
    CountBy.OUTLET: lambda request: replace(request, sources=()),
    CountBy.LEVEL: lambda request: replace(request, levels=()),
    CountBy.DAY: lambda request: replace(request, since=None, until=None),
}


@dataclass(frozen=True)
class Choice:
    """One value of a filter."""

    name: str
    stories: int
    is_chosen: bool
    url: str
    """Of the search with it chosen, or chosen no more."""


@dataclass(frozen=True)
class Facet:
    """One filter."""

    key: str
    name: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]
    """Those that unfold."""


@dataclass(frozen=True)
class Facets:
    """All filters of a search and its stories over time."""

    filters: tuple[Facet, ...]
    days: Histogram | None


def find_facets(index: SearchIndex, state: SearchState, request: SearchRequest, titles: dict[str, str]) -> Facets:
    """Count by every filter. Values beside a chosen one count what they would add: their own filter is left out."""
    counts = dict(_counts(index, request))
    filters = tuple(_facet(state, by, counts[by], titles) for by in FILTERS)
    return Facets(tuple(facet for facet in filters if facet.choices), histogram(counts[CountBy.DAY]))


def _counts(index: SearchIndex, request: SearchRequest) -> Iterable[tuple[CountBy, dict[str, int]]]:
    others = {by: leave_out(request) for by, leave_out in _WITHOUT.items()}
    without = {by: other for by, other in others.items() if other != request}
    plain: Counts = index.counts(request, [by for by in CountBy if by not in without])
    for by in CountBy:
        counts = index.counts(without[by], [by])[by] if by in without else plain[by]
        yield by, dict(counts)


def _facet(state: SearchState, by: CountBy, counts: dict[str, int], titles: dict[str, str]) -> Facet:
    chosen = state.chosen.get(by, ())
    values = [*chosen, *(value for value in counts if value not in chosen)][:_UNFOLDED]
    choices = tuple(
        Choice(value_name(by, value, titles), counts.get(value, 0), value in chosen, state.toggled(by, value).url())
        for value in values
    )
    at = max(_SHOWN, len(chosen))
    return Facet(by.value, NAMES[by], choices[:at], choices[at:])
