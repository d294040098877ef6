"""Drill: the search index is taken away, closed, emptied or exchanged at random points of its runs.

Oracle: an archive with the same articles and changes whose index nobody touched. At the end of every round one plain
sequence of the commands that the messages name must lead to the same searchable stories, with no story given up.
"""

import random
from pathlib import Path

import pytest

from indexer.indexing import index_changes
from indexer.outbox.dead_letters import all_dead_letters
from tests.drills.drill import Drill
from tests.search.indexed_archive import IndexedArchive, Kind, an_indexed_archive
from tests.search.taking_away import FAULTS, GONE, NAMED, UNDO, Deed, index_in_the_alias_s_place, recover

ARTICLES = 1_100
"""Three writes of the outbox: something can happen before, between and after them."""

DEEDS: dict[str, tuple[Deed, ...]] = {
    "embedded": GONE["embedded"] + NAMED["embedded"],
    "elasticsearch": GONE["elasticsearch"] + NAMED["elasticsearch"] + FAULTS + (index_in_the_alias_s_place,),
}


class Course:
    """What changes in each round and when the index is taken away, the same for both houses."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.saved = 0

    def change(self, *houses: IndexedArchive) -> None:
        new = self.dice.choice([ARTICLES, self.dice.randint(1, 40)]) if self.saved else ARTICLES
        first, word = self.dice.randrange(max(1, self.saved)), self.dice.choice("乙丙丁戊己庚")
        changed = min(self.saved - first, self.dice.randint(0, 30))
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
    kind: Kind, tmp_path: Path, elasticsearch_url: str, drill: Drill
) -> None:
    course = Course(drill.dice)
    with (
        an_indexed_archive(tmp_path / "touched", kind, elasticsearch_url) as touched,
        an_indexed_archive(tmp_path / "untouched", "embedded", elasticsearch_url) as untouched,
    ):
        course.change(touched, untouched)
        touched.index()
        untouched.index()
        for _ in range(drill.rounds(10)):
            course.change(touched, untouched)
            deed, moment = drill.dice.choice(DEEDS[kind]), drill.dice.randint(0, 2)
            if not run_until(touched, deed, moment):
                deed(touched)
            if deed in UNDO:
                touched.index()  # a run that meets the fault as it stands
                UNDO[deed](touched)
            drill.tally[deed.__name__] += 1
            drill.tally.update(f"deltanews {command}" for command in recover(touched))
            untouched.index()
            assert searchable(touched) == searchable(untouched), (deed.__name__, moment)
            assert touched.held() == touched.archived()
            with touched.database.read() as connection:
                assert all_dead_letters(connection) == []
    drill.tally["stories"] = course.saved


def searchable(indexed: IndexedArchive) -> dict[str, tuple[str, str]]:
    """What a search finds, without what differs from run to run (the revision)."""
    index = indexed.open()
    index.refresh()
    found = {document.story_id: (document.title, document.body) for document in index.documents()}
    index.close()
    return found
