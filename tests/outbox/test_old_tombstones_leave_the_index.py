"""A story that was merged or is gone leaves a tombstone in the index, and the tombstone leaves it in time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from archive.article import Level
from archive.database import Database
from archive.settings import ArchiveSettings
from archive.story_tables import stories
from indexer.indexing import index_changes
from indexer.outbox.retention import remove_old_tombstones
from indexer.search.document import StoryDocument, revision_at
from indexer.search.embedded.index import EmbeddedIndex
from indexer.search.index import IndexUnavailableError
from indexer.settings import IndexerSettings
from tests.outbox.archived import article_of, save
from tests.search.corpus import story
from tests.stories.reports import OTHER, REPORT, item

GONE, STAYS = item(REPORT, name="gone"), item(OTHER, name="stays")


@pytest.fixture
def index(tmp_path: Path, database: Database, archive_url: str | None) -> EmbeddedIndex:
    """An index in which one story lives and one became a tombstone just now."""
    archive = ArchiveSettings(directory=tmp_path / "archive", url=archive_url)
    indexer = IndexerSettings(directory=tmp_path / "index")
    save(database, article_of(GONE), article_of(STAYS))
    index_changes(archive, indexer)
    save(database, article_of(GONE, level=Level.NONE))
    assert index_changes(archive, indexer).retention_error is None
    return EmbeddedIndex(tmp_path / "index")


def tombstones(index: EmbeddedIndex) -> int:
    """Return how many tombstones an index holds, by having all of them removed: no search ever shows one."""
    return index.remove_tombstones(datetime.now(UTC) + timedelta(days=1))


def test_a_young_tombstone_stays_and_the_archive_keeps_its_own(index: EmbeddedIndex, database: Database) -> None:
    assert remove_old_tombstones(database, index, timedelta(0)) == 0, "it was looked for a moment ago"
    assert tombstones(index) == 1
    assert index.count() == 1
    with database.read() as connection:
        assert sorted(connection.scalars(select(stories.c.deleted))) == [False, True]


def test_an_index_that_does_not_answer_is_asked_again(database: Database, tmp_path: Path) -> None:
    class Away(EmbeddedIndex):
        def remove_tombstones(self, before: datetime) -> int:
            raise IndexUnavailableError("the cluster is being moved")

    away = Away(tmp_path / "index")
    with pytest.raises(IndexUnavailableError):
        remove_old_tombstones(database, away, timedelta(days=30))
    index = EmbeddedIndex(tmp_path / "index")
    index.prepare()
    index.write([tombstone(days=40), tombstone(days=20)])
    assert remove_old_tombstones(database, index, timedelta(days=30)) == 1
    assert tombstones(index) == 1


def tombstone(*, days: int) -> StoryDocument:
    moment = datetime.now(UTC) - timedelta(days=days)
    return story(f"s{days}", "smg", moment.isoformat(), "", "", revision=revision_at(moment), deleted=True)
