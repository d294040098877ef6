"""No statement holds a list of values without bound: a database takes some ten thousand values and no more."""

import ast
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PACKAGES = ("archive", "crawler", "indexer", "scheduler", "web", "deltanews")
BOUNDED = {
    "archive/parts.py": {"_ADDRESSES"},  # a SELECT
    "archive/where_in.py": {"part"},  # this is what cuts a list into parts
    "archive/articles.py": {"levels"},  # there are four of them
    "archive/corrections.py": {"[kind.value for kind in kinds]"},  # of an enumeration
}


def lists_without_bound(source: str) -> list[str]:
    """Return the arguments of `.in_(…)` that are neither written out nor a SELECT."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"in_", "not_in"}:
            argument = node.args[0]
            is_select = isinstance(argument, ast.Call) and ast.unparse(argument.func) == "select"
            if not (is_select or isinstance(argument, ast.Tuple | ast.List | ast.Set)):
                found.append(ast.unparse(argument))
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_every_list_of_values_is_cut_into_parts(package: str) -> None:
    found = {
        name: unbounded
        for path in (REPOSITORY / package).rglob("*.py")
        if (
            unbounded := set(lists_without_bound(path.read_text(encoding="utf-8")))
            - BOUNDED.get(name := str(path.relative_to(REPOSITORY)), set())
        )
    }
    assert found == {}, "archive.where_in takes lists of any length"


@pytest.mark.parametrize("source", ["query.where(c.id.in_(ids))", "c.id.not_in(list(ids))", "c.id.in_(a.b.all())"])
def test_the_rule_sees_a_list_without_bound(source: str) -> None:
    assert len(lists_without_bound(source)) == 1


@pytest.mark.parametrize("source", ["c.status.in_(('a', 'b'))", "c.id.in_(select(newest.subquery()))"])
def test_the_rule_lets_what_is_bounded_pass(source: str) -> None:
    assert lists_without_bound(source) == []
