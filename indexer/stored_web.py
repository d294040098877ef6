"""The web of articles as the archive keeps it: read where it is needed, changed in memory, written in one go.

One batch of articles has one `StoredWeb`: it reads from one state of the archive, and nothing is computed while the
archive is locked for writing.
"""

import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Executable, and_, bindparam, delete, insert, select, update

from archive.story_tables import story_articles, story_links
from indexer.recent_wordings import RecentWordings
from indexer.stored_keys import StoredKeys
from indexer.stories.candidates import MISSES, SHARED, most_promising
from indexer.stories.grouping import Link, find_links, settle
from indexer.stories.item import Item, Rank
from indexer.stories.sameness import Wording

READ_AHEAD = 50
"""Arrivals whose neighbours are read at once: a query an article costs more than its answer."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article that is to be folded."""

    number: int
    item: Item
    digest: str
    """Exact hash of title and body."""


@dataclass(frozen=True, slots=True)
class Known:
    """An article that is in a story, or is about to be."""

    rank: Rank
    digest: str
    keys: tuple[int, ...]
    founder: int | None


class StoredWeb:
    """A `Web` over the archive's tables, with the changes of one batch on top."""

    def __init__(self, connection: Connection, window: int, recent: RecentWordings) -> None:
        """Read from that connection; `window` is in seconds."""
        self._connection = connection
        self._recent = recent
        self._keys = StoredKeys(connection, window)
        self._known: dict[int, Known | None] = {}
        self._links: dict[int, dict[int, Link]] = {}
        self._added: set[int] = set()
        self._placed: set[int] = set()
        self._new_links: set[tuple[int, int]] = set()
        self._lost_links: set[tuple[int, int]] = set()
        self._removed: dict[int, Known] = {}
        self.abandoned: set[int] = set()
        """Founders that an article left, or that were removed themselves."""

    # --- what changes -----------------------------------------------------------------------------------------------

    def add(self, arrivals: Sequence[Arrival]) -> None:
        """Make articles known, link them and give them and all that this affects a place."""
        for arrival in arrivals:
            wording = arrival.item.wording
            self._recent.keep(arrival.number, wording)
            rank = replace(arrival.item, known_length=len(wording.plain)).rank
            self._known[arrival.number] = Known(rank, arrival.digest, wording.keys, None)
            self._links[arrival.number] = {}
            self._added.add(arrival.number)
        for start in range(0, len(arrivals), READ_AHEAD):
            self._join(arrivals[start : start + READ_AHEAD])

    def _join(self, arrivals: Sequence[Arrival]) -> None:
        likely = {other for arrival in arrivals for other in self._likely(arrival.number)}
        self.look_at(likely)
        self._read_links(likely)
        self._recent.read(self._connection, likely)
        for arrival in arrivals:
            find_links(self, arrival.number)
            known = self._known[arrival.number]
            assert known is not None
            self._keys.keep(arrival.number, known.keys, known.rank.moment)
            settle(self, [arrival.number])

    def remove(self, number: int) -> None:
        """Forget an article: its text changed, or it forms no story any more. Its neighbours are placed anew."""
        known = self.known(number)
        assert known is not None
        neighbours = list(self.links(number))
        for other in neighbours:
            self.links(other)
            del self._links[other][number]
            self._lost_links |= {(number, other), (other, number)}
        self._links[number] = {}
        self._known[number] = None
        self._removed[number] = known
        self._keys.remove(number, known.keys, known.rank.moment)
        if known.founder is not None:
            self.abandoned.add(known.founder)
        settle(self, neighbours)

    def link(self, number: int, other: int, link: Link) -> None:
        """Keep a link, for both."""
        self.links(number)
        self.links(other)
        self._links[number][other] = link
        self._links[other][number] = link.turned()
        self._new_links |= {(number, other), (other, number)}

    def place(self, number: int, founder: int) -> None:
        """Put an article into the story of that founder."""
        known = self.known(number)
        assert known is not None
        if known.founder is not None:
            self.abandoned.add(known.founder)
        self._known[number] = replace(known, founder=founder)
        self._placed.add(number)

    # --- what is known ----------------------------------------------------------------------------------------------

    def known(self, number: int) -> Known | None:
        """Return what is known of an article; None where it is in no story."""
        if number not in self._known:
            self.look_at([number])
        return self._known[number]

    def rank(self, number: int) -> Rank:
        """Return an article's rank."""
        known = self.known(number)
        assert known is not None
        return known.rank

    def founder(self, number: int) -> int | None:
        """Return the founder of an article's story."""
        known = self.known(number)
        return known.founder if known else None

    def wording(self, number: int) -> Wording:
        """Return an article's text, ready to be compared."""
        return self._recent.get(self._connection, number)

    def links(self, number: int) -> Mapping[int, Link]:
        """Return the articles that are the same report."""
        self._read_links([number])
        return self._links[number]

    def candidates(self, number: int) -> list[int]:
        """Return the articles within the window that may be the same report."""
        sharing = self._share(number)
        self.look_at(other for other, count in sharing.items() if count >= SHARED)
        promising = most_promising(sharing, lambda other: self.founder(other) == other)
        self._recent.read(self._connection, promising)
        return promising

    def members(self, founders: Iterable[int]) -> dict[int, list[int]]:
        """Return the articles of each of these founders' stories, in rank order."""
        wanted = set(founders)
        query = select(story_articles.c.article_id).where(story_articles.c.founder_id.in_(wanted))
        numbers = {number for (number,) in self._connection.execute(query)} | self._placed
        self.look_at(numbers)
        found: dict[int, list[int]] = {founder: [] for founder in wanted}
        for number in numbers:
            founder = self.founder(number)
            if founder in found:
                found[founder].append(number)
        return {founder: sorted(group, key=self.rank) for founder, group in found.items()}

    @property
    def touched(self) -> set[int]:
        """Articles that are new or have another founder than before."""
        return self._added | self._placed

    def url(self, number: int) -> str:
        """Return the address of an article, also of a removed one."""
        known = self.known(number) or self._removed[number]
        return known.rank.url

    # --- reading and writing ----------------------------------------------------------------------------------------

    def look_at(self, numbers: Iterable[int]) -> None:
        """Read what is known of many articles at once."""
        wanted = {number for number in numbers if number not in self._known}
        if not wanted:
            return
        self._known.update(dict.fromkeys(wanted))
        for row in self._connection.execute(select(story_articles).where(story_articles.c.article_id.in_(wanted))):
            rank = Rank(row.moment, -row.length, row.url)
            self._known[row.article_id] = Known(rank, row.digest, unpack_keys(row.keys), row.founder_id)

    def _read_links(self, numbers: Iterable[int]) -> None:
        """Read the links of many articles at once, and what is known of their neighbours."""
        wanted = {number for number in numbers if number not in self._links}
        if not wanted:
            return
        self._links.update({number: {} for number in wanted})
        for row in self._connection.execute(select(story_links).where(story_links.c.article_id.in_(wanted))):
            if row.other_id not in self._removed:  # linked anew, it would be here already
                self._links[row.article_id][row.other_id] = Link(row.jaccard, row.ours, row.theirs)
        self.look_at(other for number in wanted for other in self._links[number])

    def _share(self, number: int) -> Counter[int]:
        known = self.known(number)
        assert known is not None
        return self._keys.sharing(number, known.keys, known.rank.moment)

    def _likely(self, number: int) -> list[int]:
        """Return the articles that an arrival may be compared with, as far as they are in the archive."""
        known = self._known[number]
        assert known is not None
        counts = self._keys.archived_sharing(number, known.keys, known.rank.moment)
        return sorted(counts, key=lambda other: -counts[other])[:MISSES]

    def write(self, connection: Connection) -> None:
        """Write all changes; nothing is computed here but SQL."""
        _execute(connection, _DELETE_LINK, [{"number": number, "other": other} for number, other in self._lost_links])
        _execute(connection, _DELETE_ARTICLE, [{"number": number} for number in self._removed])
        _execute(connection, insert(story_articles), self._article_rows())
        moved = [number for number in self._placed - self._added if self._known[number]]
        _execute(connection, _MOVE, [{"number": number, "founder": self.founder(number)} for number in moved])
        _execute(connection, insert(story_links), self._link_rows())
        self._keys.write(connection)

    def _article_rows(self) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = []
        for number in sorted(self._added):
            known = self._known[number]
            if known is not None:
                rows.append(
                    {
                        "article_id": number,
                        "url": known.rank.url,
                        "moment": known.rank.moment,
                        "length": -known.rank.shortness,
                        "digest": known.digest,
                        "keys": pack_keys(known.keys),
                        "founder_id": known.founder,
                    }
                )
        return rows

    def _link_rows(self) -> list[dict[str, object]]:
        return [
            {"article_id": number, "other_id": other, "jaccard": link.jaccard, "ours": link.ours, "theirs": link.theirs}
            for number, other in sorted(self._new_links)
            if (link := self._links[number].get(other))
        ]


def pack_keys(keys: tuple[int, ...]) -> bytes:
    """Return keys as they are stored: signed 64-bit numbers, little-endian."""
    return struct.pack(f"<{len(keys)}q", *keys)


def unpack_keys(stored: bytes) -> tuple[int, ...]:
    """Return stored keys."""
    return struct.unpack(f"<{len(stored) // 8}q", stored)


_DELETE_ARTICLE = delete(story_articles).where(story_articles.c.article_id == bindparam("number"))
_DELETE_LINK = delete(story_links).where(
    and_(story_links.c.article_id == bindparam("number"), story_links.c.other_id == bindparam("other"))
)
_MOVE = (
    update(story_articles)
    .where(story_articles.c.article_id == bindparam("number"))
    .values(founder_id=bindparam("founder"))
)


def _execute(connection: Connection, statement: Executable, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        connection.execute(statement, rows)
