"""Event rows: the events that a batch of stories changed, and the stories that are written anew because of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from archive.among import change_among, fetch_among
from archive.event_tables import events
from archive.schema import now
from indexer.events.in_memory import event_id
from indexer.stories.persistent.story_rows import write_again


@dataclass(frozen=True, slots=True)
class Place:
    """A story and the event that it is in."""

    number: int
    story_id: str
    moment: int
    digest: str
    founder: int | None
    """The story that founded its event; None where it is in none yet."""

    @property
    def rank(self) -> tuple[int, str]:
        """Its place in the order in which stories found events."""
        return self.moment, self.story_id


def write_events(connection: Connection, groups: Sequence[Sequence[Place]], removed: Collection[Place]) -> int:
    """Write the rows of the events that these groups make, and of those that are no more; return how many changed.

    `groups` hold the stories with the founders that they had before, `removed` those that are in no event any more. A
    story whose event, or its size, is another is enqueued for the search indexes.
    """
    homes = {place.number: group[0] for group in groups for place in group}
    before = {place.founder for places in (*groups, removed) for place in places if place.founder is not None}
    living = {group[0].number for group in groups}
    known = {row.founder: row for row in fetch_among(connection, select(events), events.c.founder, before | living)}
    rows: list[dict[str, Any]] = []
    changed: list[str] = []
    for group in groups:
        row = _living(group)
        old = known.get(group[0].number)
        if old is None or any(getattr(old, name) != value for name, value in row.items()):
            rows.append(row)
        resized = old is None or old.deleted or old.story_count != len(group)
        changed += [place.story_id for place in group if resized or place.founder != group[0].number]
    for founder, old in known.items():
        if founder not in living and not old.deleted:
            home = homes.get(founder)
            rows.append(_tombstone(old, event_id(home.story_id) if home else None))
    change_among(connection, delete(events), events.c.event_id, [row["event_id"] for row in rows])
    if rows:
        connection.execute(insert(events), [row | {"built_at": now()} for row in rows])
    write_again(connection, changed)
    return len(rows)


def _living(group: Sequence[Place]) -> dict[str, Any]:
    return {
        "event_id": event_id(group[0].story_id),
        "founder": group[0].number,
        "story_count": len(group),
        "first_moment": group[0].moment,
        "last_moment": group[-1].moment,
        "deleted": False,
        "merged_into": None,
    }


def _tombstone(row: Any, merged_into: str | None) -> dict[str, Any]:
    return {
        "event_id": row.event_id,
        "founder": row.founder,
        "story_count": 0,
        "first_moment": row.first_moment,
        "last_moment": row.last_moment,
        "deleted": True,
        "merged_into": merged_into,
    }
