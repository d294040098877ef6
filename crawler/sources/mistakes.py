"""What is wrong with a source file, for a person: the keys of the file, and plain words."""

from collections.abc import Iterable
from typing import Any

from pydantic_core import ErrorDetails

from core.mistakes import plain_mistake


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
    return f"{key}: {plain_mistake(problem)}"
