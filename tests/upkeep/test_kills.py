"""SIGKILL at random steps of a back-up and of forgetting: what is left in the end is what an undisturbed run gives."""

import json
import random
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import REPOSITORY
from tests.upkeep.written_archive import WrittenArchive, address, text

KILLS = 3
"""Of each command."""


class Runner:
    """A process that runs commands and kills them."""

    def __init__(self) -> None:
        seed = uuid.uuid4().int
        print(f"seed {seed}")  # pytest shows it where the test fails
        self.dice = random.Random(seed)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.upkeep.killed_commands"],
            cwd=REPOSITORY, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def run(self, archive: WrittenArchive, *words: str, at: int | None = None) -> int:
        """Run a command and kill it at a step; return how many it made."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"words": words, "variables": archive.variables, "at": at}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert answer["status"] == (0 if at is None else -9)
        return int(answer["steps"])

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture
def runner() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.close()


def copied(archive: WrittenArchive, folder: Path) -> WrittenArchive:
    shutil.copytree(archive.settings.directory.parent, folder)
    return WrittenArchive(folder)


def test_a_killed_backup_leaves_the_one_before_or_is_whole(
    archive: WrittenArchive, runner: Runner, tmp_path: Path
) -> None:
    archive.write(1, 2)
    archive.write(3)
    backup = archive.settings.directory.parent / "backup"
    archive.tell("archive", "backup", str(backup))
    archive.write(4)
    steps = runner.run(
        copied(archive, tmp_path / "undisturbed"), "archive", "backup", str(tmp_path / "undisturbed/backup")
    )
    stored = [{address(number): text(number) for number in range(1, last + 1)} for last in (3, 4)]
    for at in runner.dice.sample(range(1, steps + 1), KILLS):
        killed = copied(archive, tmp_path / f"killed at {at}")
        folder = killed.settings.directory.parent / "backup"
        runner.run(killed, "archive", "backup", str(folder), at=at)
        for time in ("first", "second"):
            restored = WrittenArchive(tmp_path / f"restored {at} {time}")
            restored.tell("archive", "restore", str(folder))
            assert restored.pages() == restored.articles()
            assert restored.articles() in stored[time == "second" :]
            killed.tell("archive", "backup", str(folder))


def test_killed_forgetting_is_finished_at_the_next_start(
    archive: WrittenArchive, runner: Runner, tmp_path: Path
) -> None:
    archive.write(1, 2, 3)
    archive.write(4, 5)
    archive.write(6, body=text(2) + "本台编辑。")
    archive.tell("index")
    undisturbed = copied(archive, tmp_path / "undisturbed")
    steps = runner.run(undisturbed, "archive", "forget", address(2))
    expected = {address(number): text(number) for number in (1, 3, 4, 5)} | {address(6): text(2) + "本台编辑。"}
    assert undisturbed.searchable() == undisturbed.articles() == undisturbed.pages() == expected
    for at in runner.dice.sample(range(1, steps + 1), KILLS):
        killed = copied(archive, tmp_path / f"killed at {at}")
        runner.run(killed, "archive", "forget", address(2), at=at)
        marked = address(2) not in killed.articles() or bool(killed.marks())
        killed.tell("index")
        if not marked:  # it was killed before it had begun
            killed.tell("archive", "forget", address(2))
        assert killed.searchable() == killed.articles() == killed.pages() == expected
        assert killed.marks() == []
        assert len(list(killed.settings.pages.rglob("*.warc.gz*"))) == len(killed.warc_files())
