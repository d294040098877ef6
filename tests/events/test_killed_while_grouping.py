"""Killed at any point, also amid a rebuild, grouping ends as if nobody had touched it."""

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from archive.corrections import CorrectionKind, add_correction
from archive.database import Database
from archive.schema import articles
from archive.settings import ArchiveSettings
from indexer.events.persistent.batches import start_rebuilding
from indexer.indexing import index_changes
from indexer.search.embedded.index import EmbeddedIndex
from indexer.settings import IndexerSettings
from tests.deadline import DEADLINE
from tests.events.reports import items
from tests.events.test_events_of_the_archive import outcome
from tests.outbox.archived import article_of, save
from tests.outbox.indexes import held

KILLS = 10


def fill(folder: Path) -> None:
    """Save all reports in an archive, with two corrections."""
    database = Database.open(ArchiveSettings(directory=folder))
    found = items()
    save(database, *map(article_of, found))
    with database.write() as connection:
        ids = {row.canonical_url: row.id for row in connection.execute(articles.select())}
        one, other, third = (item.url for item in found[:3])
        add_correction(connection, ids[one], CorrectionKind.SAME_EVENT, other, "test")
        add_correction(connection, ids[one], CorrectionKind.NOT_SAME_EVENT, third, "test")
    database.close()


def contents(folder: Path) -> tuple[Any, Any]:
    """Return the events of an archive and the documents of its index."""
    database = Database.open(ArchiveSettings(directory=folder))
    index = EmbeddedIndex(folder / "index", lock_seconds=DEADLINE)
    documents = {key: document.model_dump(exclude={"revision"}) for key, document in held(index).items()}
    found = outcome(database), documents
    index.close()
    database.close()
    return found


def start(folder: Path) -> subprocess.Popen[str]:
    """Return a process that indexes the archive and has begun."""
    environment = os.environ | {
        "DELTANEWS_ARCHIVE_DIRECTORY": str(folder),
        "DELTANEWS_INDEXER_DIRECTORY": str(folder / "index"),
    }
    command = [sys.executable, "-m", "tests.events.grouping_process"]
    process = subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_killed_at_any_point_it_ends_as_if_undisturbed(tmp_path: Path) -> None:
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    for folder in (calm, killed):
        fill(folder)
    index_changes(ArchiveSettings(directory=calm), IndexerSettings(directory=calm / "index"))

    rng = random.Random(1)
    interrupted = 0
    for number in range(KILLS):
        if number == KILLS // 2:
            database = Database.open(ArchiveSettings(directory=killed))
            start_rebuilding(database)
            database.close()
        process = start(killed)
        try:
            process.wait(timeout=rng.uniform(0.05, 0.8))
        except subprocess.TimeoutExpired:
            interrupted += 1
        process.kill()
        process.communicate()
    assert interrupted >= 2, "it was hardly ever at work when it was killed"
    with start(killed) as process:
        process.communicate()
    assert process.returncode == 0
    assert contents(killed) == contents(calm)
