"""What is wrong with a source file, for a person: pydantic's errors in the words of the file."""

from collections.abc import Iterable
from typing import Any

from pydantic_core import ErrorDetails

_MESSAGES = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such key",
    "string_type": 'it must be a text, as "…"',
    "int_type": "it must be a whole number",
    "int_parsing": "it must be a whole number",
    "int_from_float": "it must be a whole number",
    "bool_type": "it must be true or false",
    "bool_parsing": "it must be true or false",
    "tuple_type": 'it must be a list, as ["…"]',
    "list_type": 'it must be a list, as ["…"]',
    "dict_type": "it must be a table",
    "mapping_type": "it must be a table",
    "model_type": "it must be a table",
    "model_attributes_type": "it must be a table",
    "date_type": "it must be a day, as 2026-11-28",
    "date_parsing": "it must be a day, as 2026-11-28",
    "date_from_datetime_parsing": "it must be a day, as 2026-11-28",
    "date_from_datetime_inexact": "it must be a day, as 2026-11-28",
    "literal_error": "it must be {expected}",
    "enum": "it must be {expected}",
    "union_tag_invalid": "its kind must be one of {expected_tags} (it is '{tag}')",
    "union_tag_not_found": "its kind is missing",
    "string_pattern_mismatch": "it must have the form {pattern}",
    "greater_than_equal": "it must be {ge} or more",
    "less_than_equal": "it must be {le} or less",
    "too_short": "it must have at least {min_length}",
}
"""Pydantic's types of errors that a source file can have, each as a person says it; `{…}` stands for its context."""

_SHOWN = 60
"""Characters of a wrong value that a message quotes."""


def mistakes(problems: Iterable[ErrorDetails]) -> str:
    """Return what is wrong on one line, each as `key.0.key: reason`."""
    problems = list(problems)
    real = [problem for problem in problems if problem["type"] != "too_short"] or problems  # an echo of the others
    return "; ".join(dict.fromkeys(map(_message, real)))


def _message(problem: ErrorDetails) -> str:
    location: list[Any] = list(problem["loc"])
    if location[:1] == ["sections"]:
        del location[2:3]  # pydantic names the section's kind there, which is no key of the file
    key = ".".join(str(part) for part in location) or "the file"
    template = _MESSAGES.get(problem["type"])
    if template is None:
        return f"{key}: {problem['msg'].removeprefix('Value error, ')}"
    context = {name: str(value) for name, value in problem.get("ctx", {}).items()}
    value = problem["input"]
    is_plain = isinstance(value, str | int | float | bool) and problem["type"] != "extra_forbidden"
    shown = f" (it is {value!r})" if is_plain and len(repr(value)) <= _SHOWN else ""
    return f"{key}: {template.format_map(context)}{shown}"
