"""A province's gaps: silence is stated only of who could have been seen."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from archive.article import Level
from archive.corrections import CorrectionKind, add_correction
from archive.database import Database
from archive.health_tables import findings
from archive.runs import RunStatus
from archive.schema import articles, runs
from indexer.events.gaps import Coverage, Gap, find_gaps, missed_events
from indexer.events.listing import list_events
from indexer.events.persistent.batches import group_changes
from indexer.stories.item import Item
from tests.events.new_database import NewDatabase
from tests.events.reports import items
from tests.outbox.archived import article_of, cluster_all, save

OTHERS = ("上海", "江苏", "浙江")
WHOLE = {"lists": 3, "pages": 1}


def reports(event: str) -> list[Item]:
    return sorted((item for item in items() if f"//{event}-" in item.url), key=lambda item: item.rank)


def crawled(database: Database, source: str, after: Item, status: RunStatus, counts: dict[str, int]) -> None:
    """Book a crawl of a source an hour after a report was published."""
    started = after.published_by + timedelta(hours=1)
    with database.write() as connection:
        connection.execute(
            runs.insert().values(source=source, started_at=started, finished_at=started, status=status, counts=counts)
        )


def gaps(database: Database) -> list[Gap]:
    cluster_all(database)
    group_changes(database)
    with database.read() as connection:
        return list(find_gaps(connection, "安徽", OTHERS))


def save_event_and_sources(database: Database) -> Item:
    """Save an event that only 江苏 carried, and other news of three sources of 安徽; return its last report."""
    event, unrelated = reports("a01"), reports("s01")[0]
    save(database, *(article_of(item, province="江苏", source="jiangsu") for item in event))
    for source in ("sound", "broken", "never"):
        url = f"https://{source}.example/old"
        save(database, article_of(unrelated, province="安徽", source=source, url=url, canonical_url=url))
    return event[-1]


def test_silent_is_only_who_was_crawled_well(database: Database) -> None:
    last = save_event_and_sources(database)
    crawled(database, "sound", last, RunStatus.OK, WHOLE)
    crawled(database, "broken", last, RunStatus.OK, WHOLE | {"lists_failed": 1})
    crawled(database, "never", last, RunStatus.FAILED, {})
    [gap] = [gap for gap in gaps(database) if gap.lag is None]
    assert {one.source: one.verdict for one in gap.sources} == {
        "sound": Coverage.SILENT,
        "broken": Coverage.NOT_SEEN,
        "never": Coverage.NOT_SEEN,
    }


@pytest.mark.parametrize(
    "counts",
    [
        {},
        {"lists": 3, "lists_unchanged": 3},
        *(WHOLE | {name: 1} for name in ("left", "waiting", "unreadable", "refused")),
    ],
)
def test_a_crawl_that_left_something_unseen_shows_no_silence(new_database: NewDatabase, counts: dict[str, int]) -> None:
    database = new_database()
    last = save_event_and_sources(database)
    crawled(database, "sound", last, RunStatus.OK, counts)
    [gap] = [gap for gap in gaps(database) if gap.lag is None]
    assert {one.verdict for one in gap.sources} == {Coverage.NOT_SEEN}


@pytest.mark.parametrize(("days", "verdict"), [(-1, Coverage.NOT_SEEN), (2, Coverage.SILENT), (4, Coverage.NOT_SEEN)])
def test_a_crawl_shows_silence_only_after_the_last_report_and_within_the_window(
    new_database: NewDatabase, days: int, verdict: Coverage
) -> None:
    database = new_database()
    last = save_event_and_sources(database)
    moved = replace(last, published_at=last.published_by + timedelta(days=days))
    crawled(database, "sound", moved, RunStatus.OK, WHOLE)
    [gap] = [gap for gap in gaps(database) if gap.lag is None]
    assert [one.verdict for one in gap.sources if one.source == "sound"] == [verdict]


@pytest.mark.parametrize(
    ("level", "hours", "verdict"),
    [("broken", None, Coverage.NOT_SEEN), ("broken", 0, Coverage.SILENT), ("watch", None, Coverage.SILENT)],
)
def test_who_health_found_broken_at_the_time_is_not_silent(
    new_database: NewDatabase, level: str, hours: int | None, verdict: Coverage
) -> None:
    database = new_database()
    last = save_event_and_sources(database)
    crawled(database, "sound", last, RunStatus.OK, WHOLE)
    began = last.published_by
    with database.write() as connection:
        connection.execute(
            findings.insert().values(
                rule="H2", source="sound", level=level, since=began, opened_at=began, seen_at=began, summary="",
                resolved_at=None if hours is None else began + timedelta(hours=hours), numbers={}, cause="", command="",
            )
        )  # fmt: skip
    [gap] = [gap for gap in gaps(database) if gap.lag is None]
    assert [one.verdict for one in gap.sources if one.source == "sound"] == [verdict]


def test_an_article_of_the_event_that_a_person_took_out_is_no_report_of_it(new_database: NewDatabase) -> None:
    database = new_database()
    last = save_event_and_sources(database)
    crawled(database, "sound", last, RunStatus.OK, WHOLE)
    url = "https://sound.example/other"
    told = article_of(reports("a01")[0], level=Level.NONE, province="安徽", source="sound", url=url, canonical_url=url)
    save(database, told)
    with database.write() as connection:
        key = connection.scalar(select(articles.c.id).where(articles.c.canonical_url == url))
        assert key is not None
        add_correction(connection, key, CorrectionKind.NOT_SAME_EVENT, last.url, "desk")
    [gap] = [gap for gap in gaps(database) if gap.lag is None]
    assert [one.verdict for one in gap.sources if one.source == "sound"] == [Coverage.SILENT]


def test_a_story_like_it_in_another_event_is_no_silence(new_database: NewDatabase) -> None:
    database = new_database()
    last = save_event_and_sources(database)
    crawled(database, "sound", last, RunStatus.OK, WHOLE)
    url = "https://sound.example/sibling"
    sibling = article_of(reports("a01")[0], province="安徽", source="sound", url=url, canonical_url=url)
    other = reports("s02")[0]
    save(database, sibling.model_copy(update={"title": other.title, "body": other.body}))
    gaps(database)
    with database.write() as connection:  # read anew, and not grouped yet
        row = connection.execute(select(articles).where(articles.c.canonical_url == url)).one()
        connection.execute(
            articles.update().where(articles.c.id == row.id).values(title=sibling.title, body=sibling.body)
        )
    with database.read() as connection:
        found = [gap for gap in find_gaps(connection, "安徽", OTHERS) if gap.lag is None]
    assert [(one.verdict, one.url) for one in found[0].sources if one.source == "sound"] == [(Coverage.SIMILAR, url)]


def test_an_article_of_a_low_level_is_no_silence(database: Database) -> None:
    last = save_event_and_sources(database)
    crawled(database, "sound", last, RunStatus.OK, WHOLE)
    url = "https://sound.example/mention"
    told = article_of(reports("a01")[0], level=Level.NONE, province="安徽", source="sound", url=url, canonical_url=url)
    save(database, told)
    [gap] = [gap for gap in gaps(database) if gap.lag is None]
    assert [(one.verdict, one.url) for one in gap.sources] == [(Coverage.OTHERWISE, url)]


def test_who_carried_it_later_has_a_lag(database: Database) -> None:
    first, second, *_ = reports("a01")
    save(database, article_of(first, province="浙江"), article_of(second, province="安徽"))
    [gap] = gaps(database)
    assert gap.lag == second.published_by - first.published_by
    assert gap.sources == ()


def test_an_event_of_several_outlets_is_missed_by_who_was_silent(database: Database) -> None:
    first, second, *_ = reports("a01")
    save(database, article_of(first, source="one"), article_of(second, source="other"))
    alone, unrelated = reports("s01")[0], reports("s02")[0]
    for source, other in (("sound", alone), ("broken", unrelated)):
        save(database, article_of(other, source=source))
    crawled(database, "sound", second, RunStatus.OK, WHOLE)
    crawled(database, "broken", second, RunStatus.OK, WHOLE | {"lists_failed": 1})
    cluster_all(database)
    group_changes(database)
    with database.read() as connection:
        missed = [
            (event.all_articles[0].url, source) for event, source in missed_events(connection, list_events(connection))
        ]
    assert missed == [(first.url, "sound")]
