"""Rarity by month: what the archive's past says often is no evidence, and what comes late changes no table."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from archive.database import Database
from archive.event_tables import event_frequencies
from core.time import SHANGHAI
from indexer.events import frequencies
from indexer.events.persistent.batches import group_changes, start_rebuilding
from indexer.events.persistent.monthly_tables import MonthlyTables
from indexer.events.tokens import runs_of, tokens_of
from indexer.stories.item import Item
from tests.events.new_database import NewDatabase
from tests.events.reports import items
from tests.events.test_events_of_the_archive import Outcome, index, outcome

JUNE, AUGUST, OCTOBER = (datetime(2026, month, 12, 12, tzinfo=SHANGHAI) for month in (6, 8, 10))
"""Further apart than copies of a report may be: what is published again is another story."""
SLOGAN = "携手绘就湖山同心画卷"


@pytest.fixture(autouse=True)
def few_stories_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequencies, "ENOUGH", 5)


def published(found: list[Item], at: datetime, *, seen: datetime | None = None, closing: str = "") -> list[Item]:
    """Return items that were published around that time, and seen when they were published or later."""
    moved = []
    for item in found:
        assert item.published_at
        moment = at + (item.published_at - OCTOBER)
        address = f"https://{at:%m}{seen or at:%m}.{item.url[8:]}"
        moved.append(
            replace(
                item,
                url=address,
                body=item.body + closing,
                published_at=moment,
                first_seen_at=max(moment, seen or moment),
            )
        )
    return moved


def tables(database: Database) -> list[tuple[str, float, bytes, bytes]]:
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(select(event_frequencies).order_by("month"))]


def rarity(database: Database, text: str, at: datetime) -> float:
    """Return how rare the rarest pair of a text is for a story of that time."""
    with database.read() as connection:
        pairs = runs_of(tokens_of(text)).pairs
        return float(MonthlyTables().of(connection, int(at.timestamp())).rarity(pairs[pairs != 0]).max())


def test_what_was_said_often_before_a_month_is_common_in_it(database: Database) -> None:
    index(database, *published(items(), JUNE, closing=f"{SLOGAN}。"))
    fresh = rarity(database, SLOGAN, JUNE)
    index(database, *published(items(), AUGUST))
    index(database, *published(items(), OCTOBER))
    assert rarity(database, SLOGAN, JUNE) == fresh, "a month's own stories are not in its table"
    assert rarity(database, SLOGAN, AUGUST) < rarity(database, SLOGAN, OCTOBER) < fresh - 5, "older months count less"
    assert [month for month, *_ in tables(database)] == ["2026-07", "2026-08", "2026-09", "2026-10"]


def test_a_young_archive_has_the_shipped_table(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequencies, "ENOUGH", 1000)
    index(database, *published(items(), JUNE, closing=SLOGAN), *published(items(), AUGUST))
    assert rarity(database, SLOGAN, AUGUST) == rarity(database, SLOGAN, JUNE)


def test_a_form_of_words_of_the_months_before_joins_nothing(new_database: NewDatabase) -> None:
    closing = f"\n{SLOGAN}，奋力谱写区域协调新篇章，久久为功抓落实。"
    news = [
        replace(item, body=item.body + closing, published_at=AUGUST, first_seen_at=AUGUST)
        for item in items()
        if item.url[8:].startswith(("s01-", "s02-"))
    ]
    young, grown = new_database(), new_database()
    index(young, *news)
    assert len(outcome(young)) == 1
    index(grown, *published(items(), JUNE, closing=closing))
    index(grown, *news)
    assert {frozenset([item.url]) for item in news} <= {urls for _, urls in outcome(grown)}


def test_what_comes_late_and_what_changes_leave_the_tables_as_they_are(database: Database) -> None:
    june, august = published(items(), JUNE), published(items(), AUGUST)
    index(database, *june[:20], *august[:20])
    before = tables(database)
    assert sum(documents for _, documents, *_ in before) > 0
    index(database, *published(items()[20:], JUNE, seen=AUGUST, closing=SLOGAN))
    index(database, replace(june[0], body=june[1].body, first_seen_at=AUGUST))
    assert tables(database) == before
    start_rebuilding(database)
    group_changes(database)
    assert tables(database) == before


def history() -> Iterator[list[Item]]:
    """Yield what is seen in each of three months: its news, and late ones of earlier months."""
    found = items()
    yield published(found[6:], JUNE)
    yield published(found[:24], AUGUST) + published(found[:12], JUNE, seen=AUGUST)
    yield published(found[12:], OCTOBER) + published(found[18:30], AUGUST, seen=OCTOBER)


@pytest.fixture(scope="module")
def all_at_once() -> list[Outcome]:
    """Keep what grouping all of the history at once finds, when it was found."""
    return []


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rng=st.randoms(use_true_random=False), portions=st.integers(1, 3))
def test_any_order_within_each_month_and_a_rebuild_make_the_same_events(
    new_database: NewDatabase, all_at_once: list[Outcome], rng: random.Random, portions: int
) -> None:
    if not all_at_once:
        database = new_database()
        index(database, *(item for month in history() for item in month))
        all_at_once.append(outcome(database))
    database = new_database()
    for month in history():
        rng.shuffle(month)
        for part in range(portions):
            index(database, *month[part::portions])
    assert outcome(database) == all_at_once[0]
    start_rebuilding(database)
    group_changes(database)
    assert outcome(database) == all_at_once[0]
