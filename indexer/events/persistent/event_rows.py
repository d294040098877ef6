"""Event rows: the events that a batch of stories changed, and the stories that are written anew because of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from archive.event_tables import event_stories, events
from archive.schema import now
from archive.story_tables import stories
from archive.where_in import execute_where_in, fetch_where_in
from indexer.events.in_memory import event_id
from indexer.stories.persistent.story_rows import write_again


@dataclass(frozen=True, slots=True)
class StoryPlace:
    """A story and the event that it is in."""

    number: int
    story_id: str
    timestamp: int
    digest: str
    first_story: int | None
    """The story that founded its event; None where it is in none yet."""

    @property
    def rank(self) -> tuple[int, str]:
        """Its place in the order in which stories found events."""
        return self.timestamp, self.story_id


def write_events(
    connection: Connection,
    groups: Sequence[Sequence[StoryPlace]],
    removed: Collection[StoryPlace],
    told_at: Mapping[int, int],
) -> int:
    """Write the rows of the events that these groups make, and of those that are no more; return how many changed.

    `groups` hold the stories with the first stories of the events that they were in, `removed` those that are in no
    event any more; `told_at` says of stories, by their numbers, when their originals were published. A story whose
    event, or its size, is another is enqueued for the search indexes.
    """
    homes = {place.number: group[0] for group in groups for place in group}
    heirs = _heirs(groups)
    before = {place.first_story for places in (*groups, removed) for place in places if place.first_story is not None}
    living = {group[0].number for group in groups}
    known = {
        row.first_story: row
        for row in fetch_where_in(connection, select(events), events.c.first_story, before | living)
    }
    rows: list[dict[str, Any]] = []
    changed: list[str] = []
    for group in groups:
        row = _living(group, told_at)
        old = known.get(group[0].number)
        if old is None or any(getattr(old, name) != value for name, value in row.items()):
            rows.append(row)
        resized = old is None or old.deleted or old.story_count != len(group)
        changed += [place.story_id for place in group if resized or place.first_story != group[0].number]
    dissolved = [old for first_story, old in known.items() if first_story not in living and not old.deleted]
    merged = merged_first_stories(connection, [old.first_story for old in dissolved])
    for old in dissolved:
        home = homes.get(old.first_story) or heirs.get(old.first_story)
        rows.append(_tombstone(old, event_id(home.story_id) if home else merged.get(old.first_story)))
    execute_where_in(connection, delete(events), events.c.event_id, [row["event_id"] for row in rows])
    if rows:
        connection.execute(insert(events), [row | {"built_at": now()} for row in rows])
    write_again(connection, changed)
    return len(rows)


def merged_first_stories(connection: Connection, first_stories: Collection[int]) -> dict[int, str]:
    """Return, of first stories that are no more, the event of the story that each is part of now."""
    joined, first = event_stories.alias("joined"), event_stories.alias("first")
    query = (
        select(stories.c.representative_id, first.c.story_id)
        .join(joined, joined.c.story_id == stories.c.merged_into)
        .join(first, first.c.number == joined.c.first_story)
        .where(stories.c.deleted)
    )
    rows = fetch_where_in(connection, query, stories.c.representative_id, first_stories)
    return {row.representative_id: event_id(row.story_id) for row in rows}


def _heirs(groups: Sequence[Sequence[StoryPlace]]) -> dict[int, StoryPlace]:
    """Return, of each event that was, by its first story, the first of the event that its earliest story is in now."""
    earliest: dict[int, tuple[StoryPlace, StoryPlace]] = {}
    for group in groups:
        for place in group:
            if place.first_story is not None:
                known = earliest.get(place.first_story)
                if known is None or place.rank < known[0].rank:
                    earliest[place.first_story] = (place, group[0])
    return {first_story: first for first_story, (_, first) in earliest.items()}


def _living(group: Sequence[StoryPlace], told_at: Mapping[int, int]) -> dict[str, Any]:
    """Return an event's row: it reaches from its earliest article to its last report, told by that story's original."""
    return {
        "event_id": event_id(group[0].story_id),
        "first_story": group[0].number,
        "story_count": len(group),
        "first_timestamp": group[0].timestamp,
        "last_timestamp": max(told_at.get(place.number, place.timestamp) for place in group),
        "deleted": False,
        "merged_into": None,
    }


def _tombstone(row: Any, merged_into: str | None) -> dict[str, Any]:
    return {
        "event_id": row.event_id,
        "first_story": row.first_story,
        "story_count": 0,
        "first_timestamp": row.first_timestamp,
        "last_timestamp": row.last_timestamp,
        "deleted": True,
        "merged_into": merged_into,
    }
