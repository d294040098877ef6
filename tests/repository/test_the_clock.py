"""Product code asks core's clock what time it is, so that a test that sets the time sets all of it."""

import ast
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PACKAGES = ("core", "text", "crawler", "archive", "indexer", "scheduler", "web", "deltanews")
ASKING = {"now", "utcnow", "today", "time", "time_ns"}


def asks(source: str) -> bool:
    """Whether a source calls datetime.now, datetime.utcnow, date.today, time.time or time.time_ns."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time"}
        and node.func.attr in ASKING
        for node in ast.walk(ast.parse(source))
    )


def test_only_the_clock_asks_the_operating_system() -> None:
    files = [path for package in PACKAGES for path in (REPOSITORY / package).rglob("*.py")]
    found = {str(path.relative_to(REPOSITORY)) for path in files if asks(path.read_text(encoding="utf-8"))}
    assert found == {"core/clock.py"}, "ask core.clock.CLOCK.now()"


@pytest.mark.parametrize("call", ["datetime.now(UTC)", "date.today()", "time.time()", "datetime.utcnow()"])
def test_the_rule_sees_a_call(call: str) -> None:
    assert asks(f"x = {call}")


@pytest.mark.parametrize("call", ["CLOCK.now()", "time.monotonic()", "datetime.fromisoformat(text)"])
def test_the_rule_lets_the_clock_and_intervals_pass(call: str) -> None:
    assert not asks(f"x = {call}")
