"""The pages on search tell what is, as it is."""

import json
from pathlib import Path

from indexer.search.elasticsearch.access import role_descriptors
from indexer.search.fields import FIELDS

DOCS = Path(__file__).parents[2] / "docs"


def test_every_field_is_told() -> None:
    rows = (DOCS / "search.md").read_text(encoding="utf-8").splitlines()
    told = [row for row in rows if row.startswith("| `") and row.count("|") == 5]
    assert told == [
        f"| `{field.name}` | `{'` `'.join(field.aliases)}` | {field.comparison} | {field.meaning} |" for field in FIELDS
    ]


def test_the_roles_are_the_shipped_ones() -> None:
    page = (DOCS / "elasticsearch.md").read_text(encoding="utf-8")
    told = json.loads(page.split("<!-- roles -->\n```json\n")[1].split("```")[0])
    assert told == role_descriptors("deltanews-stories")
