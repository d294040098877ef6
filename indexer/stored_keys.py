"""Stored keys: the candidate index of near-duplicates as the archive keeps it, with the changes of one batch on top.

Rows by segments of time: what is crawled today is written next to what was crawled yesterday, so that a batch touches
few pages of the database however many years it holds.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from archive.story_tables import story_keys
from indexer.driver_rows import fetch_among, insertion, write_rows
from indexer.stories.candidates import CROWD, segment, segments_around

Holder = tuple[int, int, int]
"""A key, an article that has it, and that article's moment."""


class StoredKeys:
    """Which articles have a key."""

    def __init__(self, connection: Connection, window: int) -> None:
        """Read from that connection; `window` is in seconds."""
        self._connection = connection
        self._window = window
        self._archived: dict[int, list[Holder]] = {}
        self._added: defaultdict[int, dict[int, int]] = defaultdict(dict)
        self._lost: set[tuple[int, int, int]] = set()
        self._removed: set[int] = set()

    def sharing(self, number: int, keys: Sequence[int], moment: int) -> Counter[int]:
        """Return the other articles within the window that share an article's keys, and how many each."""
        found = self.archived_sharing(number, keys, moment)
        for key in keys:
            if key in self._added:
                for other, at in self._added[key].items():
                    if abs(at - moment) <= self._window:
                        found[other] += 1
        del found[number]
        return found

    def archived_sharing(self, number: int, keys: Sequence[int], moment: int) -> Counter[int]:
        """Return the same of the archive alone, without what this batch added."""
        first, last = moment - self._window, moment + self._window
        found = Counter([other for _, other, at in self._holders(number, keys, moment) if first <= at <= last])
        for other in self._removed & found.keys():
            del found[other]
        return found

    def keep(self, number: int, keys: Sequence[int], moment: int) -> None:
        """Keep an article's keys; of a crowd that shares one in a segment the earliest stay."""
        place = segment(moment)
        crowds = self._crowds(self._holders(number, keys, moment), place)
        for key in keys:
            added = self._added[key]
            crowd = crowds.get(key, [])
            if len(crowd) + len(added) >= CROWD:
                crowd = [*crowd, *((at, other) for other, at in added.items() if segment(at) == place)]
                latest = max(crowd)
                if len(crowd) >= CROWD and latest < (moment, number):
                    continue
                if len(crowd) >= CROWD and added.pop(latest[1], None) is None:
                    self._lost.add((place, key, latest[1]))
            added[number] = moment

    def remove(self, number: int, keys: Sequence[int], moment: int) -> None:
        """Forget an article's keys."""
        self._removed.add(number)
        self._archived.pop(number, None)
        place = segment(moment)
        for key in keys:
            self._lost.add((place, key, number))
            self._added[key].pop(number, None)

    def write(self, connection: Connection) -> None:
        """Write all changes."""
        write_rows(connection, _DELETE, sorted(self._lost))
        kept = [
            (segment(moment), key, number, moment)
            for key, numbers in sorted(self._added.items())
            for number, moment in numbers.items()
        ]
        write_rows(connection, _INSERT, kept)

    def _holders(self, number: int, keys: Sequence[int], moment: int) -> list[Holder]:
        """Return who has an article's keys in the archive, in all segments that its window touches."""
        if number not in self._archived:
            places = segments_around(moment, self._window)
            self._archived[number] = fetch_among(self._connection, _HOLDERS, places, keys)
        return self._archived[number]

    def _crowds(self, holders: Sequence[Holder], place: int) -> dict[int, list[tuple[int, int]]]:
        """Return of each key who has it in that segment, as moments and articles; nothing where no key has a crowd."""
        crowds: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for key, other, at in holders:
            if segment(at) == place and (place, key, other) not in self._lost:
                crowds[key].append((at, other))
        return crowds


_HOLDERS = "SELECT key, article_id, moment FROM story_keys WHERE segment IN {among} AND key IN {among}"
_INSERT = insertion(story_keys)
_DELETE = "DELETE FROM story_keys WHERE segment = {mark} AND key = {mark} AND article_id = {mark}"
