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
from indexer.search.embedded.index import EmbeddedIndex
from tests.cli.conftest import REPOSITORY, Run
from tests.cli.test_status import article
from tests.deadline import DEADLINE
from tests.search.corpus import story

URL = "https://news.example/1"
QUESTIONS = [
    ("status",),
    ("why",),
    ("runs",),
    ("why", URL),
    ("doctor",),
    ("health",),
    ("archive", "export"),
    ("deadletters", "list"),
    ("dedupe", "--explain", URL, URL),
    ("reclassify", "--dry-run"),
    ("reextract", "--dry-run"),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_where_there_is_no_archive_none_is_created(question: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    done = run(*question, DELTANEWS_ARCHIVE_DIRECTORY="archive")
    assert done.returncode == (2 if question[0] == "dedupe" else 0), done.stderr
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
    open_again(folder)


def close(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)


def open_again(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)


def as_somebody(command: list[str]) -> list[str]:
    prefix = [shutil.which("setpriv") or "setpriv", "--bounding-set=-all"] if os.geteuid() == 0 else []
    return [*prefix, *command]


def without_rights(*words: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command as a user to whom permissions apply; root's own capabilities are put down."""
    return subprocess.run(
        as_somebody([sys.executable, "-m", "deltanews", *words]),
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
    elif question == ("archive", "export"):
        assert len(told) == 2
    assert "Traceback" not in done.stderr
    # The index, which is not there, cannot be created either; what is not indexed is not well.
    assert done.returncode == 0 or question in {("doctor",), ("health",)}


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


def test_an_index_that_is_merely_not_writable_is_a_warning_to_who_may_only_read(
    closed: Path, environment: dict[str, str], run: Run
) -> None:
    assert run("index", DELTANEWS_ARCHIVE_DIRECTORY=str(closed)).returncode == 0

    def state() -> tuple[int, str]:
        done = without_rights("doctor", "--json", folder=closed, environment=environment)
        checks = {check["name"]: check for check in map(json.loads, done.stdout.splitlines())}
        assert "not writable" in checks["index: embedded index"]["finding"]
        return done.returncode, checks["index: embedded index"]["state"]

    close(closed / "index")
    (closed / "index").chmod(0o555)
    assert state() == (1, "broken"), "whoever writes the archive must write the index"
    close(closed)
    assert state() == (0, "warning")


READER = """
import sys
from pathlib import Path
from indexer.search.embedded.index import EmbeddedIndex
index = EmbeddedIndex(Path(sys.argv[1]))
for _ in sys.stdin:
    print(index.count(), flush=True)
"""


def test_a_reader_without_rights_sees_every_commit_while_a_writer_merges(tmp_path: Path) -> None:
    index = EmbeddedIndex(tmp_path / "index")
    index.write([story("first", "smg", "2026-11-20T08:00", "长三角", "正文")])
    close(tmp_path / "index")
    command = as_somebody([sys.executable, "-c", READER, str(tmp_path / "index")])
    reader = subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": str(REPOSITORY)}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert reader.stdin
    assert reader.stdout
    for number in range(40):  # tantivy merges eight segments into one, and removes them
        open_again(tmp_path / "index")
        index.write([story(f"s{number}", "smg", "2026-11-20T08:00", "长三角", "正文")])
        close(tmp_path / "index")
        reader.stdin.write("\n")
        reader.stdin.flush()
        assert reader.stdout.readline() == f"{number + 2}\n", reader.stderr and reader.stderr.read()
    reader.communicate()
    open_again(tmp_path / "index")
