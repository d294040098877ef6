"""The command line as a user runs it: a process of its own, in an empty folder, without anybody's settings."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.database import Database
from archive.settings import ArchiveSettings
from tests.commands import COMMANDS_OF_THIS_PROCESS
from tests.deadline import DEADLINE

REPOSITORY = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Variables of a process that knows no settings but those that a test adds."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("DELTANEWS_")}
    home = tmp_path / "home"
    home.mkdir()
    return kept | {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "XDG_DATA_HOME": str(home / "data")}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Database]:
    """An archive of the test's own in ./archive."""
    database = Database.open(ArchiveSettings(directory=tmp_path / "archive"))
    yield database
    database.close()


@pytest.fixture
def run(tmp_path: Path, environment: dict[str, str]) -> Run:
    """Run `deltanews` with arguments and more variables; the working directory is tmp_path."""

    def run_command(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        if all(name.startswith("DELTANEWS_") for name in variables):
            return COMMANDS_OF_THIS_PROCESS.run(arguments, folder=tmp_path, environment=environment | variables)
        return subprocess.run(  # others may change how Python itself starts
            [sys.executable, "-m", "deltanews", *arguments],
            check=False,
            env=environment | {"PYTHONPATH": str(REPOSITORY)} | variables,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=DEADLINE,
        )

    return run_command
