"""KQL as Kibana sends it to Elasticsearch, as far as our pages and saved searches use it.

Restated from what Kibana's public source does: a quoted value is a phrase of a text, a term of a keyword, a range of a
date; without a field it is a lenient phrase over the index's default fields; `and` binds more than `or`.
"""

import re
from typing import Any

_TOKEN = re.compile(r'\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<sign>[():]|>=|<=|>|<)|(?P<word>[^\s():<>"]+))')
_RANGES = {">=": "gte", "<=": "lte", ">": "gt", "<": "lt"}


def kql_query(text: str, fields: dict[str, str]) -> dict[str, Any]:
    """Return Elasticsearch's query of a KQL query; `fields` are the mapping's, by name with their types."""
    if not text.strip():
        return {"match_all": {}}
    tokens = [match[match.lastgroup or ""] for match in _TOKEN.finditer(text.strip())]
    parser = _Parser(tokens, fields)
    found = parser.either()
    assert not parser.tokens, f"{text}: {parser.tokens} is left"
    return found


class _Parser:
    def __init__(self, tokens: list[str], fields: dict[str, str]) -> None:
        self.tokens = tokens
        self.fields = fields

    def either(self) -> dict[str, Any]:
        parts = [self.both()]
        while self.tokens[:1] == ["or"]:
            del self.tokens[0]
            parts.append(self.both())
        return {"bool": {"should": parts, "minimum_should_match": 1}}

    def both(self) -> dict[str, Any]:
        parts = [self.one()]
        while self.tokens[:1] == ["and"]:
            del self.tokens[0]
            parts.append(self.one())
        return {"bool": {"filter": parts}}

    def one(self) -> dict[str, Any]:
        token = self.tokens.pop(0)
        if token == "not":
            return {"bool": {"must_not": [self.one()]}}
        if token == "(":
            inner = self.either()
            assert self.tokens.pop(0) == ")"
            return inner
        if self.tokens and self.tokens[0] in {":", *_RANGES}:
            return self.compare(token, self.tokens.pop(0), self.tokens.pop(0).strip('"'))
        return {"multi_match": {"type": "phrase", "query": token.strip('"'), "lenient": True}}

    def compare(self, field: str, sign: str, value: str) -> dict[str, Any]:
        kind = self.fields[field]
        if sign != ":":
            return {"range": {field: {_RANGES[sign]: value}}}
        return {"match_phrase": {field: value}} if kind == "text" else {"term": {field: value}}
