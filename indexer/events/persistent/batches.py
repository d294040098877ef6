"""Grouping: works off the stories that changed, in batches, into events.

A batch reads one state of the archive, computes in memory, and writes its result, the outbox rows of the stories that
it affects and the end of its queue entries in one short transaction: killed at any point, the next run does the rest
and nothing twice. One process groups at a time (the caller holds the lock `index`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select, text

from archive.database import Database
from archive.event_tables import event_frequencies, event_links, event_queue, event_stories, events
from archive.schema import now
from archive.story_tables import stories, story_articles
from archive.where_in import execute_where_in
from indexer.events.evidence import ALGORITHM
from indexer.events.persistent.event_rows import merged_first_stories
from indexer.events.persistent.monthly_tables import freeze_tables
from indexer.events.persistent.regrouping import Regrouping
from indexer.events.persistent.story_reports import StoryReports
from indexer.stories.persistent.state import StateName, read_state, remove_state, write_state

BATCH = 500
"""Stories of one transaction."""

_CLEARING, _GROUPING = "clearing", "grouping"


@dataclass
class GroupingSummary:
    """What grouping did."""

    stories: int = 0
    """Changed stories that were worked off."""
    events: int = 0
    """Events that are new or other than before, tombstones included."""


def group_changes(database: Database, *, progress: Callable[[int], None] = lambda _: None) -> GroupingSummary:
    """Work off every story that changed since the last time; `progress` is called with how many were done.

    The caller holds the process lock `index`, and has grouped articles into stories first.
    """
    summary = GroupingSummary()
    reports = StoryReports()
    _prepare(database)
    with database.read() as connection:
        newest = connection.scalar(_NEWEST_WAITING)
    if newest is not None:
        freeze_tables(database, newest)
    while True:
        with database.read() as connection:
            waiting = connection.execute(select(event_queue).order_by(event_queue.c.seq).limit(BATCH)).all()
            if not waiting:
                break
            regrouping = Regrouping(connection, reports, {row.story_id for row in waiting})
        with database.write() as connection:
            summary.events += regrouping.write(connection)
            execute_where_in(connection, delete(event_queue), event_queue.c.seq, [row.seq for row in waiting])
        summary.stories += len(waiting)
        progress(len(waiting))
    summary.events += _finish_rebuilding(database)
    return summary


def waiting_stories(connection: Connection) -> int:
    """Return how many changed stories are still to be grouped."""
    return int(connection.scalar(select(func.count()).select_from(event_queue)) or 0)


def start_rebuilding(database: Database) -> None:
    """Have the next grouping rebuild all events from the stories alone; ids stay."""
    with database.write() as connection:
        write_state(connection, StateName.EVENTS_REBUILDING, _CLEARING)


def _prepare(database: Database) -> None:
    """Clear what a rebuild, or another version of the evidence, leaves without worth; then enqueue every story."""
    with database.read() as connection:
        made_by = read_state(connection, StateName.EVENTS_ALGORITHM)
        rebuilding = read_state(connection, StateName.EVENTS_REBUILDING)
    if made_by not in {None, ALGORITHM} and rebuilding != _CLEARING:
        start_rebuilding(database)
        rebuilding = _CLEARING
    if made_by != ALGORITHM:
        with database.write() as connection:
            connection.execute(delete(event_frequencies))
    if rebuilding == _CLEARING:
        for column in (event_links.c.number, event_stories.c.number):
            while True:
                with database.write() as connection:
                    first = connection.scalar(select(func.min(column)))
                    if first is None:
                        break
                    connection.execute(delete(column.table).where(column < first + 10_000))
        with database.write() as connection:
            connection.execute(delete(event_queue))
            connection.execute(text(_ENQUEUE_ALL))
            write_state(connection, StateName.EVENTS_REBUILDING, _GROUPING)
    if made_by != ALGORITHM:
        with database.write() as connection:
            write_state(connection, StateName.EVENTS_ALGORITHM, ALGORITHM)


_NEWEST_WAITING = (
    select(func.max(story_articles.c.timestamp))
    .join(stories, stories.c.representative_id == story_articles.c.article_id)
    .join(event_queue, event_queue.c.story_id == stories.c.story_id)
)

_ENQUEUE_ALL = (
    "INSERT INTO event_queue (story_id) SELECT stories.story_id FROM stories JOIN story_articles ON "
    "story_articles.article_id = stories.representative_id WHERE NOT stories.deleted ORDER BY story_articles.timestamp"
)


def _finish_rebuilding(database: Database) -> int:
    """Write tombstones for the events that a rebuild did not find again; return how many."""
    home = event_stories.alias("home")
    with database.read() as connection:
        if read_state(connection, StateName.EVENTS_REBUILDING) is None:
            return 0
        lost = connection.execute(
            select(events.c.event_id, events.c.first_story.label("lost"), home.c.first_story)
            .outerjoin(home, home.c.number == events.c.first_story)
            .where(
                events.c.deleted.is_(False), (home.c.number.is_(None)) | (home.c.first_story != events.c.first_story)
            )
        ).all()
        first_stories = {row.first_story for row in lost}
        current = select(events.c.first_story, events.c.event_id).where(events.c.deleted.is_(False))
        ids = {row.first_story: row.event_id for row in connection.execute(current) if row.first_story in first_stories}
        merged = merged_first_stories(connection, [row.lost for row in lost if row.first_story is None])
    with database.write() as connection:
        for row in lost:
            connection.execute(
                events.update()
                .where(events.c.event_id == row.event_id)
                .values(
                    deleted=True,
                    story_count=0,
                    merged_into=ids.get(row.first_story) or merged.get(row.lost),
                    built_at=now(),
                )
            )
        remove_state(connection, StateName.EVENTS_REBUILDING)
    return len(lost)
