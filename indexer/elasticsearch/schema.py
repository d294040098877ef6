"""How stories lie in Elasticsearch: settings and mapping (`stories.json`), index names, template and alias.

The fields of Chinese text have three analyzers of one tokenizer, without any plugin. Written: each character and each
pair of neighbours (`units_and_bigrams`). Searched without quotation marks: pairs. Searched with them, by users of
Kibana: characters, since pairs alone lose the place of what follows a run of Chinese in a phrase of mixed script
(`"长三角AI"` finds nothing). The product itself sends tokens with their places; see `translation`.
"""

import json
from importlib import resources
from typing import Any

SCHEMA_VERSION = 1
"""Version of `stories.json`; it rises with every change and names the index, so that a rebuild has a new one."""


def story_schema() -> dict[str, Any]:
    """Return settings and mappings of an index of stories."""
    text = resources.files(__package__).joinpath("stories.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def index_name(alias: str, version: int = SCHEMA_VERSION) -> str:
    """Return the name of the index that stands behind the alias."""
    return f"{alias}-v{version}"


def index_template(alias: str) -> dict[str, Any]:
    """Return the template that every index of stories takes its settings and mapping from."""
    return {
        "index_patterns": [f"{alias}-v*"],
        "priority": 500,
        "template": story_schema(),
        "_meta": {"product": "DeltaNews", "schema_version": SCHEMA_VERSION},
    }


def alias_definition() -> dict[str, Any]:
    """Return the alias: it takes writes, and hides tombstones from everyone who reads through it."""
    return {"is_write_index": True, "filter": {"term": {"deleted": False}}}
