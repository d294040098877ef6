"""docs/search.md tells every field, as it is."""

from pathlib import Path

from indexer.fields import FIELDS


def test_every_field_is_told() -> None:
    rows = (Path(__file__).parents[2] / "docs/search.md").read_text(encoding="utf-8").splitlines()
    told = [row for row in rows if row.startswith("| `") and row.count("|") == 5]
    assert told == [
        f"| `{field.name}` | `{'` `'.join(field.aliases)}` | {field.comparison} | {field.meaning} |" for field in FIELDS
    ]
