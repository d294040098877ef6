"""From the query model to tantivy's queries."""

import tantivy

from core.time import Period
from indexer.search.embedded.schema import timeline_key
from indexer.search.fields import FIELD_BY_NAME, Matching
from indexer.search.index import SearchRequest
from indexer.search.query.model import And, Everything, Not, Or, Phrase, Query
from indexer.search.query.narrowing import filters
from indexer.search.tokens import fold_token, runs

TITLE_BOOST = 3.0
_MUST, _SHOULD, _MUST_NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
_FIRST, _LAST = -(2**63), 2**63 - 1


class Translation:
    """Translates queries for one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self.schema = schema

    def request(self, request: SearchRequest) -> tantivy.Query:
        """Return the query of a request; its filters do not count for the order."""
        narrowing = [(_MUST, tantivy.Query.const_score_query(self.query(part), 0.0)) for part in filters(request)]
        if not narrowing:
            return self.query(request.query)
        return tantivy.Query.boolean_query([(_MUST, self.query(request.query)), *narrowing])

    def query(self, query: Query) -> tantivy.Query:
        """Return a query of the model as tantivy's. It finds no tombstone: those have no text and no place in time."""
        match query:
            case Everything():
                found = self._term("live", True)  # noqa: FBT003 - the value that is searched
            case Phrase():
                found = self._phrase(query)
            case Period():
                found = self._period(query)
            case Or(parts):
                found = tantivy.Query.boolean_query([(_SHOULD, self.query(part)) for part in parts])
            case And(parts):
                wanted = [part for part in parts if not isinstance(part, Not)] or [Everything()]
                unwanted = [each for part in parts if isinstance(part, Not) for each in self._any_of(part.part)]
                found = tantivy.Query.boolean_query(
                    [*((_MUST, self.query(part)) for part in wanted), *((_MUST_NOT, each) for each in unwanted)]
                )
            case Not():
                found = self.query(And((query,)))
        return found

    def _any_of(self, query: Query) -> list[tantivy.Query]:
        """Return queries of which one must match: excluded one by one they are looked up only where it matters.

        As one query, `-丝冈上仁` took 18 ms on 200,000 stories, title and body apart 7 ms.
        """
        match query:
            case Or(parts):
                return [each for part in parts for each in self._any_of(part)]
            case Phrase(text, None):
                return [self._contains("title", text), self._contains("body", text)]
            case _:
                return [self.query(query)]

    def _term(self, field: str, value: object) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, field, value, "basic")

    def _phrase(self, phrase: Phrase) -> tantivy.Query:
        if phrase.field is None:
            title = tantivy.Query.boost_query(self._contains("title", phrase.text), TITLE_BOOST)
            return tantivy.Query.disjunction_max_query([title, self._contains("body", phrase.text)])
        if FIELD_BY_NAME[phrase.field].comparison is Matching.CONTAINS:
            return self._contains(phrase.field, phrase.text)
        return self._term(f"value_{phrase.field}", fold_token(phrase.text))

    def _contains(self, name: str, text: str) -> tantivy.Query:
        terms: list[str | tuple[int, str]] = []
        at = 0
        for run in runs(text):
            units = run.units
            if len(units) == 1:
                terms.append((2 * at, units[0]))
            else:
                terms.extend((2 * (at + n) + 1, units[n] + units[n + 1]) for n in range(len(units) - 1))
            at += len(units)
        if not terms:
            return tantivy.Query.empty_query()
        if len(terms) == 1:
            return tantivy.Query.term_query(self.schema, f"text_{name}", terms[0][1], "freq")
        return tantivy.Query.phrase_query(self.schema, f"text_{name}", terms)

    def _period(self, period: Period) -> tantivy.Query:
        since = timeline_key(period.since) if period.since else _FIRST
        until = timeline_key(period.until) if period.until else _LAST
        kind = tantivy.FieldType.Integer
        return tantivy.Query.range_query(self.schema, "place", kind, since, until, include_upper=False)
