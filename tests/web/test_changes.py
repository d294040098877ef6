"""Changes since a place: every story that is new, changed or withdrawn is told, whenever a reader asks."""

import random
from collections import Counter
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select, update

from archive.story_tables import stories
from indexer.settings import IndexerSettings
from tests.search.indexed_archive import IndexedArchive
from tests.web.conftest import serving
from tests.web.following import follow_through_kills


@pytest.fixture
def followed(tmp_path: Path) -> IndexedArchive:
    return IndexedArchive(tmp_path, IndexerSettings(directory=tmp_path / "index"))


class Follower:
    """A program that keeps a copy of all stories by what it is told of changes."""

    def __init__(self, site: str, limit: int) -> None:
        self.site = site
        self.limit = limit
        self.place = "0"
        self.held: dict[str, int] = {}

    def ask(self) -> bool:
        """Ask once; return whether there is more."""
        query = {"since": self.place, "limit": str(self.limit)}
        answer = httpx.get(f"{self.site}/api/v1/changes", params=query).raise_for_status().json()
        for change in answer["changes"]:
            if change["withdrawn"]:
                self.held.pop(change["story_id"], None)
            else:
                self.held[change["story_id"]] = change["story"]["revision"]
        self.place = answer["next"]
        more: bool = answer["has_more"]
        return more


def test_who_follows_holds_what_the_archive_holds(followed: IndexedArchive) -> None:
    """Articles come, change and go between any two questions, and a page ends anywhere."""
    dice = random.Random(11)
    with serving((followed.archive, followed.indexer)) as site:
        follower, late = Follower(site, 3), Follower(site, 100)
        for number in range(12):
            match dice.choice(("add", "add", "change", "drop")):
                case "add":
                    followed.add(3 * number, 3)
                case "change":
                    followed.add(dice.randrange(3 * number + 1), 2, word="乙")
                case _:
                    followed.drop(dice.randrange(3 * number + 1))
            follower.ask()
        while follower.ask():
            pass
        while late.ask():
            pass
        assert follower.held == late.held == followed.archived()
        assert follower.held
        assert not follower.ask(), "nothing is told twice unless it changed again"


def test_a_clock_that_is_set_back_hides_no_change(followed: IndexedArchive) -> None:
    followed.add(0, 2)
    with followed.database.write() as connection:  # as if they had been made in the far future
        connection.execute(update(stories).values(revision=stories.c.revision + 10**12))
    with serving((followed.archive, followed.indexer)) as site:
        follower = Follower(site, 100)
        follower.ask()
        followed.add(10, 1)
        follower.ask()
    assert follower.held == followed.archived()


def test_a_withdrawn_story_is_named_with_what_it_is_part_of(followed: IndexedArchive) -> None:
    followed.add(0, 2)
    with followed.database.read() as connection:
        gone, kept = connection.scalars(select(stories.c.story_id)).all()
    followed.drop(0)
    with serving((followed.archive, followed.indexer)) as site:
        answer = httpx.get(f"{site}/api/v1/changes").json()
    told = {change["story_id"]: change["withdrawn"] for change in answer["changes"]}
    assert sorted(told) == sorted((gone, kept))
    assert sorted(told.values()) == [False, True]


def test_a_place_that_never_was_is_told(followed: IndexedArchive) -> None:
    followed.add(0, 1)
    with serving((followed.archive, followed.indexer)) as site:
        assert httpx.get(f"{site}/api/v1/changes?since=99").status_code == 410
        for wrong in ("x", "-1", "1.5"):
            assert httpx.get(f"{site}/api/v1/changes", params={"since": wrong}).status_code == 400


def test_every_change_is_told_whichever_side_is_killed(tmp_path: Path) -> None:
    tally = Counter[str]()
    follow_through_kills(tmp_path, random.Random(5), tally, kills=4)
    assert tally["servers killed"]
    assert tally["clients killed"]
