"""TOML written out: as much of it as a source file needs, since the standard library only reads it."""

import json
from collections.abc import Mapping
from datetime import date

Value = str | bool | int | date | list[str]


def toml_table(header: str, values: Mapping[str, Value]) -> str:
    """Return a table with its header (empty for the head of a file); keys without a value are left out."""
    lines = [f"{key} = {_written(value)}" for key, value in values.items() if value not in ("", [])]
    return "\n".join([*([header] if header else []), *lines]) + "\n"


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(_written(item) for item in value) + "]"
    if "\\" in value and "'" not in value and value.isprintable():
        return f"'{value}'"  # a regular expression reads better as it is
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
