"""Events of the archive: those of grouping everything at once, in whatever order the articles came."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from archive.article import Level
from archive.articles import save_article
from archive.database import Database
from archive.event_tables import event_queue, event_stories, events
from archive.forgetting import forget
from archive.schema import articles
from archive.story_tables import outbox, stories, story_articles
from core.time import in_shanghai
from indexer.events.event_view import find_event
from indexer.events.in_memory import find_events, report_of_story
from indexer.events.listing import list_events
from indexer.events.persistent import batches
from indexer.events.persistent.batches import group_changes, start_rebuilding
from indexer.stories.in_memory import cluster
from indexer.stories.item import Item
from indexer.stories.persistent.batches import register_index
from tests.events.new_database import NewDatabase
from tests.events.reports import items
from tests.outbox.archived import article_of, cluster_all, save
from web.days import newest_day

Outcome = set[tuple[str, frozenset[str]]]
"""Each event: its id and the addresses of all articles in it."""


def expected(found: list[Item]) -> Outcome:
    by_id = {story.id: story for story in cluster(found)}
    return {
        (event.id, frozenset(item.url for report in event.reports for item in by_id[report.key].items))
        for event in find_events(map(report_of_story, by_id.values()))
    }


def outcome(database: Database) -> Outcome:
    with database.read() as connection:
        ids = {
            row.first_story: row.event_id
            for row in connection.execute(select(events).where(events.c.deleted.is_(False)))
        }
        members: dict[int, set[str]] = {}
        query = (
            select(event_stories.c.first_story, articles.c.canonical_url)
            .join(story_articles, story_articles.c.representative_id == event_stories.c.number)
            .join(articles, articles.c.id == story_articles.c.article_id)
        )
        for row in connection.execute(query):
            members.setdefault(row.first_story, set()).add(row.canonical_url)
        sizes = {
            row.first_story: row.story_count
            for row in connection.execute(select(events).where(events.c.deleted.is_(False)))
        }
        for first_story in members:
            counted = connection.execute(select(event_stories).where(event_stories.c.first_story == first_story)).all()
            assert sizes[first_story] == len(counted)
        assert ids.keys() == members.keys()
        return {(ids[first_story], frozenset(urls)) for first_story, urls in members.items()}


def index(database: Database, *found: Item) -> None:
    save(database, *map(article_of, found))
    cluster_all(database)
    group_changes(database)


@contextmanager
def batches_of(size: int) -> Iterator[None]:
    """Work off so many stories a transaction."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "BATCH", size)
        yield


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rng=st.randoms(use_true_random=False), portions=st.integers(1, 6), size=st.sampled_from((2, 7, 500)))
def test_any_order_in_any_portions_makes_the_same_events(
    new_database: NewDatabase, rng: random.Random, portions: int, size: int
) -> None:
    found = items()
    rng.shuffle(found)
    database = new_database()
    with batches_of(size):
        for part in range(portions):
            index(database, *found[part::portions])
    assert outcome(database) == expected(items())


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rng=st.randoms(use_true_random=False), size=st.sampled_from((2, 500)))
def test_changed_and_withdrawn_articles_leave_nothing_behind(
    new_database: NewDatabase, rng: random.Random, size: int
) -> None:
    found = items()
    rng.shuffle(found)
    database = new_database()
    index(database, *found)
    changed = {
        place: replace(found[place], body=found[(place + 7) % len(found)].body)
        for place in rng.sample(range(len(found)), 6)
    }
    gone = rng.sample(range(len(found)), 5)
    save(database, *(article_of(item) for item in changed.values()))
    save(database, *(article_of(changed.get(place, found[place]), level=Level.MENTION) for place in gone))
    cluster_all(database)
    with batches_of(size):
        group_changes(database)
    kept = [changed.get(place, item) for place, item in enumerate(found) if place not in gone]
    assert outcome(database) == expected(kept)


def test_a_rebuild_finds_the_same_events_with_the_same_ids(database: Database) -> None:
    index(database, *items())
    before = outcome(database)
    start_rebuilding(database)
    group_changes(database)
    assert outcome(database) == before == expected(items())
    with database.read() as connection:
        assert not connection.execute(select(events).where(events.c.deleted.is_(True))).all()


def test_an_earlier_report_gives_its_event_its_id_and_the_old_one_points_to_it(database: Database) -> None:
    first, *later = sorted((item for item in items() if "a03-" in item.url), key=lambda item: item.rank)
    index(database, *later)
    [(old, _)] = [found for found in outcome(database) if later[0].url in found[1]]
    index(database, first)
    [(new, _)] = [found for found in outcome(database) if first.url in found[1]]
    assert old != new
    with database.read() as connection:
        row = connection.execute(select(events).where(events.c.event_id == old)).one()
    assert (row.deleted, row.merged_into) == (True, new)


def test_a_story_is_written_again_when_its_event_grows(database: Database) -> None:
    register_index(database, "test")
    first, second, *_ = sorted((item for item in items() if "a03-" in item.url), key=lambda item: item.rank)
    index(database, first)
    with database.write() as connection:
        connection.execute(outbox.delete())
    index(database, second)
    with database.read() as connection:
        waiting = {row.story_id: row.revision for row in connection.execute(select(outbox))}
        assert waiting == {row.story_id: row.revision for row in connection.execute(select(stories))}
        assert len(waiting) == 2
        assert not connection.execute(select(event_queue)).all()


def test_an_event_is_as_new_as_the_original_of_its_last_report(database: Database) -> None:
    told = replace(items()[0], source="江苏网", source_title="江苏网", credit=None)
    assert told.published_at is not None
    before = told.published_at - timedelta(days=2)
    copy = replace(told, url="https://copy.example/a", source="某网", credit="江苏网", published_at=before)
    index(database, copy)
    index(database, told)
    with database.read() as connection:
        [event] = list_events(connection, since=told.published_at)
        assert event.reports[0].original.canonical_url == told.url
        assert newest_day(connection) == in_shanghai(told.published_at).date()
        assert list(list_events(connection, since=told.published_at + timedelta(minutes=1))) == []
        assert list(list_events(connection, until=before)) == []
    stored = article_of(told).model_copy(update={"published_at": told.published_at + timedelta(hours=5)})
    with database.write() as connection:
        save_article(connection, stored, page_id=None)
    cluster_all(database)
    group_changes(database)
    with database.read() as connection:
        assert list(list_events(connection, since=told.published_at + timedelta(hours=5)))


@pytest.mark.parametrize("rebuilt", [False, True])
def test_an_event_whose_stories_are_told_elsewhere_names_the_event_that_has_them(
    database: Database, *, rebuilt: bool
) -> None:
    first = items()[0]
    assert first.published_at is not None
    copy = replace(first, url="https://copy.example/a", published_at=first.published_at + timedelta(hours=1))
    index(database, first, copy)
    with database.read() as connection:
        [before] = list_events(connection)
    later = article_of(first).model_copy(update={"published_at": first.published_at + timedelta(hours=2)})
    with database.write() as connection:  # the copy is the earlier one now, and their story has its id
        save_article(connection, later, page_id=None)
    if rebuilt:
        start_rebuilding(database)
    cluster_all(database)
    group_changes(database)
    with database.read() as connection:
        [after] = list_events(connection)
        found = find_event(connection, before.row.event_id)
    assert before.row.event_id != after.row.event_id
    assert found is not None
    assert found.row.event_id == after.row.event_id


def test_an_event_whose_first_story_is_none_names_the_event_of_the_others(database: Database) -> None:
    index(database, *items())
    with database.read() as connection:
        before = next(one for one in list_events(connection) if len(one.reports) > 1 and len(one.all_articles) > 1)
    first, *others = before.reports
    with database.write() as connection:
        forget(connection, [one.canonical_url for one in (first.original, *first.copies)])
    cluster_all(database)
    group_changes(database)
    with database.read() as connection:
        found = find_event(connection, before.row.event_id)
        assert found is not None
        assert others[0].original.canonical_url in {one.canonical_url for one in found.all_articles}
