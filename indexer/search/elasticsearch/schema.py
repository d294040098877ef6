"""How stories lie in Elasticsearch: settings and mapping (`stories.json`), index names, template and alias.

The fields of Chinese text have three analyzers of one tokenizer, without any plugin. Written: each character and each
pair of neighbours (`units_and_bigrams`). Searched without quotation marks: pairs. Searched with them, by users of
Kibana: characters, since pairs alone lose the place of what follows a run of Chinese in a phrase of mixed script
(`"长三角AI"` finds nothing). The product itself sends tokens with their positions; see `translation`.
"""

import json
from importlib import resources
from typing import Any

SCHEMA_VERSION = 4
"""Version of `stories.json`, which every index carries in its `_meta`; it rises with every change of the file."""


_META = {"product": "DeltaNews", "schema_version": SCHEMA_VERSION}

LIVE = {"term": {"deleted": False}}
"""What is no tombstone."""


def story_schema() -> dict[str, Any]:
    """Return settings and mappings of an index of stories."""
    text = resources.files(__package__).joinpath("stories.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def index_name(alias: str, number: int = 1) -> str:
    """Return the name of an index that stands, stood or will stand behind the alias; a rebuild makes the next one."""
    return f"{alias}-v{number}"


def component_name(alias: str) -> str:
    """Return the name of the component template that is ours and that every upgrade overwrites."""
    return f"{alias}@package"


def custom_component_name(alias: str) -> str:
    """Return the name of the component template that is the admin's: it wins over ours, and nothing here writes it."""
    return f"{alias}@custom"


def component_template() -> dict[str, Any]:
    """Return the component template with settings and mapping of an index of stories."""
    return {"template": story_schema(), "_meta": _META}


def index_template(alias: str) -> dict[str, Any]:
    """Return the template of every index of stories: our component, then the admin's where there is one."""
    custom = custom_component_name(alias)
    return {
        "index_patterns": [f"{alias}-v*"],
        "priority": 500,
        "composed_of": [component_name(alias), custom],
        "ignore_missing_component_templates": [custom],
        "_meta": _META,
    }


def alias_definition() -> dict[str, Any]:
    """Return the alias: it takes writes, and hides tombstones from everyone who reads through it."""
    return {"is_write_index": True, "filter": LIVE}
