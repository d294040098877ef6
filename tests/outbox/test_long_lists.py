"""More stories at once than a statement may hold values: what a rebuild loses, what an index refuses."""

import pytest
from sqlalchemy import func, insert, select

from archive.database import Database
from archive.schema import now
from archive.story_tables import dead_letters, outbox, stories
from indexer.outbox.dead_letters import delete_dead_letters, drop_dead_letters, record_dead_letters, retry_dead_letters
from indexer.outbox.story_documents import story_documents
from indexer.stories.persistent.batches import register_index, start_rebuilding
from tests.databases import limit_values, only_sqlite
from tests.outbox.archived import cluster_all

MANY = 33_000

pytestmark = only_sqlite  # what cuts the lists is the same for both

IDS = [f"story{number:06}" for number in range(MANY)]


@pytest.fixture
def full(database: Database) -> Database:
    """An archive of stories whose articles are gone, of which an index has heard."""
    limit_values(database)
    common = {"revision": 1, "deleted": False, "article_count": 1, "reasons": [], "built_at": now()}
    with database.write() as connection:
        connection.execute(
            insert(stories),
            [common | {"story_id": name, "representative_id": n, "original_id": n} for n, name in enumerate(IDS, 1)],
        )
    register_index(database, "index")
    return database


def _count(database: Database, query: object) -> int:
    with database.read() as connection:
        return int(connection.scalar(query) or 0)  # type: ignore[call-overload]


def test_a_rebuild_that_loses_them_all_buries_them(full: Database) -> None:
    start_rebuilding(full)
    assert cluster_all(full).stories == MANY
    assert _count(full, select(func.count()).select_from(stories).where(stories.c.deleted)) == MANY
    assert _count(full, select(func.count()).select_from(outbox).where(outbox.c.revision > 1)) == MANY
    with full.read() as connection:
        documents = story_documents(connection, IDS)
    assert {document.story_id for document in documents if document.deleted} == set(IDS)


def test_dead_letters_are_recorded_retried_deleted_and_dropped(full: Database) -> None:
    refused = dict.fromkeys(IDS, (1, "too long"))
    letters = select(func.count()).select_from(dead_letters).where(dead_letters.c.dropped.is_(False))
    for remove in (
        lambda connection: delete_dead_letters(connection, "index", IDS),
        lambda connection: drop_dead_letters(connection, IDS),
    ):
        with full.write() as connection:
            record_dead_letters(connection, "index", refused)
            record_dead_letters(connection, "index", refused)
        assert _count(full, letters) == MANY
        with full.write() as connection:
            remove(connection)
        assert _count(full, letters) == 0
    with full.write() as connection:
        record_dead_letters(connection, "index", dict.fromkeys(IDS, (1, "too long")))
        assert retry_dead_letters(connection, IDS) == MANY
    assert _count(full, letters) == 0
    assert _count(full, select(func.count()).select_from(outbox)) == MANY
