"""Stored keys: the candidate index of near-duplicates as the archive keeps it, with the changes of one batch on top.

Rows by segments of time: what is crawled today is written next to what was crawled yesterday, so that a batch touches
few pages of the database however many years it holds.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert

from archive.story_tables import story_keys
from indexer.stories.candidates import CROWD, SHARED, segment, segments_around

LATER = 1 << 31
"""Makes one number of a moment and an article, so that the database can tell the latest by `max`."""


class StoredKeys:
    """Which articles have a key."""

    def __init__(self, connection: Connection, window: int) -> None:
        """Read from that connection; `window` is in seconds."""
        self._connection = connection
        self._window = window
        self._sharing: dict[int, list[tuple[int, int]]] = {}
        self._added: defaultdict[int, dict[int, int]] = defaultdict(dict)
        self._lost: set[tuple[int, int, int]] = set()
        self._removed: set[int] = set()

    def sharing(self, number: int, keys: Sequence[int], moment: int) -> Counter[int]:
        """Return the other articles within the window that share enough of an article's keys, and how many each."""
        found = Counter(self.archived_sharing(number, keys, moment))
        for key in keys:
            if key in self._added:
                for other, at in self._added[key].items():
                    if abs(at - moment) <= self._window:
                        found[other] += 1
        del found[number]
        return found

    def archived_sharing(self, number: int, keys: Sequence[int], moment: int) -> dict[int, int]:
        """Return the same of the archive alone, without what this batch added."""
        if number not in self._sharing:
            self._sharing[number] = self._read_sharing(keys, moment)
        return {other: count for other, count in self._sharing[number] if other not in self._removed}

    def keep(self, number: int, keys: Sequence[int], moment: int) -> None:
        """Keep an article's keys; of a crowd that shares one in a segment the earliest stay."""
        place = segment(moment)
        crowds = self._read_crowds(keys, place)
        for key in keys:
            added = self._added[key]
            count, latest = crowds.get(key, (0, 0))
            crowd: list[int] = []
            if count + len(added) >= CROWD:
                crowd = [at * LATER + other for other, at in added.items() if segment(at) == place]
            if count + len(crowd) >= CROWD:
                latest = max([latest, *crowd])
                if latest < moment * LATER + number:
                    continue
                if added.pop(latest % LATER, None) is None:
                    self._lost.add((place, key, latest % LATER))
            added[number] = moment

    def remove(self, number: int, keys: Sequence[int], moment: int) -> None:
        """Forget an article's keys."""
        self._removed.add(number)
        self._sharing.pop(number, None)
        place = segment(moment)
        for key in keys:
            self._lost.add((place, key, number))
            self._added[key].pop(number, None)

    def write(self, connection: Connection) -> None:
        """Write all changes."""
        lost = [{"place": place, "lost": key, "number": number} for place, key, number in sorted(self._lost)]
        if lost:
            connection.execute(_DELETE, lost)
        kept: list[Mapping[str, int]] = [
            {"segment": segment(moment), "key": key, "article_id": number, "moment": moment}
            for key, numbers in sorted(self._added.items())
            for number, moment in numbers.items()
        ]
        if kept:
            connection.execute(insert(story_keys), kept)

    def _read_sharing(self, keys: Sequence[int], moment: int) -> list[tuple[int, int]]:
        places = segments_around(moment, self._window)
        window = (moment - self._window, moment + self._window)
        return self._rows(_SHARING, len(places), len(keys), (*places, *keys, *window, SHARED))

    def _read_crowds(self, keys: Sequence[int], place: int) -> dict[int, tuple[int, int]]:
        """Return of each key how many have it in a segment, and the latest of them (LATER)."""
        rows = self._rows(_CROWDS, 1, len(keys), (place, *keys))
        return {key: (count, latest) for key, count, latest in rows}

    def _rows(self, form: str, places: int, keys: int, values: Sequence[int]) -> list[Any]:
        """Ask the driver itself: these run once an article, and SQLAlchemy's part would cost more than the answer."""
        cursor = self._connection.connection.cursor()
        try:
            cursor.execute(_statement(form, self._connection.dialect.paramstyle, places, keys), values)
            return list(cursor.fetchall())
        finally:
            cursor.close()


_SHARING = (
    "SELECT article_id, count(*) FROM story_keys WHERE segment IN ({places}) AND key IN ({keys})"
    " AND moment BETWEEN {mark} AND {mark} GROUP BY article_id HAVING count(*) >= {mark}"
)
_CROWDS = (
    f"SELECT key, count(*), max(moment * {LATER} + article_id) FROM story_keys"  # noqa: S608 - a constant
    " WHERE segment IN ({places}) AND key IN ({keys}) GROUP BY key"
)
_DELETE = delete(story_keys).where(
    story_keys.c.segment == bindparam("place"),
    story_keys.c.key == bindparam("lost"),
    story_keys.c.article_id == bindparam("number"),
)


@cache
def _statement(form: str, paramstyle: str, places: int, keys: int) -> str:
    mark = "?" if paramstyle == "qmark" else "%s"
    return form.format(mark=mark, places=", ".join([mark] * places), keys=", ".join([mark] * keys))
