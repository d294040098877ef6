"""The data view: what Kibana knows of the fields."""

import json
from importlib import resources

from indexer.kibana.saved_object import VERSION_MARK, Reference, SavedObject, object_id, text_of

TIME_FIELD = "timeline_at"
_ADDRESSES = ("url", "copies.url")
_TIMES = ("timeline_at", "published_at", "first_seen_at", "copies.published_at")


def data_view(alias: str) -> SavedObject:
    """Return the data view on the alias, with Chinese labels and addresses that open the page."""
    link = {"id": "url", "params": {"type": "a", "labelTemplate": "打开原文"}}
    time = {"id": "date", "params": {"pattern": "YYYY-MM-DD HH:mm"}}
    formats = dict.fromkeys(_ADDRESSES, link) | dict.fromkeys(_TIMES, time)
    labels = {field: {"customLabel": label} for field, label in field_labels().items()}
    attributes = {
        "title": alias,
        "name": "长三角新闻",
        "timeFieldName": TIME_FIELD,
        "allowNoIndex": True,
        "fields": "[]",
        "runtimeFieldMap": "{}",
        "typeMeta": "{}",
        "sourceFilters": text_of([{"value": "*.folded"}, {"value": "*.text"}]),
        "fieldAttrs": text_of(labels | {"revision": labels["revision"] | {"customDescription": VERSION_MARK}}),
        "fieldFormatMap": text_of(formats),
    }
    return SavedObject("index-pattern", data_view_id(alias), attributes)


def data_view_id(alias: str) -> str:
    """Return the id that everything else refers to."""
    return object_id(alias, "data-view")


def data_view_reference(alias: str, name: str) -> Reference:
    """Return a reference to the data view by that name."""
    return Reference("index-pattern", data_view_id(alias), name)


def field_labels() -> dict[str, str]:
    """Return the Chinese name of each field."""
    text = resources.files(__package__).joinpath("labels.json").read_text(encoding="utf-8")
    labels: dict[str, str] = json.loads(text)
    return labels
