"""Story rows: the stories that a batch of articles changed, re-elected and enqueued for every search index."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from archive.event_tables import event_queue
from archive.schema import articles, now
from archive.story_tables import dead_letters, outbox, search_indexes, stories, story_changes
from archive.where_in import execute_where_in, fetch_where_in
from indexer.search.document import revision_at
from indexer.stories.in_memory import story_id
from indexer.stories.original import elect
from indexer.stories.persistent.article_items import HEAD, item_of
from indexer.stories.persistent.stored_graph import StoredGraph

StoryRow = dict[str, Any]
"""A row of the table `stories`, by column."""


def next_revision(previous: int | None) -> int:
    """Return a story's next revision: it rises, also after a restore or a rebuild, since it is not below the clock."""
    return max((previous or 0) + 1, revision_at(now()))


def changed_stories(
    connection: Connection, graph: StoredGraph, refreshed: Iterable[int], titles: Mapping[str, str]
) -> list[StoryRow]:
    """Return the rows of every story that the graph's changes, or the `refreshed` articles' other fields, affect."""
    touched = {graph.representative(number) for number in graph.touched.union(refreshed)} | graph.abandoned
    representatives = {number for number in touched if number is not None}
    ids = {number: story_id(graph.url(number)) for number in representatives}
    known_rows = fetch_where_in(
        connection, select(stories.c.story_id, stories.c.revision), stories.c.story_id, ids.values()
    )
    before = {row.story_id: row for row in known_rows}
    living = {number for number in representatives if graph.representative(number) == number}
    rows = _living(connection, graph, living, titles)
    for number in representatives - living:
        if ids[number] in before:
            successor = graph.successor(number)
            rows.append(
                tombstone(ids[number], number, story_id(graph.url(successor)) if successor is not None else None)
            )
    for row in rows:
        known = before.get(row["story_id"])
        row["revision"] = next_revision(known.revision if known else None)
    return sorted(rows, key=lambda row: row["story_id"])


def tombstone(identifier: str, representative: int, merged_into: str | None) -> StoryRow:
    """Return the row of a story that is no more; its revision is still to be set."""
    return {
        "story_id": identifier,
        "representative_id": representative,
        "original_id": None,
        "deleted": True,
        "merged_into": merged_into,
        "article_count": 0,
        "reasons": [],
        "built_at": now(),
    }


def write_stories(connection: Connection, rows: Sequence[StoryRow]) -> None:
    """Write story rows, note each as changed, enqueue it for every search index and to be grouped into events.

    An older revision's dead letter is deleted.
    """
    if not rows:
        return
    execute_where_in(connection, delete(stories), stories.c.story_id, [row["story_id"] for row in rows])
    connection.execute(insert(stories), rows)
    connection.execute(insert(event_queue), [{"story_id": row["story_id"]} for row in rows])
    _enqueue(connection, rows)


def write_again(connection: Connection, ids: Iterable[str]) -> None:
    """Enqueue living stories for every search index in a new revision: what their documents say beside them changed."""
    known = fetch_where_in(
        connection,
        select(stories.c.story_id, stories.c.revision).where(stories.c.deleted.is_(False)),
        stories.c.story_id,
        ids,
    )
    rows = [{"story_id": row.story_id, "revision": next_revision(row.revision)} for row in known]
    if rows:
        changed = [{"changed_id": row["story_id"], "to": row["revision"]} for row in rows]
        statement = (
            update(stories).where(stories.c.story_id == bindparam("changed_id")).values(revision=bindparam("to"))
        )
        connection.execute(statement, changed)
        _enqueue(connection, rows)


def _enqueue(connection: Connection, rows: Sequence[StoryRow]) -> None:
    """Note the stories as changed, for readers who follow them, and enqueue them for every search index."""
    ids = [row["story_id"] for row in rows]
    for table in (outbox, dead_letters, story_changes):
        execute_where_in(connection, delete(table), table.c.story_id, ids)
    connection.execute(insert(story_changes), [{"story_id": one} for one in ids])
    at = now()
    entries = [
        {"index_name": name, "story_id": row["story_id"], "revision": row["revision"], "queued_at": at}
        for name in connection.scalars(select(search_indexes.c.name))
        for row in rows
    ]
    if entries:
        connection.execute(insert(outbox), entries)


def _living(
    connection: Connection, graph: StoredGraph, representatives: Iterable[int], titles: Mapping[str, str]
) -> list[StoryRow]:
    members = graph.members(representatives)
    numbers = [number for group in members.values() for number in group]
    heads = {row.id: row for row in fetch_where_in(connection, select(*HEAD), articles.c.id, numbers)}
    rows: list[StoryRow] = []
    for representative, group in members.items():
        election = elect([item_of(heads[number], titles, length=-graph.rank(number).shortness) for number in group])
        rows.append(
            {
                "story_id": story_id(graph.url(representative)),
                "representative_id": representative,
                "original_id": group[election.original],
                "deleted": False,
                "merged_into": None,
                "article_count": len(group),
                "reasons": list(election.reasons),
                "built_at": now(),
            }
        )
    return rows
