"""What is wrong with a value that somebody typed, for a person: pydantic's errors in plain words."""

from typing import Any

from pydantic_core import ErrorDetails

_REASONS = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such key",
    "string_type": 'it must be a text, as "…"',
    "string_too_short": "it must have at least {min_length} characters",
    "int_type": "it must be a whole number",
    "int_parsing": "it must be a whole number",
    "int_from_float": "it must be a whole number",
    "float_type": "it must be a number",
    "float_parsing": "it must be a number",
    "finite_number": "it must be a finite number",
    "bool_type": "it must be true or false",
    "bool_parsing": "it must be true or false",
    "tuple_type": 'it must be a list, as ["…"]',
    "list_type": 'it must be a list, as ["…"]',
    "dict_type": "it must be a table",
    "mapping_type": "it must be a table",
    "model_type": "it must be a table",
    "model_attributes_type": "it must be a table",
    "path_type": "it must be a path",
    "date_type": "it must be a day, as 2026-11-28",
    "date_parsing": "it must be a day, as 2026-11-28",
    "date_from_datetime_parsing": "it must be a day, as 2026-11-28",
    "date_from_datetime_inexact": "it must be a day, as 2026-11-28",
    "literal_error": "it must be {expected}",
    "enum": "it must be {expected}",
    "union_tag_invalid": "its kind must be one of {expected_tags} (it is '{tag}')",
    "union_tag_not_found": "its kind is missing",
    "string_pattern_mismatch": "it must have the form {pattern}",
    "greater_than": "it must be more than {gt}",
    "greater_than_equal": "it must be {ge} or more",
    "less_than": "it must be less than {lt}",
    "less_than_equal": "it must be {le} or less",
    "too_short": "it must have at least {min_length}",
    "json_invalid": "it is not JSON ({error})",
    "json_type": "it is not JSON",
}
"""Pydantic's types of errors, each as a person says it; `{…}` stands for its context."""

_PATTERNS = {
    "^https?://": "it must begin with http:// or https://",
    "^[a-z0-9_-]+$": "it may have small letters, digits, _ and - only",
}
"""Forms that have words of their own."""

_SHOWN = 60
"""Characters of a wrong value that a message quotes."""


def reason(problem: ErrorDetails) -> str:
    """Return what is wrong, without the value: it may be a secret."""
    given = problem.get("ctx", {})
    context = {name: f"{value:g}" if isinstance(value, float) else str(value) for name, value in given.items()}
    if words := _PATTERNS.get(context.get("pattern", "")):
        return words
    template = _REASONS.get(problem["type"])
    return template.format_map(context) if template else problem["msg"].removeprefix("Value error, ")


def plain_mistake(problem: ErrorDetails) -> str:
    """Return what is wrong, and what the value is where that is short and a reason does not name it itself."""
    value: Any = problem["input"]
    is_plain = isinstance(value, str | int | float | bool)
    is_ours = problem["type"] in _REASONS and problem["type"] not in {"extra_forbidden", "json_invalid"}
    shown = f" (it is {value!r})" if is_plain and is_ours and len(repr(value)) <= _SHOWN else ""
    return f"{reason(problem)}{shown}"
