"""Product code asks core's clock what time it is, so that a test that sets the time sets all of it."""

import ast
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PACKAGES = ("core", "text", "crawler", "archive", "indexer", "scheduler", "web", "deltanews")
ASKING = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime", "clock_gettime"},
    "func": {"now", "current_timestamp", "localtimestamp"},
}
"""What asks the operating system, or the database, by what it is called on; `time.monotonic` only measures."""


def asks(source: str) -> bool:
    """Whether a source calls one of those, or imports one by its own name, or names the database's clock."""
    return any(map(_asks, ast.walk(ast.parse(source))))


def _asks(node: ast.AST) -> bool:
    match node:
        case ast.ImportFrom(module="time", names=names):
            return any(each.name in ASKING["time"] for each in names)
        case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name):
            return name in ASKING.get(owner, ())
        case ast.Constant(value=str(text)):
            return "CURRENT_TIMESTAMP" in text
    return False


def test_only_the_clock_asks_the_operating_system() -> None:
    files = [path for package in PACKAGES for path in (REPOSITORY / package).rglob("*.py")]
    found = {str(path.relative_to(REPOSITORY)) for path in files if asks(path.read_text(encoding="utf-8"))}
    assert found == {"core/clock.py"}, "ask core.clock.CLOCK.now()"


@pytest.mark.parametrize(
    "call",
    [
        "datetime.now(UTC)",
        "date.today()",
        "time.time()",
        "datetime.datetime.utcnow()",
        "clock(time.time)",
        "func.now()",
        "text('CURRENT_TIMESTAMP')",
    ],
)
def test_the_rule_sees_a_call(call: str) -> None:
    assert asks(f"x = {call}")


def test_the_rule_sees_an_import() -> None:
    assert asks("from time import time")
    assert not asks("from time import monotonic")


@pytest.mark.parametrize("call", ["CLOCK.now()", "time.monotonic()", "datetime.fromisoformat(text)"])
def test_the_rule_lets_the_clock_and_intervals_pass(call: str) -> None:
    assert not asks(f"x = {call}")
