"""From the query model to Elasticsearch's query language.

Text goes as tokens that are already cut (`phrase_tokens`), for the `whitespace` analyzer to hand on: one a place,
without a gap, which no analyzer of the server can give for a phrase that mixes Chinese and Latin script.
"""

from collections.abc import Iterable
from typing import Any

from core.time import SHANGHAI, Period
from indexer.search.counts import COUNTED, MOST_VALUES, CountBy
from indexer.search.fields import FIELD_BY_NAME, Matching
from indexer.search.index import SearchRequest, Sort
from indexer.search.query.model import And, Everything, Not, Or, Phrase, Query
from indexer.search.query.narrowing import filters
from indexer.search.tokens import phrase_tokens

TITLE_BOOST = 3
_TEXTS = frozenset({"title", "body"})
_SORTS: dict[Sort, list[Any]] = {
    Sort.RELEVANCE: [{"_score": "desc"}, {"timeline_at": "desc"}, {"story_id": "asc"}],
    Sort.NEWEST: [{"timeline_at": "desc"}, {"story_id": "asc"}],
    Sort.OLDEST: [{"timeline_at": "asc"}, {"story_id": "asc"}],
}


def translate_request(request: SearchRequest) -> dict[str, Any]:
    """Return query and order of a request; its filters do not count for the order."""
    query = translate(request.query)
    if narrowing := filters(request):
        query = {"bool": {"must": [query], "filter": [translate(part) for part in narrowing]}}
    return {"query": query, "sort": _SORTS[request.sort]}


def translate_counts(by: Iterable[CountBy]) -> dict[str, Any]:
    """Return the aggregations that count by these, each under its own name."""
    return {each.value: _counts(each) for each in by}


def _counts(by: CountBy) -> dict[str, Any]:
    path = COUNTED[by].path
    if by is not CountBy.DAY:
        return {"terms": {"field": path, "size": MOST_VALUES}}
    days = {"calendar_interval": "day", "time_zone": SHANGHAI.key, "format": "yyyy-MM-dd", "min_doc_count": 1}
    return {"date_histogram": {"field": path, **days}}


def translate(query: Query) -> dict[str, Any]:
    """Return one query of the model."""
    match query:
        case Everything():
            found: dict[str, Any] = {"match_all": {}}
        case Phrase():
            found = _phrase(query)
        case Period():
            found = {"range": {"timeline_at": _bounds(query)}}
        case Or(parts):
            found = {"bool": {"should": [translate(part) for part in parts], "minimum_should_match": 1}}
        case And(parts):
            wanted = [translate(part) for part in parts if not isinstance(part, Not)]
            unwanted = [translate(part.part) for part in parts if isinstance(part, Not)]
            found = {"bool": {"must": wanted, "must_not": unwanted}}
        case Not(part):
            found = {"bool": {"must_not": [translate(part)]}}
    return found


def _phrase(phrase: Phrase) -> dict[str, Any]:
    if phrase.field is None:
        return _contains(phrase.text, [f"title^{TITLE_BOOST}", "body"])
    field = FIELD_BY_NAME[phrase.field]
    if field.comparison is Matching.CONTAINS:
        return _contains(phrase.text, [path if path in _TEXTS else f"{path}.text" for path in field.paths])
    terms = [{"term": {f"{path}.folded": phrase.text}} for path in field.paths]
    return terms[0] if len(terms) == 1 else {"bool": {"should": terms, "minimum_should_match": 1}}


def _contains(text: str, fields: list[str]) -> dict[str, Any]:
    tokens = " ".join(phrase_tokens(text))
    return {"multi_match": {"query": tokens, "type": "phrase", "analyzer": "whitespace", "fields": fields}}


def _bounds(period: Period) -> dict[str, str]:
    bounds = {"gte": period.since, "lt": period.until}
    return {sign: at.replace(microsecond=0).isoformat() for sign, at in bounds.items() if at is not None}
