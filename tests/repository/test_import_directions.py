"""Imports go one way: core ← text ← (crawler → archive ← indexer) ← scheduler, web ← deltanews."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
MAY_IMPORT = {
    "core": set(),
    "text": {"core"},
    "archive": {"core", "text"},
    "crawler": {"core", "text", "archive"},
    "indexer": {"core", "text", "archive"},
    "scheduler": {"core", "text", "archive", "crawler", "indexer"},
    "web": {"core", "text", "archive", "indexer"},
    "deltanews": {"core", "text", "archive", "crawler", "indexer", "scheduler", "web"},
}
ELSEWHERE = {"tests", "benchmarks", "docs", "deploy"}


def imported(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and first name of every import, at the top of a file, inside a function too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, (node.module or "").split(".")[0] if not node.level else "a relative import"


def wrong_way(package: str, source: str) -> list[str]:
    forbidden = (set(MAY_IMPORT) | ELSEWHERE | {"a relative import"}) - MAY_IMPORT[package] - {package}
    return [f"line {line}: {name}" for line, name in imported(source) if name in forbidden]


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_what_it_may(package: str) -> None:
    files = list((REPOSITORY / package).rglob("*.py"))
    assert files
    wrong = {str(path.relative_to(REPOSITORY)): wrong_way(package, path.read_text(encoding="utf-8")) for path in files}
    assert {path: lines for path, lines in wrong.items() if lines} == {}


@pytest.mark.parametrize(
    ("package", "source"),
    [
        ("crawler", "import indexer.query"),
        ("indexer", "from crawler.urls import canonical"),
        ("archive", "def late():\n    from crawler import urls"),
        ("archive", "import deltanews"),
        ("text", "from archive.article import Article"),
        ("scheduler", "from tests.replica import site"),
        ("crawler", "from . import urls"),
    ],
)
def test_the_rule_sees_an_import_that_goes_the_wrong_way(package: str, source: str) -> None:
    assert len(wrong_way(package, source)) == 1


def test_every_folder_with_code_is_a_known_package() -> None:
    packages = {path.parent.name for path in REPOSITORY.glob("*/__init__.py")}
    assert packages - ELSEWHERE == set(MAY_IMPORT)
