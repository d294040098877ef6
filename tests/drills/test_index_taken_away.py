"""Drill: the search index is taken away, closed, emptied or exchanged at random points of its runs.

Oracle: an archive with the same articles and changes whose index nobody touched. At the end of every round one plain
sequence of the commands that the messages name must lead to the same searchable stories, with no story given up.
`DRILL_SEED` chooses another course (printed in the summary), `DRILL_ROUNDS` a longer one.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.indexing import index_changes
from indexer.outbox.dead_letters import all_dead_letters
from tests.elasticsearch_node.running import running_elasticsearch
from tests.search.indexed_archive import IndexedArchive, Kind, an_indexed_archive
from tests.search.taking_away import FAULTS, GONE, NAMED, UNDO, Deed, index_in_the_alias_s_place, recover

SEED = int(os.environ.get("DRILL_SEED", "14"))
ROUNDS = int(os.environ.get("DRILL_ROUNDS", "10"))
ARTICLES = 1_100
"""Three writes of the outbox: something can happen before, between and after them."""

DEEDS: dict[str, tuple[Deed, ...]] = {
    "embedded": GONE["embedded"] + NAMED["embedded"],
    "elasticsearch": GONE["elasticsearch"] + NAMED["elasticsearch"] + FAULTS + (index_in_the_alias_s_place,),
}


@pytest.fixture(scope="module")
def elasticsearch_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_elasticsearch(tmp_path_factory) as url:
        yield url


class Course:
    """What changes in each round and when the index is taken away, the same for both houses."""

    def __init__(self, kind: Kind) -> None:
        self.chance = random.Random(f"{SEED} {kind}")
        self.saved = 0

    def change(self, *houses: IndexedArchive) -> None:
        new = self.chance.choice([ARTICLES, self.chance.randint(1, 40)]) if self.saved else ARTICLES
        first, word = self.chance.randrange(max(1, self.saved)), self.chance.choice("乙丙丁戊己庚")
        changed = min(self.saved - first, self.chance.randint(0, 30))
        for indexed in houses:
            indexed.save(self.saved, new)
            if changed > 0:
                indexed.save(first, changed, word)
        self.saved += new


def run_until(indexed: IndexedArchive, deed: Deed, moment: int) -> bool:
    """Index, and do the deed before the run (0) or after so many writes; return whether it came to it."""
    writes = 0

    def written(_: int) -> None:
        nonlocal writes
        writes += 1
        if writes == moment:
            deed(indexed)

    if moment == 0:
        deed(indexed)
    index_changes(indexed.archive, indexed.indexer, writing=written)
    return moment == 0 or writes >= moment


@pytest.mark.parametrize("kind", ["embedded", "elasticsearch"])
def test_an_index_taken_away_at_random_ends_like_one_that_nobody_touched(
    kind: Kind, tmp_path: Path, elasticsearch_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    course, met, commands = Course(kind), Counter[str](), Counter[str]()
    with (
        an_indexed_archive(tmp_path / "touched", kind, elasticsearch_url) as touched,
        an_indexed_archive(tmp_path / "untouched", "embedded", elasticsearch_url) as untouched,
    ):
        course.change(touched, untouched)
        touched.index()
        untouched.index()
        for _ in range(ROUNDS):
            course.change(touched, untouched)
            deed, moment = course.chance.choice(DEEDS[kind]), course.chance.randint(0, 2)
            if not run_until(touched, deed, moment):
                deed(touched)
            if deed in UNDO:
                touched.index()  # a run that meets the fault as it stands
                UNDO[deed](touched)
            met[deed.__name__] += 1
            commands.update(recover(touched))
            untouched.index()
            assert searchable(touched) == searchable(untouched), (SEED, deed.__name__, moment)
            assert touched.held() == touched.archived()
            with touched.database.read() as connection:
                assert all_dead_letters(connection) == []
    with capsys.disabled():
        print(f"\n{kind}, seed {SEED}: {course.saved:,} stories; {dict(met)}; commands {dict(commands)}")


def searchable(indexed: IndexedArchive) -> dict[str, tuple[str, str]]:
    """What a search finds, without what differs from run to run (the revision)."""
    index = indexed.open()
    index.refresh()
    found = {document.story_id: (document.title, document.body) for document in index.documents()}
    index.close()
    return found
