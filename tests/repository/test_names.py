"""The tree tells the story: a file is named for what it holds, and no name is a drawer for everything."""

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
DRAWERS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "common",
    "base",
    "misc",
    "tools",
    "shared",
    "lib",
}
FOLDERS = (
    "core",
    "text",
    "crawler",
    "archive",
    "indexer",
    "scheduler",
    "web",
    "deltanews",
    "tests",
    "benchmarks",
    "docs",
    "deploy",
)


def is_drawer(path: Path) -> bool:
    return any(word in DRAWERS for part in path.parts for word in Path(part).stem.strip("_").split("_"))


def test_no_file_or_folder_is_a_drawer() -> None:
    paths = [path.relative_to(REPOSITORY) for folder in FOLDERS for path in (REPOSITORY / folder).rglob("*.py")]
    assert len(paths) > 50
    assert [str(path) for path in paths if is_drawer(path)] == []


@pytest.mark.parametrize(
    "name", ["crawler/utils.py", "archive/_base.py", "indexer/helpers/text.py", "tests/date_utils.py"]
)
def test_the_rule_sees_a_drawer(name: str) -> None:
    assert is_drawer(Path(name))


@pytest.mark.parametrize("name", ["archive/database.py", "crawler/discovery/html.py", "tests/repository/test_names.py"])
def test_the_rule_lets_a_good_name_pass(name: str) -> None:
    assert not is_drawer(Path(name))
