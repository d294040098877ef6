"""OpenAPI: what the API takes and answers, as programs read it."""

from typing import Any

from core.time import FORMS
from indexer.events.listing import EventOrder
from indexer.search.counts import CountBy
from indexer.search.document import StoryDocument
from indexer.search.index import Sort
from web.api_corrections import CorrectionBody

MOST = 100
"""Stories or events of one page."""

Schema = dict[str, Any]


def _parameter(name: str, meaning: str, schema: Schema, *, within: str = "query", needed: bool = False) -> Schema:
    return {"name": name, "in": within, "required": needed, "description": meaning, "schema": schema}


def _texts(name: str, meaning: str) -> Schema:
    return _parameter(name, meaning, {"type": "array", "items": {"type": "string"}, "maxItems": 20})


_TEXT: Schema = {"type": "string"}
_SEARCH = (
    _parameter("q", "The query, in the language of docs/search.md; nothing finds every story.", _TEXT),
    _texts("province", "Only originals of broadcasters of these provinces."),
    _texts("city", "Only stories about these cities."),
    _texts("topic", "Only stories on these topics."),
    _texts("outlet", "Only originals of these broadcasters, by id or title."),
    _texts("level", "Only these levels: core, related, mention."),
    _parameter("since", f"Only stories since then: {FORMS}.", _TEXT),
    _parameter("until", "Only stories until then: 2026-11 takes in the 30th.", _TEXT),
)
_LIMIT = _parameter("limit", "How many at most.", {"type": "integer", "minimum": 1, "maximum": MOST, "default": 20})
_CURSOR = _parameter("cursor", "`next` of the page before.", _TEXT)


def _sort(values: type[Sort] | type[EventOrder]) -> Schema:
    return _parameter("sort", "The order.", {"type": "string", "enum": [each.value for each in values]})


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_STORY: Schema = {"$ref": "#/components/schemas/Story"}
_EVENT: Schema = {"$ref": "#/components/schemas/Event"}
_NULLABLE: Schema = {"type": ["string", "null"]}
_STORY_OR_NULL: Schema = {"anyOf": [_STORY, {"type": "null"}]}
_NUMBER: Schema = {"type": "integer"}

PATHS: dict[str, tuple[str, tuple[Schema, ...], Schema]] = {
    "/stories": (
        "The stories that match, page by page; `total` stands on the first page.",
        (*_SEARCH, _sort(Sort), _LIMIT, _CURSOR),
        {
            "type": "object",
            "properties": {"total": _NUMBER, "stories": _list(_STORY), "next": _NULLABLE},
            "required": ["stories", "next"],
        },
    ),
    "/stories/{story_id}": (
        "One story with what each copy leaves out and adds; of a story that was merged, the one that it is part of.",
        (_parameter("story_id", "The story's id.", _TEXT, within="path", needed=True),),
        _STORY,
    ),
    "/counts": (
        "How many of the stories that match there are by each value.",
        (_parameter("by", "What to count by.", {"type": "string", "enum": list(CountBy)}, needed=True), *_SEARCH),
        _object(by=_TEXT, counts=_list(_object(value=_TEXT, stories=_NUMBER))),
    ),
    "/events": (
        "Events, each with its reports and their copies.",
        (
            *(_texts("province", "Only what an outlet of these carried."), _texts("topic", "Only these topics.")),
            _parameter("since", f"Only events with a report since then: {FORMS}.", _TEXT),
            _parameter("until", "Only events that had begun by then: 2026-11 takes in the 30th.", _TEXT),
            *(_sort(EventOrder), _LIMIT, _CURSOR),
        ),
        _object(events=_list(_EVENT), next=_NULLABLE),
    ),
    "/events/{event_id}": (
        "One event; of one that was merged, the one that it is part of.",
        (_parameter("event_id", "The event's id.", _TEXT, within="path", needed=True),),
        _EVENT,
    ),
    "/changes": (
        "Stories that are new, changed or withdrawn, in the order of their last change; every change is told.",
        (_parameter("since", "`next` of an earlier answer; without it from the first story on.", _TEXT), _LIMIT),
        _object(
            changes=_list(
                _object(story_id=_TEXT, withdrawn={"type": "boolean"}, merged_into=_NULLABLE, story=_STORY_OR_NULL)
            ),
            next=_TEXT,
            has_more={"type": "boolean"},
        ),
    ),
    "/sources": (
        "Every source that was ever crawled: articles by level, last run, findings of health, freshness in seconds.",
        (),
        _object(
            sources=_list(
                _object(
                    source=_TEXT,
                    title=_TEXT,
                    findings=_list(_object(rule=_TEXT, level=_TEXT, since=_TEXT, summary=_TEXT)),
                )
            )
        ),
    ),
    "/health": (
        "Whether archive and index can be read, and how new the newest story is.",
        (),
        _object(status=_TEXT, index=_TEXT, stories=_NUMBER, newest=_NULLABLE),
    ),
}
"""Path, what it answers, its parameters, and the schema of the answer."""


def _json(schema: Schema) -> Schema:
    return {"content": {"application/json": {"schema": schema}}}


_REFUSED = _json({"$ref": "#/components/schemas/Error"})
_NO_TOKEN: Schema = {"description": "A token, or a session, is needed, or the token that was sent is none."}
_LATER: Schema = {
    "429": {"description": "Too many requests; Retry-After says when to come again."},
    "503": {"description": "Archive or index cannot be read now.", **_REFUSED},
}


def description() -> Schema:
    """Return the API as OpenAPI 3.1."""
    story = StoryDocument.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    nested = story.pop("$defs", {})
    report = _object(story_id=_TEXT, url=_TEXT, source=_TEXT, title=_TEXT, published_at=_NULLABLE)
    event = _object(event_id=_TEXT, headline=_NULLABLE, stories=_NUMBER, articles=_NUMBER, reports=_list(report))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "DeltaNews",
            "version": "1",
            "description": "Stories on the integration of the Yangtze River Delta. Times are ISO 8601 with an offset.",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {
            **{path: {"get": _operation(*parts)} for path, parts in PATHS.items()},
            "/corrections": {"post": _correcting()},
        },
        "components": {
            "schemas": {**nested, "Story": story, "Event": event, "Error": _object(error=_TEXT)},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _operation(meaning: str, parameters: tuple[Schema, ...], answer: Schema) -> Schema:
    return {
        "summary": meaning,
        "parameters": list(parameters),
        "responses": {
            "200": {"description": meaning, **_json(answer)},
            "400": {"description": "A parameter is wrong; the message says which and why.", **_REFUSED},
            "401": _NO_TOKEN,
            "404": {"description": "There is nothing under this id.", **_REFUSED},
            "410": {"description": "The archive never was at this place: begin again.", **_REFUSED},
            **_LATER,
        },
    }


def _correcting() -> Schema:
    body = CorrectionBody.model_json_schema()
    kinds = body.pop("$defs")["CorrectionKind"]
    body["properties"]["kind"] = {"type": "string", "enum": kinds["enum"]}
    stored = _object(url=_TEXT, kind=_TEXT, value=_TEXT, corrected_by=_TEXT)
    return {
        "summary": "Correct an article, for good, as `deltanews correct` does; it shows after the next indexing.",
        "security": [{"token": []}],
        "requestBody": {"required": True, **_json(body)},
        "responses": {
            "201": {
                "description": "It is stored.",
                **_json(stored),
            },
            "400": {"description": "The correction is wrong; the message says what and why.", **_REFUSED},
            "401": _NO_TOKEN,
            "403": {"description": "The token is for reading alone.", **_REFUSED},
            "413": {"description": "The body is too large."},
            **_LATER,
        },
    }
