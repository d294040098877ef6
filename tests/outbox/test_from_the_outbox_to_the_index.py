from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, select, update

from archive.article import Level
from archive.database import Database
from archive.source_titles import store_source_titles
from archive.story_tables import outbox, stories
from benchmarks.republications import stream
from indexer.outbox.dead_letters import all_dead_letters, drop_dead_letters, retry_dead_letters
from indexer.outbox.drain import drain, index_states
from indexer.search.embedded.index import EmbeddedIndex
from indexer.stories.in_memory import story_id
from indexer.stories.persistent.batches import register_index
from tests.outbox.archived import article_of, cluster_all, outcomes, save, story_rows
from tests.outbox.indexes import TroubledIndex, held
from tests.stories.reports import MORNING, OTHER, REPORT, item, item_of

FIRST = item(REPORT, name="first", source="jstv")
COPY = item(
    REPORT + "\n另据了解，各地还将联合开展护水志愿行动。", name="copy", hours=1, source="dongfang", credit="荔枝新闻"
)


def waiting(database: Database) -> dict[str, int]:
    with database.read() as connection:
        return {row.story_id: row.revision for row in connection.execute(select(outbox))}


def fill(database: Database, index: EmbeddedIndex, *found: object) -> None:
    register_index(database, index.name)
    save(database, *found)  # type: ignore[arg-type]
    cluster_all(database)


def test_a_story_arrives_with_its_copies(database: Database, index: EmbeddedIndex) -> None:
    with database.write() as connection:
        store_source_titles(connection, {"jstv": "荔枝新闻"})
    fill(database, index, article_of(FIRST), article_of(COPY))
    summary = drain(database, index)
    assert (summary.acknowledged, summary.waiting, summary.unavailable) == (1, 0, None)
    [document] = held(index).values()
    assert (document.story_id, document.url, document.source_title) == (story_id(FIRST.url), FIRST.url, "荔枝新闻")
    assert document.timeline_at == MORNING
    assert document.sources == ("jstv", "dongfang")
    assert document.copy_count == 1
    [copy] = document.copies
    assert (copy.url, copy.source, copy.credit, copy.published_at) == (
        COPY.url,
        "dongfang",
        "荔枝新闻",
        COPY.published_at,
    )
    assert 0.9 <= copy.similarity <= 1


def test_a_new_copy_updates_its_story_and_nothing_else(database: Database, index: EmbeddedIndex) -> None:
    fill(database, index, article_of(FIRST), article_of(item(OTHER, name="other")))
    drain(database, index)
    before = held(index)
    fill(database, index, article_of(COPY))
    assert waiting(database).keys() == {story_id(FIRST.url)}
    drain(database, index)
    after = held(index)
    assert after[story_id(FIRST.url)].copy_count == 1
    other = story_id("https://other.example/a")
    assert after[other] == before[other]


def test_a_merged_story_is_found_no_more(database: Database, index: EmbeddedIndex) -> None:
    fill(database, index, article_of(COPY))
    drain(database, index)
    fill(database, index, article_of(FIRST))
    drain(database, index)
    assert held(index).keys() == {story_id(FIRST.url)}


def test_a_story_that_is_relevant_no_more_is_found_no_more(database: Database, index: EmbeddedIndex) -> None:
    fill(database, index, article_of(FIRST))
    drain(database, index)
    fill(database, index, article_of(FIRST, level=Level.NONE))
    drain(database, index)
    assert index.count() == 0


def test_an_index_that_is_away_loses_nothing(database: Database, tmp_path: Path) -> None:
    index = TroubledIndex(tmp_path / "index", away=2)
    fill(database, index, article_of(FIRST), article_of(item(OTHER, name="other")))
    for tries in (1, 2):
        summary = drain(database, index)
        assert (summary.acknowledged, summary.waiting) == (0, 2)
        assert summary.unavailable == "the cluster is being moved"
        with database.read() as connection:
            [state] = index_states(connection)
        assert (state["tries"], state["waiting"], state["error"]) == (tries, 2, "the cluster is being moved")
    assert drain(database, index, respect_backoff=True).unavailable == "backed off after it did not answer"
    assert drain(database, index).acknowledged == 2
    with database.read() as connection:
        [state] = index_states(connection)
    assert (state["tries"], state["waiting"], state["error"]) == (0, 0, None)
    index.close()


def test_the_wait_grows_and_has_an_end(database: Database, tmp_path: Path) -> None:
    index = TroubledIndex(tmp_path / "index", away=12)
    fill(database, index, article_of(FIRST))
    for tries in range(12):
        begun = datetime.now(UTC)
        following = drain(database, index).next_try_at
        wait = timedelta(seconds=min(10 * 2**tries, 600))
        assert following is not None
        assert begun + wait <= following <= datetime.now(UTC) + wait
    index.close()


def test_a_refused_story_is_a_dead_letter_and_the_rest_arrives(database: Database, tmp_path: Path) -> None:
    index = TroubledIndex(tmp_path / "index", refuses="班列")
    other = item(OTHER, name="other", title="班列直达洋山港")
    fill(database, index, article_of(FIRST), article_of(other))
    summary = drain(database, index)
    assert (summary.acknowledged, summary.refused, summary.waiting) == (1, 1, 0)
    with database.read() as connection:
        [letter] = all_dead_letters(connection)
    assert (letter["story_id"], letter["reason"], letter["title"]) == (
        story_id(other.url),
        "title: not with me",
        other.title,
    )
    assert drain(database, index).refused == 0, "it is not tried again by itself"

    index.refuses = ""
    with database.write() as connection:
        assert retry_dead_letters(connection, [story_id(other.url)]) == 1
    assert drain(database, index).acknowledged == 1
    assert index.count() == 2
    index.close()


def test_a_corrected_story_is_no_dead_letter_any_more(database: Database, tmp_path: Path) -> None:
    index = TroubledIndex(tmp_path / "index", refuses="班列")
    other = item(OTHER, name="other", title="班列直达洋山港")
    fill(database, index, article_of(other))
    drain(database, index)
    fill(database, index, article_of(other, title="直达洋山港"))
    with database.read() as connection:
        assert all_dead_letters(connection) == []
    assert drain(database, index).acknowledged == 1
    index.close()


def test_a_dropped_letter_is_gone(database: Database, tmp_path: Path) -> None:
    index = TroubledIndex(tmp_path / "index", refuses="太浦河")
    fill(database, index, article_of(FIRST))
    drain(database, index)
    with database.write() as connection:
        assert drop_dead_letters(connection, [story_id(FIRST.url)]) == 1
    with database.read() as connection:
        assert all_dead_letters(connection) == []
    assert (drain(database, index).waiting, index.count()) == (0, 0)
    index.close()


def test_what_changes_while_it_is_written_stays_in_the_outbox(database: Database, tmp_path: Path) -> None:
    index = TroubledIndex(tmp_path / "index")
    fill(database, index, article_of(FIRST))
    seen: list[int] = []

    def a_copy_arrives() -> None:
        if not seen:
            seen.append(1)
            fill(database, index, article_of(COPY))

    index.before_answering = a_copy_arrives
    drain(database, index)
    assert waiting(database) == {}, "the same run wrote the newer revision as well"
    assert held(index)[story_id(FIRST.url)].copy_count == 1
    index.close()


def test_an_index_that_joins_later_hears_of_every_story(
    database: Database, index: EmbeddedIndex, tmp_path: Path
) -> None:
    fill(database, index, *(article_of(item_of(piece)) for piece in stream(40, seed=2)))
    drain(database, index)
    later = TroubledIndex(tmp_path / "later")
    later.name = "later"
    register_index(database, later.name)
    assert drain(database, later).acknowledged == len(outcomes(database))
    assert held(later) == held(index)
    later.close()


def test_an_archive_older_than_its_index_catches_up(database: Database, index: EmbeddedIndex) -> None:
    """A restored archive: its story has a lower revision and another text than the index holds."""
    fill(database, index, article_of(FIRST))
    drain(database, index)
    ahead = held(index)[story_id(FIRST.url)].revision
    with database.write() as connection:
        connection.execute(delete(outbox))
        connection.execute(update(stories).values(revision=ahead - 1000, original_id=1))
        connection.execute(outbox.insert().values(
            index_name=index.name, story_id=story_id(FIRST.url), revision=ahead - 1000, queued_at=MORNING
        ))  # fmt: skip
    summary = drain(database, index)
    assert summary.overtaken == 1
    assert (summary.acknowledged, summary.waiting) == (1, 0)
    assert held(index)[story_id(FIRST.url)].revision > ahead
    assert story_rows(database)[story_id(FIRST.url)].revision == held(index)[story_id(FIRST.url)].revision


def test_more_stories_than_one_write_holds(database: Database, index: EmbeddedIndex) -> None:
    fill(database, index, *(article_of(item_of(piece)) for piece in stream(450, seed=4, per_day=60, negatives=1)))
    summary = drain(database, index)
    assert summary.acknowledged == len(outcomes(database)) > 400
    assert summary.waiting == 0
    assert index.count() == summary.acknowledged
