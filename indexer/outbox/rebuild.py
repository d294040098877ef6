"""Rebuilding: a search index rebuilt from the archive, while the active one is searched and written.

First everything is written to a successor, then what changed meanwhile; the last of it while indexing is held up for a
moment, so that nothing is missed. Only a successor that holds what the archive says is activated. Whatever ends a
rebuild before that leaves the old index as it was, and the next rebuild goes on where this one ended.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from archive.database import Database
from archive.settings import ArchiveSettings
from archive.story_tables import dead_letters, stories
from core.locks import process_lock
from indexer.indexing import LOCK
from indexer.outbox.completeness import record_identity
from indexer.outbox.dead_letters import delete_dead_letters, record_dead_letters
from indexer.outbox.story_documents import story_documents
from indexer.search.document import StoryDocument
from indexer.search.index import IndexFormatError, IndexUnavailableError, SearchIndex, SearchRequest
from indexer.search.opening import open_search_index
from indexer.search.query.model import Phrase
from indexer.settings import IndexerSettings
from indexer.stories.persistent.batches import register_index, remove_forgotten

BATCH = 500
SAMPLE = 50
"""How many stories are read back and compared before the successor is activated."""
FEW = 200
"""So few changes are left to the step that holds up indexing."""
PASSES = 10
"""How often what changed meanwhile is caught up with, before that step does the rest, however much it is."""

Progress = Callable[[int, int], None]
"""Called with how many stories are written and how many there are."""


class RebuildError(IndexUnavailableError):
    """The successor does not hold what the archive says; the old index stays active."""


@dataclass
class RebuildSummary:
    """What a rebuild did."""

    written: int = 0
    """Stories written, those that changed meanwhile again."""
    found: int = 0
    """Stories that an interrupted rebuild had written already."""
    stories: int = 0
    """Stories in the index that is active now."""
    refused: dict[str, str] = field(default_factory=dict)
    """Stories that the index refuses, and why."""


def rebuild_index(
    archive: ArchiveSettings,
    indexer: IndexerSettings,
    *,
    progress: Progress = lambda _written, _of: None,
) -> RebuildSummary:
    """Rebuild the configured search index and activate it; the old one stays.

    Raises IndexUnavailableError, and RebuildError where the result is not what the archive says.
    """
    database = Database.open(archive)
    index = open_search_index(indexer)
    try:
        with process_lock(archive.locks, "rebuild"):
            register_index(database, index.name)
            with process_lock(archive.locks, LOCK):  # a successor holds nothing that is to be forgotten, ever
                remove_forgotten(database, window=timedelta(days=indexer.window_days))
            return _Rebuild(database, index, archive, progress).run()
    finally:
        index.close()
        database.close()


class _Rebuild:
    """One rebuild: the archive's stories on one side, the successor and what it holds on the other."""

    def __init__(self, database: Database, index: SearchIndex, archive: ArchiveSettings, progress: Progress) -> None:
        self.database = database
        self.index = index
        self.archive = archive
        self.progress = progress
        self.summary = RebuildSummary()
        with suppress(IndexFormatError):  # that is what a rebuild is for
            index.prepare()
        self.successor = index.successor()
        self.successor.refresh()
        self.held: dict[str, int] = {document.story_id: document.revision for document in self.successor.documents()}
        """Story to the revision that the successor holds, or has refused."""
        self.summary.found = len(self.held)
        self.sample: dict[str, StoryDocument] = {}
        """Some of the stories as they were written; what is read later from the archive may be newer already."""

    def run(self) -> RebuildSummary:
        for _ in range(PASSES):
            missing = self.missing()
            if len(missing) <= FEW:
                break
            self.write(missing)
        with process_lock(self.archive.locks, LOCK):  # nobody clusters or writes now, so this is the last of it
            self.write(self.missing())
            self.successor.refresh()
            self.compare()
            self.successor.promote()
            self.record_identity()
            self.settle_dead_letters()
        return self.summary

    def missing(self) -> list[str]:
        """Return what the successor lacks in its present revision; of tombstones only those that it holds alive."""
        with self.database.read() as connection:
            rows = connection.execute(select(stories.c.story_id, stories.c.revision, stories.c.deleted)).all()
        return [
            row.story_id
            for row in rows
            if self.held.get(row.story_id) != row.revision and (not row.deleted or row.story_id in self.held)
        ]

    def write(self, ids: Sequence[str]) -> None:
        done = 0
        for batch in _batches(ids):
            with self.database.read() as connection:
                documents = story_documents(connection, batch)
            report = self.successor.write(documents)
            self.held |= {document.story_id: document.revision for document in documents}
            self.record_refusals(documents, report.refused)
            self.update_sample(documents)
            self.summary.written += len(report.acknowledged)
            done += len(batch)
            self.progress(done, len(ids))

    def record_refusals(self, documents: Sequence[StoryDocument], refused: Mapping[str, str]) -> None:
        for document in documents:  # what was fixed since is refused no more
            self.summary.refused.pop(document.story_id, None)
        self.summary.refused |= refused
        letters = {
            document.story_id: (document.revision, refused[document.story_id])
            for document in documents
            if document.story_id in refused
        }
        if letters:
            with self.database.write() as connection:
                record_dead_letters(connection, self.index.name, letters)

    def update_sample(self, documents: Sequence[StoryDocument]) -> None:
        written = {document.story_id: document for document in documents if not document.deleted}
        self.sample = {name: written.get(name, document) for name, document in self.sample.items()} | {
            name: written[name] for name in random.sample(sorted(written), min(SAMPLE, len(written)))
        }
        self.sample = dict(random.sample(list(self.sample.items()), min(SAMPLE, len(self.sample))))

    def record_identity(self) -> None:
        """Record in the archive which index has acknowledged its stories from now on."""
        with self.database.write() as connection:
            record_identity(connection, self.index.name, self.index.identity())

    def settle_dead_letters(self) -> None:
        """Delete the dead letters that the new index took; its own were recorded as it refused."""
        with self.database.write() as connection:
            letters = select(dead_letters.c.story_id).where(dead_letters.c.index_name == self.index.name)
            taken = set(connection.scalars(letters)) - self.summary.refused.keys()
            delete_dead_letters(connection, self.index.name, sorted(taken))

    def compare(self) -> None:
        """Raise RebuildError unless the successor has as many stories as the archive, and the sample as written."""
        with self.database.read() as connection:
            living = set(connection.scalars(select(stories.c.story_id).where(stories.c.deleted.is_(False))))
        expected = len(living - self.summary.refused.keys())
        self.summary.stories = self.successor.count()
        if self.summary.stories != expected:
            raise RebuildError(
                f"the new index has {self.summary.stories:,} stories, the archive {expected:,}; the old one stays"
            )
        for name in living & self.sample.keys() - self.summary.refused.keys():
            if self.successor.search(SearchRequest(Phrase(name, "id"))).hits != (self.sample[name],):
                raise RebuildError(f"story {name} is not in the new index as it was written; the old one stays")


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
