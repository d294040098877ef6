"""Clustering: works off the articles that changed since the cursor, in batches, into stories.

A batch reads one state of the archive, computes in memory, and writes its result, its stories' outbox rows and the
new cursor in one short transaction: killed at any point, the next run does the rest and nothing twice. One process
clusters at a time (the caller holds the lock `index`); crawls go on saving articles meanwhile, for the next run.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, delete, func, insert, literal, or_, select

from archive.article import Level
from archive.database import Database
from archive.forgetting import delete_articles, forgotten_articles
from archive.schema import articles, now
from archive.source_titles import known_source_titles
from archive.story_tables import clustering, outbox, search_indexes, stories, story_articles, story_keys, story_links
from indexer.stories.in_memory import story_id
from indexer.stories.persistent.article_items import WHOLE, item_of
from indexer.stories.persistent.corrected import corrected_constraints
from indexer.stories.persistent.recent_texts import RecentTexts
from indexer.stories.persistent.state import RebuildPhase, StateName, read_state, write_state
from indexer.stories.persistent.stored_graph import Arrival, StoredGraph
from indexer.stories.persistent.story_rows import StoryRow, changed_stories, next_revision, tombstone, write_stories
from indexer.stories.shingles import ALGORITHM, digest

BATCH = 2000
"""Articles of one transaction. Keys scatter over the pages of their segment: larger batches write each page less often.
A kill loses the work of two seconds at most."""


@dataclass
class ClusteringSummary:
    """What clustering did."""

    articles: int = 0
    """Articles worked off, those that form no story included."""
    stories: int = 0
    """Story revisions made, tombstones included."""


def register_index(database: Database, name: str) -> None:
    """Register a search index: every story is enqueued for it, now and with each change."""
    with database.read() as connection:
        if connection.scalar(select(search_indexes.c.name).where(search_indexes.c.name == name)) is not None:
            return
    with database.write() as connection:
        if connection.scalar(select(search_indexes.c.name).where(search_indexes.c.name == name)) is None:
            connection.execute(insert(search_indexes).values(name=name, registered_at=now(), tries=0))
            enqueue_all(connection, name)


def enqueue_all(connection: Connection, name: str) -> None:
    """Enqueue every story for an index, as for an empty one."""
    connection.execute(delete(outbox).where(outbox.c.index_name == name))
    every = select(literal(name), stories.c.story_id, stories.c.revision, literal(now(), outbox.c.queued_at.type))
    connection.execute(insert(outbox).from_select(["index_name", "story_id", "revision", "queued_at"], every))


def waiting_articles(connection: Connection) -> int:
    """Return how many changed articles are still to be clustered."""
    cursor = int(read_state(connection, StateName.CURSOR) or 0)
    query = select(func.count()).select_from(articles).where(articles.c.changed_seq > cursor)
    return int(connection.scalar(query) or 0)


def has_waiting_articles(connection: Connection) -> bool:
    """Tell whether an article is still to be clustered; answered at once, however many there are."""
    newest = connection.scalar(select(func.max(articles.c.changed_seq)))
    return newest is not None and newest > int(read_state(connection, StateName.CURSOR) or 0)


def cluster_changes(
    database: Database,
    *,
    levels: Iterable[Level],
    window: timedelta,
    progress: Callable[[int], None] = lambda _: None,
) -> ClusteringSummary:
    """Work off every article that changed since the last time; `progress` is called with how many were done.

    Articles of other levels form no stories, nor do those that source health holds back. The caller holds the process
    lock `index`.
    """
    summary = ClusteringSummary()
    recent = RecentTexts()
    _prepare(database)
    summary.stories += remove_forgotten(database, window=window)
    wanted = {level.value for level in levels}
    while True:
        with database.read() as connection:
            cursor = int(read_state(connection, StateName.CURSOR) or 0)
            changed = connection.execute(
                select(*WHOLE, articles.c.level, articles.c.held_by, articles.c.changed_seq)
                .where(articles.c.changed_seq > cursor)
                .order_by(articles.c.changed_seq)
                .limit(BATCH)
            ).all()
            if not changed:
                break
            titles = known_source_titles(connection)
            constraints = corrected_constraints(connection)
            graph = StoredGraph(connection, int(window.total_seconds()), recent, constraints)
            graph.load(row.id for row in changed)
            refreshed: set[int] = set()
            arrivals: list[Arrival] = []
            for row in changed:
                known = graph.known(row.id)
                item = item_of(row, titles)
                text = digest(f"{row.title}\n{row.body}{constraints.said_of(row.id)}")
                forms_story = row.level in wanted and row.held_by is None
                if known and forms_story and (known.digest, known.rank) == (text, item.rank):
                    refreshed.add(row.id)
                    continue
                if known:
                    graph.remove(row.id)
                if forms_story:
                    arrivals.append(Arrival(row.id, item, text))
            graph.add(arrivals)
            rows = changed_stories(connection, graph, refreshed, titles)
        with database.write() as connection:
            graph.write(connection)
            write_stories(connection, rows)
            write_state(connection, StateName.CURSOR, str(changed[-1].changed_seq))
        summary.articles += len(changed)
        summary.stories += len(rows)
        progress(len(changed))
    summary.stories += _finish_rebuilding(database)
    return summary


def remove_forgotten(database: Database, *, window: timedelta) -> int:
    """Delete the articles that are to be forgotten, and have the stories that they leave told without them.

    An article goes in the transaction that takes it out of its story: no reader finds a story without its original.
    Returns how many story revisions that made. The caller holds the process lock `index`, or has the database alone.
    """
    recent = RecentTexts()
    count = 0
    while True:
        with database.read() as connection:
            gone = forgotten_articles(connection, limit=BATCH)
            if not gone:
                return count
            graph = StoredGraph(connection, int(window.total_seconds()), recent, corrected_constraints(connection))
            graph.load(gone)
            for number in gone:
                if graph.known(number):
                    graph.remove(number)
            rows = changed_stories(connection, graph, (), known_source_titles(connection))
        with database.write() as connection:
            graph.write(connection)
            write_stories(connection, rows)
            delete_articles(connection, gone)
        count += len(rows)


def start_rebuilding(database: Database) -> None:
    """Have the next run rebuild all stories from the articles alone.

    Until a story is rebuilt the search indexes keep what they hold; ids and rising revisions stay.
    """
    with database.write() as connection:
        write_state(connection, StateName.REBUILDING, RebuildPhase.CLEARING)


def _prepare(database: Database) -> None:
    """Clear what a rebuild, or keys made by another algorithm, leave without worth; segment by segment."""
    with database.read() as connection:
        made_by, rebuilding = read_state(connection, StateName.ALGORITHM), read_state(connection, StateName.REBUILDING)
    if made_by not in {None, ALGORITHM} and rebuilding != RebuildPhase.CLEARING:
        start_rebuilding(database)
        rebuilding = RebuildPhase.CLEARING
    if rebuilding == RebuildPhase.CLEARING:
        _clear(database)
    if made_by != ALGORITHM:
        with database.write() as connection:
            write_state(connection, StateName.ALGORITHM, ALGORITHM)


def _clear(database: Database) -> None:
    while True:
        with database.write() as connection:
            segment = connection.scalar(select(func.min(story_keys.c.segment)))
            if segment is None:
                break
            connection.execute(delete(story_keys).where(story_keys.c.segment == segment))
    for column in (story_links.c.article_id, story_articles.c.article_id):
        while True:
            with database.write() as connection:
                first = connection.scalar(select(func.min(column)))
                if first is None:
                    break
                connection.execute(delete(column.table).where(column < first + 10_000))
    with database.write() as connection:
        write_state(connection, StateName.CURSOR, "0")
        write_state(connection, StateName.REBUILDING, RebuildPhase.CLUSTERING)


def _finish_rebuilding(database: Database) -> int:
    """Write tombstones for the stories that a rebuild did not find again; return how many."""
    own, of_original = story_articles.alias("own"), story_articles.alias("of_original")
    successor = story_articles.alias("successor")
    home = func.coalesce(own.c.representative_id, of_original.c.representative_id)
    with database.read() as connection:
        if read_state(connection, StateName.REBUILDING) is None:
            return 0
        lost = connection.execute(
            select(stories.c.story_id, stories.c.representative_id, stories.c.revision, successor.c.url)
            .outerjoin(own, own.c.article_id == stories.c.representative_id)
            .outerjoin(of_original, of_original.c.article_id == stories.c.original_id)
            .outerjoin(successor, successor.c.article_id == home)
            .where(
                stories.c.deleted.is_(False),
                or_(own.c.article_id.is_(None), own.c.representative_id != stories.c.representative_id),
            )
        ).all()
    rows: list[StoryRow] = [
        tombstone(row.story_id, row.representative_id, story_id(row.url) if row.url else None)
        | {"revision": next_revision(row.revision)}
        for row in lost
    ]
    with database.write() as connection:
        write_stories(connection, rows)
        connection.execute(delete(clustering).where(clustering.c.name == StateName.REBUILDING.value))
    return len(rows)
