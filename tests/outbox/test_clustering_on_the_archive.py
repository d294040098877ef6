import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from archive.article import Level, Precision
from archive.database import Database
from archive.settings import ArchiveSettings
from archive.story_tables import clustering
from benchmarks.republications import stream
from indexer.stories.in_memory import cluster, story_id
from indexer.stories.persistent.batches import start_rebuilding, waiting_articles
from tests.outbox.archived import article_of, cluster_all, expected, outcomes, save, story_rows
from tests.stories.reports import MORNING, OTHER, REPORT, item, item_of

PARAGRAPHS = REPORT.split("\n")


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False), st.integers(0, 10_000))
def test_any_order_in_any_portions_makes_the_stories_of_memory(
    tmp_path_factory: pytest.TempPathFactory, rng: random.Random, seed: int
) -> None:
    items = [item_of(piece) for piece in stream(80, seed=seed, negatives=0.3)]
    wanted = expected(cluster(items))
    rng.shuffle(items)
    database = Database.open(ArchiveSettings(directory=tmp_path_factory.mktemp("archive")))
    while items:
        portion = rng.randint(1, 40)
        save(database, *(article_of(one) for one in items[:portion]))
        del items[:portion]
        cluster_all(database)
    assert outcomes(database) == wanted
    database.close()


def test_clustering_again_changes_nothing(database: Database) -> None:
    save(database, article_of(item(REPORT, name="a")), article_of(item(REPORT, name="b", hours=1)))
    assert cluster_all(database).stories == 1
    before = story_rows(database)
    summary = cluster_all(database)
    assert (summary.articles, summary.stories) == (0, 0)
    assert story_rows(database) == before


def test_only_articles_of_the_wanted_levels_form_stories(database: Database) -> None:
    save(
        database,
        article_of(item(REPORT, name="core")),
        article_of(item(OTHER, name="mention"), level=Level.MENTION),
        article_of(item(REPORT, name="none", hours=1), level=Level.NONE),
    )
    cluster_all(database)
    assert {outcome.urls for outcome in outcomes(database)} == {("https://core.example/a",)}


def test_a_corrected_text_finds_its_own_story(database: Database) -> None:
    copy = item(REPORT, name="copy", hours=1)
    save(
        database,
        article_of(item(REPORT, name="first")),
        article_of(copy),
        article_of(item(REPORT, name="third", hours=2)),
    )
    cluster_all(database)
    save(database, article_of(copy, body=OTHER))
    cluster_all(database)
    assert {outcome.urls for outcome in outcomes(database)} == {
        ("https://first.example/a", "https://third.example/a"),
        ("https://copy.example/a",),
    }
    save(database, article_of(copy))
    cluster_all(database)
    assert len(outcomes(database)) == 1
    assert story_rows(database)[story_id(copy.url)].merged_into == story_id("https://first.example/a")


def test_when_the_representative_goes_the_others_find_a_new_one(database: Database) -> None:
    first = item(REPORT, name="first")
    copies = [item(REPORT, name=f"copy{n}", hours=n + 1) for n in range(3)]
    save(database, article_of(first), *(article_of(copy) for copy in copies))
    cluster_all(database)
    save(database, article_of(first, level=Level.NONE))
    cluster_all(database)
    assert outcomes(database) == expected(cluster(copies))
    gone = story_rows(database)[story_id(first.url)]
    assert gone.deleted
    assert gone.merged_into == story_id(copies[0].url), "it is told by the others now"


def test_a_late_original_merges_two_stories(database: Database) -> None:
    beginning = item("\n".join(PARAGRAPHS[:3]), name="beginning", hours=2)
    end = item("\n".join(PARAGRAPHS[3:]), name="end", hours=3)
    save(database, article_of(beginning), article_of(end))
    cluster_all(database)
    assert len(outcomes(database)) == 2
    whole = item(REPORT, name="whole")
    save(database, article_of(whole))
    cluster_all(database)
    assert outcomes(database) == expected(cluster([beginning, end, whole]))
    rows = story_rows(database)
    assert {rows[story_id(old.url)].merged_into for old in (beginning, end)} == {story_id(whole.url)}


def test_another_credit_elects_anew_and_raises_the_revision(database: Database) -> None:
    first = item(REPORT, name="first", source="东方网")
    late = item(REPORT, name="late", hours=1, source="安徽卫视")
    save(database, article_of(first), article_of(late))
    cluster_all(database)
    [before] = story_rows(database).values()
    save(database, article_of(first, credit="安徽卫视"))
    cluster_all(database)
    [after] = story_rows(database).values()
    assert (before.original_id, after.original_id) == (1, 2)
    assert after.revision > before.revision


def test_an_article_that_gets_its_date_late_is_ranked_anew(database: Database) -> None:
    undated = item(REPORT, name="undated", at=None)
    copy = item(REPORT, name="copy", hours=1)
    save(database, article_of(undated), article_of(copy))
    cluster_all(database)
    assert {outcome.original for outcome in outcomes(database)} == {copy.url}
    save(database, article_of(undated, published_at=MORNING, published_precision=Precision.MINUTE))
    cluster_all(database)
    assert {(outcome.story_id, outcome.original) for outcome in outcomes(database)} == {
        (story_id(undated.url), undated.url)
    }


@pytest.mark.parametrize("why", ["asked for", "keys of an older algorithm"])
def test_a_rebuild_gives_the_same_stories_with_risen_revisions(database: Database, why: str) -> None:
    save(database, *(article_of(item_of(piece)) for piece in stream(60, seed=3)))
    cluster_all(database)
    wanted, before = outcomes(database), story_rows(database)
    if why == "asked for":
        start_rebuilding(database)
    else:
        with database.write() as connection:
            connection.execute(update(clustering).where(clustering.c.name == "algorithm").values(value="older"))
    cluster_all(database)
    assert outcomes(database) == wanted
    after = story_rows(database)
    assert after.keys() == before.keys()
    assert all(after[key].revision > before[key].revision for key in before)


def test_a_rebuild_buries_what_the_new_window_does_not_hold(database: Database) -> None:
    save(database, article_of(item(REPORT, name="a")), article_of(item(REPORT, name="b", hours=24 * 10)))
    cluster_all(database, days=5)
    assert len(outcomes(database)) == 2
    start_rebuilding(database)
    cluster_all(database, days=30)
    assert len(outcomes(database)) == 1
    assert story_rows(database)[story_id("https://b.example/a")].merged_into == story_id("https://a.example/a")


def test_what_is_still_to_be_clustered_can_be_told(database: Database) -> None:
    save(database, article_of(item(REPORT, name="a")), article_of(item(OTHER, name="b")))
    with database.read() as connection:
        assert waiting_articles(connection) == 2
    cluster_all(database)
    with database.read() as connection:
        assert waiting_articles(connection) == 0
