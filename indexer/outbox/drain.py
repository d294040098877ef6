"""The outbox: stories on their way to a search index, each until that very revision is acknowledged.

Nothing is lost: a story leaves the outbox only in the transaction that follows its acknowledgement or its refusal. If
the process dies between the two, the story is written once more, which does no harm.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, or_, select, update

from archive.database import Database
from archive.schema import now, row_dict
from archive.story_tables import dead_letters, outbox, search_indexes, stories
from indexer.outbox.completeness import ensure_complete
from indexer.outbox.dead_letters import record_dead_letters
from indexer.outbox.searchable import record_searchable
from indexer.outbox.story_documents import story_documents
from indexer.search.document import StoryDocument
from indexer.search.index import IndexUnavailableError, SearchIndex, WriteReport
from indexer.stories.persistent.story_rows import next_revision

BATCH = 500
"""Stories of one write."""

START = (-1, "")
"""Before every revision and story id."""

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(minutes=10)
"""How long an index that does not answer is not tried again: doubled each time, from the first to the longest."""


@dataclass
class DrainSummary:
    """What became of the stories that waited."""

    acknowledged: int = 0
    refused: int = 0
    overtaken: int = 0
    """The index held a newer revision (of a restored archive, say): given a higher revision and to be written again."""
    requeued: int = 0
    """Stories requeued because the index was found empty."""
    waiting: int = 0
    """Still in the outbox at the end."""
    unavailable: str | None = None
    """Why the index did not take them, if it did not."""
    next_try_at: datetime | None = None
    """Until when indexing backs off."""


def drain(
    database: Database,
    index: SearchIndex,
    *,
    respect_backoff: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> DrainSummary:
    """Write every waiting story to the index; never raises IndexUnavailableError, the summary says so.

    `respect_backoff`: do not try an index before its backoff ends, as a service should; a user who asks gets a try.
    The index must be registered (`register_index`). `progress` is called with how many stories were settled.
    """
    summary = DrainSummary()
    with database.read() as connection:
        state = _state(connection, index.name)
    if respect_backoff and (until := backed_off_until(state, now())):
        summary.next_try_at = until
        summary.unavailable = "backed off after it did not answer"
    else:
        try:
            _write_batches(database, index, summary, progress)
            if state.get("tries"):
                _clear_failure(database, index.name)
        except IndexUnavailableError as error:
            summary.unavailable = str(error)
            summary.next_try_at = now() + min(FIRST_WAIT * 2 ** min(state.get("tries", 0), 10), LONGEST_WAIT)
            _record_failure(database, index.name, summary)
    with database.read() as connection:
        query = select(func.count()).select_from(outbox).where(outbox.c.index_name == index.name)
        summary.waiting = int(connection.scalar(query) or 0)
    return summary


@dataclass(frozen=True)
class _Batch:
    documents: list[StoryDocument]
    end: tuple[int, str]
    """Revision and id of the last of them."""


def _write_batches(
    database: Database, index: SearchIndex, summary: DrainSummary, progress: Callable[[int], None]
) -> None:
    index.prepare()  # also where nothing waits: an archive without a story has an index that can be searched
    summary.requeued = ensure_complete(database, index)
    with ThreadPoolExecutor(1) as ahead:
        batch = _read_batch(database, index.name, START)
        while batch.documents:
            following = ahead.submit(_read_batch, database, index.name, batch.end)  # while the index writes this one
            report = index.write(batch.documents)
            with database.write() as connection:
                _settle(connection, index.name, batch.documents, report, summary)
            progress(len(batch.documents))
            end = batch.end
            batch = following.result()
            if not batch.documents:  # what that write requeued
                batch = _read_batch(database, index.name, end)


def _read_batch(database: Database, name: str, after: tuple[int, str]) -> _Batch:
    """Return the stories that wait behind `after`: one that stays behind must not keep the others waiting."""
    with database.read() as connection:
        rows = connection.execute(_next_batch(name, after)).all()
        documents = story_documents(connection, [row.story_id for row in rows])
    return _Batch(documents, (rows[-1].revision, rows[-1].story_id) if rows else after)


def _next_batch(name: str, after: tuple[int, str]) -> Any:
    revision, identifier = after
    later = or_(outbox.c.revision > revision, (outbox.c.revision == revision) & (outbox.c.story_id > identifier))
    query = select(outbox.c.story_id, outbox.c.revision).where(outbox.c.index_name == name, later)
    return query.order_by(outbox.c.revision, outbox.c.story_id).limit(BATCH)


def _settle(
    connection: Connection, name: str, documents: Sequence[StoryDocument], report: WriteReport, summary: DrainSummary
) -> None:
    """Take out of the outbox what was acknowledged or refused, in the revision that was written."""
    done: list[dict[str, Any]] = []
    refused: dict[str, tuple[int, str]] = {}
    overtaken: list[dict[str, Any]] = []
    for document in documents:
        revision = document.revision
        entry = {"entry_story": document.story_id, "entry_revision": revision}
        held = report.acknowledged.get(document.story_id)
        if document.story_id in report.refused:
            done.append(entry)
            refused[document.story_id] = (revision, report.refused[document.story_id])
        elif held is not None and held > revision:
            overtaken.append(entry | {"raised": next_revision(held)})
        elif held is not None:
            done.append(entry)
    record_searchable(
        connection, [document.story_id for document in documents if document.story_id in report.acknowledged]
    )
    if done:
        connection.execute(_DELETE_ENTRY.where(outbox.c.index_name == name), done)
    record_dead_letters(connection, name, refused)
    if overtaken:
        connection.execute(_RAISE_STORY, overtaken)
        connection.execute(_RAISE_ENTRY, overtaken)
    settled = update(search_indexes).where(search_indexes.c.name == name).values(acknowledged_at=now(), **_HEALTHY)
    connection.execute(settled)
    summary.acknowledged += len(done) - len(refused)
    summary.refused += len(refused)
    summary.overtaken += len(overtaken)


_HEALTHY: dict[str, Any] = {"tries": 0, "next_try_at": None, "error": None, "error_at": None}
_DELETE_ENTRY = delete(outbox).where(
    outbox.c.story_id == bindparam("entry_story"), outbox.c.revision <= bindparam("entry_revision")
)
_RAISE_STORY = (
    update(stories)
    .where(stories.c.story_id == bindparam("entry_story"), stories.c.revision == bindparam("entry_revision"))
    .values(revision=bindparam("raised"))
)
_RAISE_ENTRY = (
    update(outbox)
    .where(outbox.c.story_id == bindparam("entry_story"), outbox.c.revision == bindparam("entry_revision"))
    .values(revision=bindparam("raised"))
)


def backed_off_until(state: Mapping[str, Any], at: datetime) -> datetime | None:
    """Return until when an index that did not answer is not tried, by its row; None where it may be asked.

    One that would back off for longer than the longest wait has its row from before the clock was set back.
    """
    until: datetime | None = state.get("next_try_at")
    return until if until and at < until <= at + LONGEST_WAIT else None


def _state(connection: Connection, name: str) -> dict[str, Any]:
    row = connection.execute(select(search_indexes).where(search_indexes.c.name == name)).one_or_none()
    return row_dict(row) if row else {}


def _record_failure(database: Database, name: str, summary: DrainSummary) -> None:
    with database.write() as connection:
        connection.execute(
            update(search_indexes)
            .where(search_indexes.c.name == name)
            .values(
                tries=search_indexes.c.tries + 1,
                next_try_at=summary.next_try_at,
                error=summary.unavailable,
                error_at=now(),
            )
        )


def _clear_failure(database: Database, name: str) -> None:
    """Note that the index is well again, also where nothing waited for it."""
    with database.write() as connection:
        connection.execute(update(search_indexes).where(search_indexes.c.name == name).values(_HEALTHY))


# --- for status and doctor --------------------------------------------------------------------------------------------


def index_states(connection: Connection) -> list[dict[str, Any]]:
    """Return each registered index: its columns, and how many stories are `waiting` for it or `dead` to it."""
    waiting = _counts(connection, select(outbox.c.index_name))
    dead = _counts(connection, select(dead_letters.c.index_name).where(dead_letters.c.dropped.is_(False)))
    return [
        row_dict(row) | {"waiting": waiting.get(row.name, 0), "dead": dead.get(row.name, 0)}
        for row in connection.execute(select(search_indexes).order_by(search_indexes.c.name))
    ]


def _counts(connection: Connection, names: Select[tuple[str]]) -> dict[str, int]:
    name = names.selected_columns[0]
    return {row[0]: row[1] for row in connection.execute(names.add_columns(func.count()).group_by(name))}
