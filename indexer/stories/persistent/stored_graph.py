"""The similarity graph as the archive stores it: read where it is needed, changed in memory, written in one go.

One batch of articles has one `StoredGraph`: it reads from one state of the archive, and nothing is computed while the
archive is locked for writing.
"""

import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from archive.story_tables import story_articles, story_links
from indexer.stories.candidates import MISSES, SHARED, most_promising
from indexer.stories.clusters import SimilarityLink, find_links, update_clusters
from indexer.stories.constraints import Constraints
from indexer.stories.item import Item, Rank
from indexer.stories.persistent.driver_rows import fetch_rows, insertion, write_rows
from indexer.stories.persistent.recent_texts import RecentTexts
from indexer.stories.persistent.stored_keys import StoredKeys
from indexer.stories.shingles import figure_keys
from indexer.stories.similarity import NormalizedText

READ_AHEAD = 50
"""Arrivals whose neighbours are read at once: a query an article costs more than its answer."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article that is to be clustered."""

    number: int
    item: Item
    digest: str
    """Exact hash of title and body, and of what corrections say of it."""


@dataclass(frozen=True, slots=True)
class Known:
    """An article that is in a story, or is about to be."""

    rank: Rank
    digest: str
    packed_keys: bytes
    representative: int | None

    @property
    def keys(self) -> tuple[int, ...]:
        """Its candidate keys; seldom asked for of an article that is no arrival."""
        return struct.unpack(f"<{len(self.packed_keys) // 4}i", self.packed_keys)


class StoredGraph:
    """A `SimilarityGraph` over the archive's tables, with the changes of one batch on top."""

    def __init__(self, connection: Connection, window: int, recent: RecentTexts, constraints: Constraints) -> None:
        """Read from that connection; `window` is in seconds."""
        self.constraints = constraints
        self._connection = connection
        self._recent = recent
        self._keys = StoredKeys(connection, window)
        self._known: dict[int, Known | None] = {}
        self._links: dict[int, dict[int, SimilarityLink]] = {}
        self._added: set[int] = set()
        self._assigned: set[int] = set()
        self._new_links: set[tuple[int, int]] = set()
        self._lost_links: set[tuple[int, int]] = set()
        self._removed: dict[int, Known] = {}
        self.abandoned: set[int] = set()
        """Representatives that an article left, or that were removed themselves."""
        self._left: defaultdict[int, set[int]] = defaultdict(set)
        """The articles that left each of them."""

    # --- what changes -----------------------------------------------------------------------------------------------

    def add(self, arrivals: Sequence[Arrival]) -> None:
        """Make articles known, link them and give them, and all that this affects, a cluster."""
        for arrival in arrivals:
            text = arrival.item.normalized_text
            self._recent.put(arrival.number, text)
            rank = replace(arrival.item, known_length=len(text.skeleton)).rank
            self._known[arrival.number] = Known(
                rank, arrival.digest, struct.pack(f"<{len(text.keys)}i", *text.keys), None
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
            self._keys.add(arrival.number, known.keys, known.rank.timestamp)
            update_clusters(self, [arrival.number])

    def remove(self, number: int) -> None:
        """Remove an article: its text changed, or it forms no story any more.

        Its neighbours are clustered again, and those that corrections hold together with it or keep apart.
        """
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
        self._keys.remove(number, known.keys, known.rank.timestamp)
        self._leave(number, known.representative)
        corrected = self.constraints.one_report(number) | self.constraints.kept_apart(number)
        update_clusters(self, [*neighbours, *(other for other in corrected if self.representative(other) is not None)])

    def link(self, number: int, other: int, link: SimilarityLink) -> None:
        """Store a link, for both."""
        self.links(number)
        self.links(other)
        self._links[number][other] = link
        self._links[other][number] = link.reversed()
        self._new_links |= {(number, other), (other, number)}

    def assign(self, number: int, representative: int) -> None:
        """Put an article into the cluster of that representative."""
        known = self.known(number)
        assert known is not None
        self._leave(number, known.representative)
        self._known[number] = replace(known, representative=representative)
        self._assigned.add(number)

    def _leave(self, number: int, representative: int | None) -> None:
        if representative is not None:
            self.abandoned.add(representative)
            self._left[representative].add(number)

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

    def representative(self, number: int) -> int | None:
        """Return the representative of an article's story."""
        known = self.known(number)
        return known.representative if known else None

    def successor(self, representative: int) -> int | None:
        """Return the representative of the story that a story which is no more is part of now.

        That is its representative's, else that of the first of its articles that forms a story; None where none does.
        """
        if (own := self.representative(representative)) is not None:
            return own
        left = [number for number in self._left[representative] if self.representative(number) is not None]
        return self.representative(min(left, key=self.rank)) if left else None

    def normalized_text(self, number: int) -> NormalizedText:
        """Return an article's text, ready to be compared."""
        return self._recent.get(self._connection, number)

    def links(self, number: int) -> Mapping[int, SimilarityLink]:
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
            lambda other: self.representative(other) == other,
            lambda other: len(figures.intersection(self._keys_of(other))),
        )
        self._recent.read(self._connection, promising)
        return promising

    def members(self, representatives: Iterable[int]) -> dict[int, list[int]]:
        """Return the articles of each of these representatives' stories, in rank order."""
        wanted = set(representatives)
        numbers = {number for (number,) in fetch_rows(self._connection, _MEMBERS, wanted)} | self._assigned
        self.load(numbers)
        found: dict[int, list[int]] = {representative: [] for representative in wanted}
        for number in numbers:
            representative = self.representative(number)
            if representative in found:
                found[representative].append(number)
        return {representative: sorted(group, key=self.rank) for representative, group in found.items()}

    @property
    def touched(self) -> set[int]:
        """Articles that are new or have another representative than before."""
        return self._added | self._assigned

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
        for number, url, timestamp, length, digest, keys, representative in fetch_rows(
            self._connection, _ARTICLES, wanted
        ):
            self._known[number] = Known(Rank(timestamp, -length, url), digest, bytes(keys), representative)

    def _read_links(self, numbers: Iterable[int]) -> None:
        """Read the links of many articles at once, and what is known of their neighbours."""
        wanted = {number for number in numbers if number not in self._links}
        if not wanted:
            return
        self._links.update({number: {} for number in wanted})
        for number, other, jaccard, ours, theirs in fetch_rows(self._connection, _LINKS, wanted):
            if other not in self._removed:  # linked again, it would be here already
                self._links[number][other] = SimilarityLink(jaccard, ours, theirs)
        self.load(other for number in wanted for other in self._links[number])

    def _keys_of(self, number: int) -> tuple[int, ...]:
        known = self.known(number)
        return known.keys if known else ()

    def _share(self, number: int) -> Counter[int]:
        known = self.known(number)
        assert known is not None
        return self._keys.sharing(number, known.keys, known.rank.timestamp)

    def _likely(self, number: int) -> list[int]:
        """Return the articles that an arrival may be compared with, as far as they are in the archive."""
        known = self._known[number]
        assert known is not None
        counts = self._keys.archived_sharing(number, known.keys, known.rank.timestamp)
        return [other for other, count in counts.most_common(MISSES) if count >= SHARED]

    def write(self, connection: Connection) -> None:
        """Write all changes; nothing is computed here but SQL."""
        write_rows(connection, _DELETE_LINK, list(self._lost_links))
        write_rows(connection, _DELETE_ARTICLE, [(number,) for number in self._removed])
        write_rows(connection, insertion(story_articles), self._article_rows())
        moved = [number for number in self._assigned - self._added if self._known[number]]
        write_rows(connection, _MOVE, [(self.representative(number), number) for number in moved])
        write_rows(connection, insertion(story_links), self._link_rows())
        self._keys.write(connection)

    def _article_rows(self) -> list[tuple[object, ...]]:
        rows: list[tuple[object, ...]] = []
        for number in sorted(self._added):
            known = self._known[number]
            if known is not None:
                timestamp, shortness, url = known.rank
                rows.append((number, url, timestamp, -shortness, known.digest, known.packed_keys, known.representative))
        return rows

    def _link_rows(self) -> list[tuple[object, ...]]:
        return [
            (number, other, link.jaccard, link.ours, link.theirs)
            for number, other in sorted(self._new_links)
            if (link := self._links[number].get(other))
        ]


_MEMBERS = "SELECT article_id FROM story_articles WHERE representative_id IN {numbers}"
_ARTICLES = (
    "SELECT article_id, url, timestamp, length, digest, keys, representative_id "
    "FROM story_articles WHERE article_id IN {numbers}"
)
_LINKS = "SELECT article_id, other_id, jaccard, ours, theirs FROM story_links WHERE article_id IN {numbers}"
_DELETE_ARTICLE = "DELETE FROM story_articles WHERE article_id = {mark}"
_DELETE_LINK = "DELETE FROM story_links WHERE article_id = {mark} AND other_id = {mark}"
_MOVE = "UPDATE story_articles SET representative_id = {mark} WHERE article_id = {mark}"
