"""A SearchRequest as one query: what narrows it is a query too, so that every index translates one language."""

from core.time import Period
from indexer.search.index import SearchRequest
from indexer.search.query.model import And, Or, Phrase, Query


def filters(request: SearchRequest) -> tuple[Query, ...]:
    """Return what narrows the request beside its query; none of it counts for the order."""
    named = (
        *(("source", request.sources), ("province", request.provinces), ("topic", request.topics)),
        *(("city", request.cities), ("level", request.levels)),
    )
    found: list[Query] = [_any_of(field, values) for field, values in named if values]
    if request.since or request.until:
        found.append(Period(request.since, request.until))
    return tuple(found)


def narrowed(request: SearchRequest) -> Query:
    """Return the request as a single query."""
    return And((request.query, *filters(request)))


def _any_of(field: str, values: tuple[str, ...]) -> Query:
    return Or(tuple(Phrase(value, field) for value in values))
