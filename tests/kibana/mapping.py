"""The fields of our own mapping, as Kibana's assets name them."""

from typing import Any

from indexer.search.elasticsearch.schema import story_schema

AGGREGATABLE = frozenset({"keyword", "date", "long", "integer", "float", "boolean"})


def story_fields() -> dict[str, str]:
    """Return every field of an index of stories by its full name, sub-fields included, with its type."""
    return dict(_flat(story_schema()["mappings"]["properties"], ""))


def _flat(properties: dict[str, Any], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, field in properties.items():
        path = f"{prefix}{name}"
        if "type" in field:
            found.append((path, field["type"]))
        found += _flat(field.get("properties", {}), f"{path}.")
        found += _flat(field.get("fields", {}), f"{path}.")
    return found
