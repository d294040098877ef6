import os
import random
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from archive.database import Database
from archive.settings import ArchiveSettings
from benchmarks.republications import stream
from indexer.indexing import index_changes
from indexer.search.embedded.index import EmbeddedIndex
from indexer.settings import IndexerSettings
from indexer.stories.in_memory import cluster
from indexer.stories.item import Item
from tests.deadline import DEADLINE
from tests.outbox.archived import article_of, expected, outcomes, save
from tests.outbox.indexes import held
from tests.stories.reports import item_of

KILLS = 8
STEPS = 3
"""Less than so many has a process done when it is killed: the folding is one, and so is each write of 500 stories."""


def start(folder: Path) -> subprocess.Popen[str]:
    environment = os.environ | {
        "DELTANEWS_ARCHIVE_DIRECTORY": str(folder),
        "DELTANEWS_INDEXER_DIRECTORY": str(folder / "index"),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.outbox.indexing_process"], env=environment, text=True, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def fill(folder: Path, items: list[Item]) -> None:
    database = Database.open(ArchiveSettings(directory=folder))
    save(database, *(article_of(item) for item in items))
    database.close()


def contents(folder: Path) -> tuple[Any, Any]:
    database = Database.open(ArchiveSettings(directory=folder))
    index = EmbeddedIndex(folder / "index", lock_seconds=DEADLINE)
    documents = {key: document.model_dump(exclude={"revision"}) for key, document in held(index).items()}
    found = outcomes(database), documents
    index.close()
    database.close()
    return found


def test_killed_at_any_point_it_ends_as_if_undisturbed(tmp_path: Path) -> None:
    items = [item_of(piece) for piece in stream(900, seed=8, per_day=60)]
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    for folder in (calm, killed):
        fill(folder, items)
    index_changes(ArchiveSettings(directory=calm), IndexerSettings(directory=calm / "index"))

    dice = random.Random(1)
    interrupted = 0
    for _ in range(KILLS):
        process = start(killed)
        assert process.stdout is not None
        done = [process.stdout.readline() for _ in range(dice.randrange(STEPS))]
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=dice.uniform(0, 0.1))  # somewhere within the next step
        process.kill()
        process.communicate()
        interrupted += process.returncode == -signal.SIGKILL and all(done)
    assert interrupted >= 2, "it was hardly ever at work when it was killed"
    with start(killed) as process:
        process.communicate()
    assert process.returncode == 0

    assert contents(killed) == contents(calm)
    assert contents(killed)[0] == expected(cluster(items))


def test_two_processes_take_turns(tmp_path: Path) -> None:
    items = [item_of(piece) for piece in stream(300, seed=9, per_day=60)]
    fill(tmp_path, items)
    processes = [start(tmp_path), start(tmp_path)]
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    stories, documents = contents(tmp_path)
    assert stories == expected(cluster(items))
    assert documents.keys() == {story.story_id for story in stories}
