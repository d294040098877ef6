"""Stored keys: the candidate index of near-duplicates as the archive keeps it, with the changes of one batch on top.

Rows by segments of ten days: what is crawled today is written next to what was crawled yesterday, so that a batch
touches few pages of the database however many years it holds.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert

from archive.story_tables import story_keys
from indexer.stories.candidates import CROWD, segment, segments_around


class Kept(NamedTuple):
    """One key of one article."""

    segment: int
    key: int
    number: int
    moment: int


class StoredKeys:
    """Which articles have a key."""

    def __init__(self, connection: Connection, window: int) -> None:
        """Read from that connection; `window` is in seconds."""
        self._connection = connection
        self._window = window
        self._read: dict[int, list[Kept]] = {}
        self._added: defaultdict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        self._lost: set[tuple[int, int, int]] = set()
        self._removed: set[int] = set()

    def look_up(self, number: int, keys: Sequence[int], moment: int) -> list[Kept]:
        """Return what is kept of these keys within the window; the article itself may be among it."""
        if number not in self._read:
            self._read[number] = self._rows(keys, moment)
        found = [kept for kept in self._read[number] if kept.number not in self._removed and kept[:3] not in self._lost]
        for place in segments_around(moment, self._window):
            for key in keys:
                if (place, key) in self._added:
                    found += (Kept(place, key, other, at) for other, at in self._added[place, key].items())
        return [kept for kept in found if abs(kept.moment - moment) <= self._window]

    def keep(self, number: int, keys: Sequence[int], moment: int) -> None:
        """Keep an article's keys; of a crowd that shares one in a segment the earliest stay."""
        place = segment(moment)
        crowds: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for kept in self.look_up(number, keys, moment):
            if kept.segment == place:
                crowds[kept.key].append((kept.moment, kept.number))
        del self._read[number]
        for key in keys:
            if len(crowds[key]) >= CROWD:
                latest = max(crowds[key])
                if latest < (moment, number):
                    continue
                if self._added[place, key].pop(latest[1], None) is None:
                    self._lost.add((place, key, latest[1]))
            self._added[place, key][number] = moment

    def remove(self, number: int, keys: Sequence[int], moment: int) -> None:
        """Forget an article's keys."""
        self._removed.add(number)
        place = segment(moment)
        for key in keys:
            self._lost.add((place, key, number))
            self._added[place, key].pop(number, None)

    def write(self, connection: Connection) -> None:
        """Write all changes."""
        lost = [{"place": place, "lost": key, "number": number} for place, key, number in sorted(self._lost)]
        if lost:
            connection.execute(_DELETE, lost)
        kept: list[Mapping[str, int]] = [
            {"segment": place, "key": key, "article_id": number, "moment": moment}
            for (place, key), numbers in sorted(self._added.items())
            for number, moment in numbers.items()
        ]
        if kept:
            connection.execute(insert(story_keys), kept)

    def _rows(self, keys: Sequence[int], moment: int) -> list[Kept]:
        places = segments_around(moment, self._window)
        mark = "?" if self._connection.dialect.paramstyle == "qmark" else "%s"
        statement = _statement(mark, len(places), len(keys))
        return [Kept(*row) for row in self._connection.exec_driver_sql(statement, (*places, *keys))]


_DELETE = delete(story_keys).where(
    story_keys.c.segment == bindparam("place"),
    story_keys.c.key == bindparam("lost"),
    story_keys.c.article_id == bindparam("number"),
)


@cache
def _statement(mark: str, places: int, keys: int) -> str:
    """Return the look-up as the driver takes it: it runs once an article, and composing it costs more than it does."""
    return (
        "SELECT segment, key, article_id, moment FROM story_keys"  # noqa: S608 - marks of parameters, not values
        f" WHERE segment IN ({_marks(mark, places)}) AND key IN ({_marks(mark, keys)})"
    )


def _marks(mark: str, count: int) -> str:
    return ", ".join([mark] * count)
