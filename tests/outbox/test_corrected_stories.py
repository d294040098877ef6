"""Corrections of stories: what a person says of two articles holds in whatever order it, and they, come."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.corrections import CorrectionKind, corrections_of
from archive.database import Database
from archive.settings import ArchiveSettings
from benchmarks.republications import stream
from indexer.corrections import CorrectionError, make_corrections, undo_corrections
from indexer.stories.constraints import Constraints
from indexer.stories.in_memory import cluster, story_id
from indexer.stories.item import Item
from indexer.stories.persistent import batches
from indexer.stories.persistent.batches import start_rebuilding
from tests.databases import only_sqlite
from tests.outbox.archived import article_of, cluster_all, expected, outcomes, save, story_rows
from tests.stories.reports import OTHER, REPORT, item, item_of

SAME, APART = CorrectionKind.SAME_STORY, CorrectionKind.NOT_SAME_STORY


def say(database: Database, one: Item, kind: CorrectionKind, other: Item) -> None:
    with database.write() as connection:
        make_corrections(connection, one.url, [(kind, other.url)], "editor")


def undo(database: Database, choose: Callable[[int], int]) -> None:
    """Undo one of the corrections of the archive."""
    with database.write() as connection:
        found = corrections_of(connection)
        if found:
            undo_corrections(connection, [found[choose(len(found))]])


def constraints(database: Database, items: Sequence[Item]) -> Constraints:
    """Return what the archive's corrections say, of articles by their places in `items`."""
    places = {one.url: place for place, one in enumerate(items)}
    with database.read() as connection:
        found = corrections_of(connection)
    same, apart = (
        [(places[one.url], places[one.value]) for one in found if one.kind is kind] for kind in (SAME, APART)
    )
    return Constraints(same, apart)


def together(database: Database) -> set[frozenset[str]]:
    return {frozenset(url[8:].split(".")[0] for url in outcome.urls) for outcome in outcomes(database)}


def groups(*names: str) -> set[frozenset[str]]:
    return {frozenset(group.split()) for group in names}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Database]]:
    """Open another empty archive each time."""
    opened: list[Database] = []

    def open_one() -> Database:
        opened.append(Database.open(ArchiveSettings(directory=tmp_path_factory.mktemp("archive"))))
        return opened[-1]

    yield open_one
    for database in opened:
        database.close()


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rng=st.randoms(use_true_random=False), seed=st.integers(0, 10_000), size=st.sampled_from((1, 3, 2000)))
def test_any_order_of_articles_and_corrections_makes_the_stories_of_memory(
    home: Callable[[], Database], rng: random.Random, seed: int, size: int
) -> None:
    items = [item_of(piece) for piece in stream(36, seed=seed, negatives=0.3)]
    alike = [story.items for story in cluster(items) if len(story.items) > 1]
    rng.shuffle(items)
    database, saved, waiting = home(), list[Item](), list(items)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "BATCH", size)
        while waiting:
            portion = rng.randint(1, 12)
            save(database, *(article_of(one) for one in waiting[:portion]))
            saved, waiting = saved + waiting[:portion], waiting[portion:]
            for _ in range(rng.randint(0, 4)):
                some = rng.sample(saved, 2) if len(saved) > 1 else []
                if alike and rng.random() < 0.6:
                    some = [one for one in rng.sample(rng.choice(alike), 2) if one in saved]
                if len(some) == 2:
                    with suppress(CorrectionError):  # what two others contradict
                        say(database, some[0], rng.choice((SAME, APART)), some[1])
            if rng.random() < 0.3:
                undo(database, rng.randrange)
            if rng.random() < 0.7:
                cluster_all(database)
        cluster_all(database)
    wanted = expected(cluster(items, constraints=constraints(database, items)))
    assert outcomes(database) == wanted


def test_two_stories_that_are_one_report_come_with_all_their_copies(database: Database) -> None:
    one, other = item(REPORT, name="one"), item(OTHER, name="other", hours=2, title="班列")
    copies = [item(REPORT, name="first-copy", hours=3), item(OTHER, name="other-copy", hours=4, title="班列")]
    save(database, *map(article_of, (one, other, *copies)))
    cluster_all(database)
    apart = outcomes(database)
    say(database, other, SAME, one)
    cluster_all(database)
    assert together(database) == groups("one other first-copy other-copy")
    assert story_rows(database)[story_id(other.url)].merged_into == story_id(one.url)
    undo(database, lambda _: 0)
    cluster_all(database)
    assert outcomes(database) == apart


@only_sqlite
def test_an_article_that_is_another_report_leaves_the_story_and_founds_its_own(database: Database) -> None:
    first, copy, third = (item(REPORT, name=name, hours=n) for n, name in enumerate(("first", "copy", "third")))
    save(database, *map(article_of, (first, copy, third)))
    cluster_all(database)
    say(database, third, APART, copy)
    cluster_all(database)
    assert together(database) == groups("first copy", "third")
    say(database, third, APART, first)
    cluster_all(database)
    assert together(database) == groups("first copy", "third")
    save(database, article_of(item(REPORT, name="late", hours=-1)))
    cluster_all(database)
    assert together(database) == groups("late first copy", "third")
    say(database, third, SAME, copy)  # the last word counts; that it is another one than the first still stands
    cluster_all(database)
    assert together(database) == groups("late first", "copy third")


@only_sqlite
def test_a_roundup_that_is_not_one_of_its_parts_does_not_join_the_other(database: Database) -> None:
    one, two = item(REPORT, name="one"), item(OTHER, name="two", title="班列")
    roundup = item(f"{REPORT}\n{OTHER}", name="roundup", hours=2, title="要闻")
    save(database, *map(article_of, (one, two, roundup)))
    say(database, roundup, APART, one)
    cluster_all(database)
    assert together(database) == groups("one", "two", "roundup")


@only_sqlite
def test_corrections_survive_a_rebuild_and_a_new_text(database: Database) -> None:
    one, other = item(REPORT, name="one"), item(OTHER, name="other", hours=900, title="班列")
    copy = item(REPORT, name="copy", hours=1)
    save(database, *map(article_of, (one, other, copy)))
    say(database, other, SAME, one)
    say(database, copy, APART, one)
    cluster_all(database)
    wanted = outcomes(database)
    assert together(database) == groups("one other", "copy")
    start_rebuilding(database)
    cluster_all(database)
    assert outcomes(database) == wanted
    save(database, article_of(copy, body=f"{REPORT}（完）"), article_of(other, body=f"{OTHER}（完）"))
    cluster_all(database)
    assert together(database) == groups("one other", "copy")
