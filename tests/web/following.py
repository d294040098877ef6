"""Following `changes` while either side is killed: a server and a program that writes down what it is told.

Both are processes, forked from one that has imported everything, so that a kill costs no start of Python. The program
writes what an answer tells to its journal, and only then its place. The oracle is the archive: whatever changed in a
round must stand in the journal, as it was when the round ended. A few kills are a test (`test_changes.py`), many are a
drill (`tests/drills/test_changes_followed.py`).
"""

import json
import multiprocessing
import os
import random
import socket
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import httpx
from sqlalchemy import func, select

from archive.settings import ArchiveSettings
from archive.story_tables import story_changes
from indexer.search.opening import open_search_index
from indexer.settings import IndexerSettings
from tests.deadline import PAUSE, wait_until
from tests.search.indexed_archive import IndexedArchive
from web.reading import Reading
from web.server import listen, serve
from web.settings import WebSettings

Told = tuple[str, int | None]
"""A story's id and revision; None where it was withdrawn."""


def serve_changes(archive: ArchiveSettings, indexer: IndexerSettings, port: int) -> None:
    """Serve the API, until it is killed."""
    settings = WebSettings(port=port, requests_per_minute=10**9)
    with listen(settings) as listening:
        serve(settings, listening, Reading(archive, open_search_index(indexer)))


def follow(port: int, folder: Path, limit: int) -> None:
    """Ask for changes for ever; write them to the journal, then the place that they reach to."""
    place, journal = folder / "place", folder / "journal"
    since = place.read_text() if place.exists() else "0"
    with journal.open("a", encoding="utf-8") as lines, httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        lines.write("\n")  # what a kill cut off stays a line of its own
        while True:
            try:
                query = {"since": since, "limit": str(limit)}
                answer = client.get("/api/v1/changes", params=query).raise_for_status().json()
            except httpx.TransportError:
                time.sleep(PAUSE)
                continue
            for one in answer["changes"]:
                lines.write(
                    json.dumps([one["story_id"], None if one["withdrawn"] else one["story"]["revision"]]) + "\n"
                )
            lines.flush()
            os.fsync(lines.fileno())
            since = answer["next"]
            (folder / "place.new").write_text(since)
            (folder / "place.new").replace(place)
            if not answer["has_more"]:
                time.sleep(PAUSE)


class Journal:
    """What the program wrote down."""

    def __init__(self, folder: Path) -> None:
        self._journal, self._place = folder / "journal", folder / "place"

    @property
    def told(self) -> list[Told]:
        found: list[Told] = []
        for line in self._journal.read_text(encoding="utf-8").splitlines() if self._journal.exists() else ():
            with suppress(ValueError):  # cut off by a kill
                story_id, revision = json.loads(line)
                found.append((story_id, revision))
        return found

    @property
    def place(self) -> int:
        return int(self._place.read_text()) if self._place.exists() else 0


class Sides:
    """The two processes."""

    def __init__(self, house: IndexedArchive, folder: Path) -> None:
        self._processes = multiprocessing.get_context("forkserver")
        self._processes.set_forkserver_preload([__name__])
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self._jobs: dict[str, tuple[Callable[..., None], tuple[object, ...]]] = {
            "server": (serve_changes, (house.archive, house.indexer, port)),
            "client": (follow, (port, folder, 2)),
        }
        self._running = {side: self._started(side) for side in self._jobs}

    def kill(self, side: str) -> None:
        """Kill one of them with SIGKILL, and start it again."""
        self._end(side)
        self._running[side] = self._started(side)

    def end(self) -> None:
        for side in self._running:
            self._end(side)

    def _started(self, side: str) -> multiprocessing.process.BaseProcess:
        job, arguments = self._jobs[side]
        process = self._processes.Process(target=job, args=arguments, daemon=True)
        process.start()
        return process

    def _end(self, side: str) -> None:
        self._running[side].kill()
        self._running[side].join()


def follow_through_kills(folder: Path, dice: random.Random, tally: Counter[str], *, kills: int) -> None:
    """Change the archive, kill a side in the middle of the telling, and look whether everything was told; so often."""
    house = IndexedArchive(folder, IndexerSettings(directory=folder / "index"))
    journal, sides, numbers = Journal(folder), Sides(house, folder), 0
    try:
        for _ in range(kills):
            before, written = house.archived(), len(journal.told)
            side, after_lines = dice.choice(("server", "client")), dice.randint(0, 6)
            killer = Thread(target=_kill_after, args=(sides, side, journal, written + after_lines))
            killer.start()
            numbers = _change(house, dice, numbers)
            killer.join()
            wait_until(lambda: journal.place >= _newest(house), "the program has caught up")
            after = house.archived()
            changed: set[Told] = {
                (story, revision) for story, revision in after.items() if before.get(story) != revision
            }
            changed |= {(story, None) for story in before.keys() - after.keys()}
            told = journal.told
            assert changed <= set(told[written:])
            tally.update({f"{side}s killed": 1, "changes": len(changed), "told twice": _repeated(told[written:])})
        held = dict(journal.told)
        assert {story: revision for story, revision in held.items() if revision is not None} == house.archived()
    finally:
        sides.end()
        house.database.close()


def _kill_after(sides: Sides, side: str, journal: Journal, lines: int) -> None:
    wait_until(lambda: len(journal.told) >= lines, "the program is told of changes")
    sides.kill(side)


def _change(house: IndexedArchive, dice: random.Random, numbers: int) -> int:
    """Change the archive so that at least six stories do; return how many articles it has by now."""
    house.add(numbers, dice.randint(6, 9))
    for _ in range(dice.randint(0, 2)):
        if dice.random() < 0.5:
            house.add(dice.randrange(numbers + 1), dice.randint(1, 4), word=dice.choice("乙丙丁"))
        else:
            house.drop(dice.randrange(numbers + 1))
    return numbers + 9


def _newest(house: IndexedArchive) -> int:
    with house.database.read() as connection:
        return connection.scalar(select(func.max(story_changes.c.seq))) or 0


def _repeated(told: list[Told]) -> int:
    return len(told) - len(set(told))
