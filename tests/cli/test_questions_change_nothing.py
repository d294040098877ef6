"""Who asks changes nothing: no archive comes to be, and permission to read one is enough."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.article import Level
from archive.articles import save_article
from archive.database import Database
from archive.settings import ArchiveSettings
from tests.cli.conftest import REPOSITORY, Run
from tests.cli.test_status import article
from tests.deadline import DEADLINE

QUESTIONS = [("status",), ("doctor",), ("archive", "export")]


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_where_there_is_no_archive_none_is_created(question: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    done = run(*question, DELTANEWS_ARCHIVE_DIRECTORY="archive")
    assert done.returncode == 0, done.stderr
    assert sorted(tmp_path.rglob("*")) == before


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """A folder with an archive that may be read and not written to."""
    folder = tmp_path / "closed"
    database = Database.open(ArchiveSettings(directory=folder))
    with database.write() as connection:
        save_article(connection, article(1, Level.CORE), page_id=None)
    database.close()
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)


def close(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)


def without_rights(*words: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command as a user to whom permissions apply; root's own capabilities are put down."""
    prefix = [shutil.which("setpriv") or "setpriv", "--bounding-set=-all"] if os.geteuid() == 0 else []
    return subprocess.run(
        [*prefix, sys.executable, "-m", "deltanews", *words],
        env=environment | {"PYTHONPATH": str(REPOSITORY), "DELTANEWS_ARCHIVE_DIRECTORY": str(folder)},
        check=False, capture_output=True, text=True, timeout=DEADLINE,
    )  # fmt: skip


@pytest.mark.parametrize("at_work", [False, True], ids=["nobody writes", "a writer is connected"])
@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_permission_to_read_is_enough(
    question: tuple[str, ...], at_work: bool, closed: Path, environment: dict[str, str]
) -> None:
    writer = Database.open(ArchiveSettings(directory=closed))
    with writer.write() as connection:
        save_article(connection, article(2, Level.CORE), page_id=None)
    if not at_work:
        writer.close()
    close(closed)
    as_json = () if question[0] == "archive" else ("--json",)
    done = without_rights(*question, *as_json, folder=closed, environment=environment)
    writer.close()
    told = [json.loads(line) for line in done.stdout.splitlines()]
    if question == ("status",):
        assert {"kind": "total", "name": "articles", "count": 2} in told
    elif question == ("doctor",):
        states = {check["name"]: check["state"] for check in told}
        assert (states["database"], states["folder"], states["clock"]) == ("ok", "warning", "ok")
    else:
        assert len(told) == 2
    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or question == ("doctor",)  # the index, which is not there, cannot be created either


def test_stories_are_searched_and_shown_by_who_may_only_read(
    closed: Path, environment: dict[str, str], run: Run
) -> None:
    assert run("index", DELTANEWS_ARCHIVE_DIRECTORY=str(closed)).returncode == 0
    close(closed)
    found = without_rights("search", "--json", folder=closed, environment=environment)
    assert (found.returncode, found.stderr) == (0, "")
    [story] = [json.loads(line) for line in found.stdout.splitlines()]
    shown = without_rights("story", story["story_id"], folder=closed, environment=environment)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "https://news.example/1" in shown.stdout
