"""SIGKILL at random steps of a back-up and of forgetting: what is left in the end is what an undisturbed run gives.

A few kills are a test (`test_kills.py`), many are a drill (`tests/drills/test_upkeep_kills.py`).
"""

import json
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.cli.conftest import REPOSITORY
from tests.upkeep.written_archive import WrittenArchive, address, text

COPY = text(2) + "本台编辑。"


class Runner:
    """A process that runs commands and kills them."""

    def __init__(self) -> None:
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
        """End it."""
        self._process.communicate()


def _copied(archive: WrittenArchive, folder: Path) -> WrittenArchive:
    shutil.copytree(archive.settings.directory.parent, folder)
    return WrittenArchive(folder)


def _points(steps: int, dice: random.Random, kills: int) -> Iterator[int]:
    """Give random steps of so many, each once before any comes again."""
    while kills > 0:
        yield from dice.sample(range(1, steps + 1), min(kills, steps))
        kills -= steps


def kill_backups(runner: Runner, folder: Path, dice: random.Random, tally: Counter[str], *, kills: int) -> None:
    """Kill so many back-ups, each onto one that is whole; what is restored is that one or the new one."""
    archive = WrittenArchive(folder / "archive")
    archive.write(1, 2)
    archive.write(3)
    archive.tell("archive", "backup", str(folder / "archive" / "backup"))
    archive.write(4)
    stored = [{address(number): text(number) for number in range(1, last + 1)} for last in (3, 4)]
    undisturbed = _copied(archive, folder / "undisturbed")
    steps = runner.run(undisturbed, "archive", "backup", str(folder / "undisturbed" / "backup"))
    for number, at in enumerate(_points(steps, dice, kills)):
        killed = _copied(archive, folder / str(number))
        backup = folder / str(number) / "backup"
        runner.run(killed, "archive", "backup", str(backup), at=at)
        for attempt in (0, 1):
            restored = WrittenArchive(folder / str(number) / f"restored {attempt}")
            restored.tell("archive", "restore", str(backup))
            assert restored.pages() == restored.articles()
            assert restored.articles() in stored[attempt:]
            killed.tell("archive", "backup", str(backup))
        assert len(list(backup.rglob("*"))) == len(list((folder / "undisturbed" / "backup").rglob("*")))
        shutil.rmtree(folder / str(number))
        tally["back-ups killed"] += 1


def kill_forgetting(runner: Runner, folder: Path, dice: random.Random, tally: Counter[str], *, kills: int) -> None:
    """Kill so many commands that forget an article with a copy; the next start finishes what had begun."""
    archive = WrittenArchive(folder / "archive")
    archive.write(1, 2, 3)
    archive.write(4, 5)
    archive.write(6, body=COPY)
    archive.tell("index")
    undisturbed = _copied(archive, folder / "undisturbed")
    expected = {address(number): text(number) for number in (1, 3, 4, 5)} | {address(6): COPY}
    steps = runner.run(undisturbed, "archive", "forget", address(2))
    assert undisturbed.searchable() == undisturbed.articles() == undisturbed.pages() == expected
    for number, at in enumerate(_points(steps, dice, kills)):
        killed = _copied(archive, folder / str(number))
        runner.run(killed, "archive", "forget", address(2), at=at)
        has_begun = address(2) not in killed.articles() or bool(killed.marks())
        killed.tell("index")
        if not has_begun:
            killed.tell("archive", "forget", address(2))
        assert killed.searchable() == killed.articles() == killed.pages() == expected
        assert killed.marks() == []
        assert len(list(killed.settings.pages.rglob("*.warc.gz*"))) == len(killed.warc_files())
        shutil.rmtree(folder / str(number))
        tally.update({"forgettings killed": 1, "of them before they had begun": not has_begun})
