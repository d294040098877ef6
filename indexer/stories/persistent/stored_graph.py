"""The similarity graph as the archive stores it: read where it is needed, changed in memory, written in one go.

One batch of articles has one `StoredGraph`: it reads from one state of the archive, and nothing is computed while the
archive is locked for writing.
"""

import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from archive.story_tables import story_articles, story_links
from indexer.stories.candidates import MISSES, SHARED, most_promising
from indexer.stories.clusters import Link, find_links, settle
from indexer.stories.item import Item, Rank
from indexer.stories.persistent.driver_rows import fetch_among, insertion, write_rows
from indexer.stories.persistent.recent_texts import RecentTexts
from indexer.stories.persistent.stored_keys import StoredKeys
from indexer.stories.shingles import figure_keys
from indexer.stories.similarity import NormalizedText

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
    packed_keys: bytes
    founder: int | None

    @property
    def keys(self) -> tuple[int, ...]:
        """Its candidate keys; seldom asked for of an article that is no arrival."""
        return struct.unpack(f"<{len(self.packed_keys) // 4}i", self.packed_keys)


class StoredGraph:
    """A `SimilarityGraph` over the archive's tables, with the changes of one batch on top."""

    def __init__(self, connection: Connection, window: int, recent: RecentTexts) -> None:
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
            self._recent.put(arrival.number, wording)
            rank = replace(arrival.item, known_length=len(wording.skeleton)).rank
            self._known[arrival.number] = Known(
                rank, arrival.digest, struct.pack(f"<{len(wording.keys)}i", *wording.keys), None
            )
            self._links[arrival.number] = {}
            self._added.add(arrival.number)
        for start in range(0, len(arrivals), READ_AHEAD):
            self._join(arrivals[start : start + READ_AHEAD])

    def _join(self, arrivals: Sequence[Arrival]) -> None:
        likely = {other for arrival in arrivals for other in self._likely(arrival.number)}
        self.load(likely)
        self._read_links(likely)
        self._recent.read(self._connection, likely)
        for arrival in arrivals:
            find_links(self, arrival.number)
            known = self._known[arrival.number]
            assert known is not None
            self._keys.add(arrival.number, known.keys, known.rank.moment)
            settle(self, [arrival.number])

    def remove(self, number: int) -> None:
        """Remove an article: its text changed, or it forms no story any more. Its neighbours are placed again."""
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
        """Store a link, for both."""
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
            self.load([number])
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

    def wording(self, number: int) -> NormalizedText:
        """Return an article's text, ready to be compared."""
        return self._recent.get(self._connection, number)

    def links(self, number: int) -> Mapping[int, Link]:
        """Return the articles that are the same report."""
        self._read_links([number])
        return self._links[number]

    def candidates(self, number: int) -> list[int]:
        """Return the articles within the window that may be the same report."""
        sharing = self._share(number)
        self.load(other for other, count in sharing.items() if count >= SHARED)
        figures = figure_keys(self._keys_of(number))
        promising = most_promising(
            sharing,
            lambda other: self.founder(other) == other,
            lambda other: len(figures.intersection(self._keys_of(other))),
        )
        self._recent.read(self._connection, promising)
        return promising

    def members(self, founders: Iterable[int]) -> dict[int, list[int]]:
        """Return the articles of each of these founders' stories, in rank order."""
        wanted = set(founders)
        numbers = {number for (number,) in fetch_among(self._connection, _MEMBERS, wanted)} | self._placed
        self.load(numbers)
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

    def load(self, numbers: Iterable[int]) -> None:
        """Read what is known of many articles at once."""
        wanted = {number for number in numbers if number not in self._known}
        if not wanted:
            return
        self._known.update(dict.fromkeys(wanted))
        for number, url, moment, length, digest, keys, founder in fetch_among(self._connection, _ARTICLES, wanted):
            self._known[number] = Known(Rank(moment, -length, url), digest, bytes(keys), founder)

    def _read_links(self, numbers: Iterable[int]) -> None:
        """Read the links of many articles at once, and what is known of their neighbours."""
        wanted = {number for number in numbers if number not in self._links}
        if not wanted:
            return
        self._links.update({number: {} for number in wanted})
        for number, other, jaccard, ours, theirs in fetch_among(self._connection, _LINKS, wanted):
            if other not in self._removed:  # linked again, it would be here already
                self._links[number][other] = Link(jaccard, ours, theirs)
        self.load(other for number in wanted for other in self._links[number])

    def _keys_of(self, number: int) -> tuple[int, ...]:
        known = self.known(number)
        return known.keys if known else ()

    def _share(self, number: int) -> Counter[int]:
        known = self.known(number)
        assert known is not None
        return self._keys.sharing(number, known.keys, known.rank.moment)

    def _likely(self, number: int) -> list[int]:
        """Return the articles that an arrival may be compared with, as far as they are in the archive."""
        known = self._known[number]
        assert known is not None
        counts = self._keys.archived_sharing(number, known.keys, known.rank.moment)
        return [other for other, count in counts.most_common(MISSES) if count >= SHARED]

    def write(self, connection: Connection) -> None:
        """Write all changes; nothing is computed here but SQL."""
        write_rows(connection, _DELETE_LINK, list(self._lost_links))
        write_rows(connection, _DELETE_ARTICLE, [(number,) for number in self._removed])
        write_rows(connection, insertion(story_articles), self._article_rows())
        moved = [number for number in self._placed - self._added if self._known[number]]
        write_rows(connection, _MOVE, [(self.founder(number), number) for number in moved])
        write_rows(connection, insertion(story_links), self._link_rows())
        self._keys.write(connection)

    def _article_rows(self) -> list[tuple[object, ...]]:
        rows: list[tuple[object, ...]] = []
        for number in sorted(self._added):
            known = self._known[number]
            if known is not None:
                moment, shortness, url = known.rank
                rows.append((number, url, moment, -shortness, known.digest, known.packed_keys, known.founder))
        return rows

    def _link_rows(self) -> list[tuple[object, ...]]:
        return [
            (number, other, link.jaccard, link.ours, link.theirs)
            for number, other in sorted(self._new_links)
            if (link := self._links[number].get(other))
        ]


_MEMBERS = "SELECT article_id FROM story_articles WHERE founder_id IN {among}"
_ARTICLES = (
    "SELECT article_id, url, moment, length, digest, keys, founder_id FROM story_articles WHERE article_id IN {among}"
)
_LINKS = "SELECT article_id, other_id, jaccard, ours, theirs FROM story_links WHERE article_id IN {among}"
_DELETE_ARTICLE = "DELETE FROM story_articles WHERE article_id = {mark}"
_DELETE_LINK = "DELETE FROM story_links WHERE article_id = {mark} AND other_id = {mark}"
_MOVE = "UPDATE story_articles SET founder_id = {mark} WHERE article_id = {mark}"
