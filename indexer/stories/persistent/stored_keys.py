"""Stored keys: the candidate index of near-duplicates as the archive stores it, with the changes of one batch on top.

Rows by segments of time: what is crawled today is written next to what was crawled yesterday, so that a batch touches
few pages of the database however many years it holds.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from archive.story_tables import story_keys
from indexer.stories.candidates import OVERSIZED, segment, segments_around
from indexer.stories.persistent.driver_rows import fetch_rows, insertion, write_rows

KeyHolder = tuple[int, int, int]
"""A key, an article that has it, and that article's time."""


class StoredKeys:
    """Which articles have a key."""

    def __init__(self, connection: Connection, window: int) -> None:
        """Read from that connection; `window` is in seconds."""
        self._connection = connection
        self._window = window
        self._archived: dict[int, list[KeyHolder]] = {}
        self._shared: dict[int, Counter[int]] = {}
        self._added: defaultdict[int, dict[int, int]] = defaultdict(dict)
        self._lost: set[tuple[int, int, int]] = set()
        self._removed: set[int] = set()

    def sharing(self, number: int, keys: Sequence[int], timestamp: int) -> Counter[int]:
        """Return the other articles within the window that share an article's keys, and how many each."""
        found = self.archived_sharing(number, keys, timestamp).copy()
        for other in self._removed & found.keys():
            del found[other]
        for key in keys:
            if key in self._added:
                for other, at in self._added[key].items():
                    if abs(at - timestamp) <= self._window:
                        found[other] += 1
        del found[number]
        return found

    def archived_sharing(self, number: int, keys: Sequence[int], timestamp: int) -> Counter[int]:
        """Return the same as the archive had it before this batch, which may have removed one since."""
        if number not in self._shared:
            first, last = timestamp - self._window, timestamp + self._window
            holders = self._holders(number, keys, timestamp)
            self._shared[number] = Counter([other for _, other, at in holders if first <= at <= last])
        return self._shared[number]

    def add(self, number: int, keys: Sequence[int], timestamp: int) -> None:
        """Add an article's keys; of an oversized bucket of a segment the earliest stay."""
        holders = self._holders(number, keys, timestamp)
        del self._archived[number]  # an oversized bucket is thousands of rows, and nobody asks for them again
        sizes = Counter([key for key, _, _ in holders])
        for key in keys:
            added = self._added[key]
            if sizes.get(key, 0) + len(added) < OVERSIZED or self._make_room(key, number, timestamp, holders):
                added[number] = timestamp

    def _make_room(self, key: int, number: int, timestamp: int, holders: Sequence[KeyHolder]) -> bool:
        """Tell whether there is room for an article in the bucket of a key; the latest of it is evicted."""
        in_segment, added = segment(timestamp), self._added[key]
        bucket = [(at, other) for other, at in added.items() if segment(at) == in_segment]
        bucket += [
            (at, other)
            for shared, other, at in holders
            if shared == key and segment(at) == in_segment and (in_segment, key, other) not in self._lost
        ]
        if len(bucket) < OVERSIZED:
            return True
        latest = max(bucket)
        if latest < (timestamp, number):
            return False
        if added.pop(latest[1], None) is None:
            self._lost.add((in_segment, key, latest[1]))
        return True

    def remove(self, number: int, keys: Sequence[int], timestamp: int) -> None:
        """Remove an article's keys."""
        self._removed.add(number)
        self._archived.pop(number, None)
        self._shared.pop(number, None)
        in_segment = segment(timestamp)
        for key in keys:
            self._lost.add((in_segment, key, number))
            self._added[key].pop(number, None)

    def write(self, connection: Connection) -> None:
        """Write all changes."""
        write_rows(connection, _DELETE, sorted(self._lost))
        kept = [
            (segment(timestamp), key, number, timestamp)
            for key, numbers in sorted(self._added.items())
            for number, timestamp in numbers.items()
        ]
        write_rows(connection, _INSERT, kept)

    def _holders(self, number: int, keys: Sequence[int], timestamp: int) -> list[KeyHolder]:
        """Return who has an article's keys in the archive, in all segments that its window touches."""
        if number not in self._archived:
            segments = segments_around(timestamp, self._window)
            self._archived[number] = fetch_rows(self._connection, _HOLDERS, segments, keys)
        return self._archived[number]


_HOLDERS = "SELECT key, article_id, timestamp FROM story_keys WHERE segment IN {numbers} AND key IN {numbers}"
_INSERT = insertion(story_keys)
_DELETE = "DELETE FROM story_keys WHERE segment = {mark} AND key = {mark} AND article_id = {mark}"
