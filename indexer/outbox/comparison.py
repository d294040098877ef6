"""Comparison: how many stories can be searched, against how many the index has acknowledged; for doctor and status."""

from contextlib import suppress
from dataclasses import dataclass

from archive.database import Database
from core.errors import SettingsError
from indexer.outbox.completeness import Acknowledged, acknowledged
from indexer.outbox.drain import index_states
from indexer.search.index import IndexUnavailableError
from indexer.search.opening import open_search_index
from indexer.settings import IndexerSettings

ANSWER_SECONDS = 5.0
"""Longest wait for an answer of a cluster: a user who looks at the status waits for it."""


@dataclass(frozen=True)
class IndexComparison:
    """The configured index beside what the archive knows of it."""

    index: str
    acknowledged: int
    """Stories that the index must hold."""
    searchable: int | None
    """Stories that it holds; None where it could not be asked."""
    problem: str | None
    """What is wrong, with what to do; None where all is well."""


def compare_with_archive(database: Database, settings: IndexerSettings) -> IndexComparison | None:
    """Compare the configured index with the archive; None where no story was ever enqueued for it.

    Nothing is changed. Indexing may be at work meanwhile: only what is missing before and after is reported.
    """
    with database.read() as connection:
        if settings.index not in {state["name"] for state in index_states(connection)}:
            return None
        before = acknowledged(connection, settings.index)
    seconds = min(ANSWER_SECONDS, settings.elasticsearch_request_seconds)
    changes = {"elasticsearch_retry_seconds": 0.0, "elasticsearch_request_seconds": seconds}
    try:
        index = open_search_index(settings.model_copy(update=changes))
    except SettingsError as error:
        return IndexComparison(settings.index, before.stories, None, str(error))
    try:
        with suppress(IndexUnavailableError):  # a key that may only read sees what is new some seconds later
            index.refresh()
        searchable, identity = index.count(), index.identity()
    except IndexUnavailableError as error:
        problem = f"{before.stories:,} stories were acknowledged and none can be searched: {error}"
        return IndexComparison(settings.index, before.stories, None, problem if before.stories else None)
    finally:
        index.close()
    with database.read() as connection:
        after = acknowledged(connection, settings.index)
    return IndexComparison(settings.index, after.stories, searchable, _problem(before, after, searchable, identity))


def _problem(before: Acknowledged, after: Acknowledged, searchable: int, identity: str) -> str | None:
    least = min(before.stories, after.stories)
    if searchable < least:
        return f"{searchable:,} stories can be searched, {least:,} were acknowledged: run `deltanews index`"
    if least and after.identity is not None and identity not in {before.identity, after.identity}:
        return (
            "it is another index than the one that acknowledged the stories: run `deltanews index`, which compares them"
        )
    return None
