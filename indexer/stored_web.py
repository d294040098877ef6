"""The web of articles as the archive keeps it: read where it is needed, changed in memory, written in one go.

One batch of articles has one `StoredWeb`: it reads from one state of the archive, and nothing is computed while the
archive is locked for writing.
"""

import struct
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy import Connection, Executable, TextClause, and_, bindparam, delete, insert, select, text, update

from archive.schema import articles
from archive.story_tables import story_articles, story_keys, story_links
from indexer.stories.candidates import CROWD, SHARED, most_promising, segment, segments_around
from indexer.stories.grouping import Link, find_links, settle
from indexer.stories.item import Item, Rank
from indexer.stories.sameness import Wording

RECENT = 512
"""Texts that are kept ready to be compared: a copy mostly follows soon."""


class RecentWordings:
    """The texts that were compared last, by article; they outlive a batch."""

    def __init__(self) -> None:
        self._wordings: OrderedDict[int, Wording] = OrderedDict()

    def __contains__(self, number: int) -> bool:
        return number in self._wordings

    def get(self, number: int) -> Wording:
        """Return a text that is there, and keep it longer."""
        self._wordings.move_to_end(number)
        return self._wordings[number]

    def keep(self, number: int, wording: Wording) -> None:
        """Keep an article's text, in place of an older one of it."""
        self._wordings[number] = wording
        self._wordings.move_to_end(number)
        if len(self._wordings) > RECENT:
            self._wordings.popitem(last=False)


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
        self._window = window
        self._recent = recent
        self._known: dict[int, Known | None] = {}
        self._links: dict[int, dict[int, Link]] = {}
        self._added_keys: defaultdict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        self._evicted_keys: set[tuple[int, int, int]] = set()
        self._added: set[int] = set()
        self._placed: set[int] = set()
        self._new_links: set[tuple[int, int]] = set()
        self._kept_for: tuple[int, list[tuple[int, int, int, int]]] = (0, [])
        self._lost_links: set[tuple[int, int]] = set()
        self._removed: dict[int, Known] = {}
        self.abandoned: set[int] = set()
        """Founders that an article left, or that were removed themselves."""

    # --- what changes -----------------------------------------------------------------------------------------------

    def add(self, number: int, item: Item, digest: str) -> None:
        """Make an article known, link it and give it and all that this affects a place."""
        wording = item.wording
        self._recent.keep(number, wording)
        rank = replace(item, known_length=len(wording.plain)).rank
        self._known[number] = Known(rank, digest, wording.keys, None)
        self._links[number] = {}
        self._added.add(number)
        find_links(self, number)
        self._keep_keys(number)
        settle(self, [number])

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

    def look_at(self, numbers: Iterable[int]) -> None:
        """Read what is known of many articles at once."""
        self._load(number for number in numbers if number not in self._known)

    def known(self, number: int) -> Known | None:
        """Return what is known of an article; None where it is in no story."""
        if number not in self._known:
            self._load([number])
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
        if number not in self._recent:
            self._read_texts([number])
        return self._recent.get(number)

    def links(self, number: int) -> Mapping[int, Link]:
        """Return the articles that are the same report."""
        if number not in self._links:
            query = select(story_links).where(story_links.c.article_id == number)
            found = {
                row.other_id: Link(row.jaccard, row.ours, row.theirs)
                for row in self._connection.execute(query)
                if row.other_id not in self._removed  # linked anew, it would be here already
            }
            self._load(other for other in found if other not in self._known)
            self._links[number] = found
        return self._links[number]

    def candidates(self, number: int) -> list[int]:
        """Return the articles within the window that may be the same report."""
        known = self.known(number)
        assert known is not None
        moment = known.rank.moment
        self._kept_for = number, self._kept(segments_around(moment, self._window), known.keys)
        found = [
            other
            for _, _, other, other_moment in self._kept_for[1]
            if other != number and abs(other_moment - moment) <= self._window
        ]
        shared = [other for other, count in Counter(found).items() if count >= SHARED]
        self._load(other for other in shared if other not in self._known)
        promising = most_promising(found, lambda other: self.founder(other) == other)
        self._read_texts([other for other in promising if other not in self._recent])
        return promising

    def members(self, founders: Iterable[int]) -> dict[int, list[int]]:
        """Return the articles of each of these founders' stories, in rank order."""
        wanted = set(founders)
        query = select(story_articles.c.article_id).where(story_articles.c.founder_id.in_(wanted))
        numbers = {number for (number,) in self._connection.execute(query)} | self._placed
        self._load(number for number in numbers if number not in self._known)
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

    def _load(self, numbers: Iterable[int]) -> None:
        wanted = list(numbers)
        if not wanted:
            return
        self._known.update(dict.fromkeys(wanted))
        for row in self._connection.execute(select(story_articles).where(story_articles.c.article_id.in_(wanted))):
            rank = Rank(row.moment, -row.length, row.url)
            self._known[row.article_id] = Known(rank, row.digest, unpack_keys(row.keys), row.founder_id)

    def _read_texts(self, numbers: list[int]) -> None:
        if numbers:
            query = select(articles.c.id, articles.c.title, articles.c.body).where(articles.c.id.in_(numbers))
            for row in self._connection.execute(query):
                self._recent.keep(row.id, Wording(row.title, row.body))

    def _kept(self, segments: Iterable[int], keys: tuple[int, ...]) -> list[tuple[int, int, int, int]]:
        """Return (segment, key, article, moment) of what is kept for these keys."""
        places = list(segments)
        names = {f"place{n}": place for n, place in enumerate(places)} | {f"key{n}": key for n, key in enumerate(keys)}
        rows = [
            tuple(row)
            for row in self._connection.execute(_look_up(len(places), len(keys)), names)
            if row[2] not in self._removed and tuple(row[:3]) not in self._evicted_keys
        ]
        for place in places:
            for key in keys:
                if (place, key) in self._added_keys:
                    rows += ((place, key, number, at) for number, at in self._added_keys[place, key].items())
        return rows

    def _keep_keys(self, number: int) -> None:
        """Keep an article's keys; in a crowd the earliest stay."""
        known = self.known(number)
        assert known is not None
        moment, place = known.rank.moment, segment(known.rank.moment)
        crowds: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        looked_up, rows = self._kept_for
        assert looked_up == number, "an article's keys are kept after its candidates were looked up"
        for found_in, key, other, other_moment in rows:
            if found_in == place:
                crowds[key].append((other_moment, other))
        for key in known.keys:
            if len(crowds[key]) >= CROWD:
                latest, last = max(crowds[key])
                if (latest, last) < (moment, number):
                    continue
                if self._added_keys[place, key].pop(last, None) is None:
                    self._evicted_keys.add((place, key, last))
            self._added_keys[place, key][number] = moment

    def write(self, connection: Connection) -> None:
        """Write all changes; nothing is computed here but SQL."""
        _execute(connection, _DELETE_KEY, self._lost_keys())
        _execute(connection, _DELETE_LINK, [{"number": number, "other": other} for number, other in self._lost_links])
        _execute(connection, _DELETE_ARTICLE, [{"number": number} for number in self._removed])
        _execute(connection, insert(story_articles), self._article_rows())
        moved = [number for number in self._placed - self._added if self._known[number]]
        _execute(connection, _MOVE, [{"number": number, "founder": self.founder(number)} for number in moved])
        _execute(connection, insert(story_links), self._link_rows())
        kept = [
            {"segment": place, "key": key, "article_id": number, "moment": moment}
            for (place, key), numbers in sorted(self._added_keys.items())
            for number, moment in numbers.items()
        ]
        _execute(connection, insert(story_keys), kept)

    def _lost_keys(self) -> list[dict[str, int]]:
        lost = set(self._evicted_keys)
        for number, known in self._removed.items():
            lost |= {(segment(known.rank.moment), key, number) for key in known.keys}
        return [{"place": place, "keyed": key, "number": number} for place, key, number in sorted(lost)]

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


@cache
def _look_up(places: int, keys: int) -> TextClause:
    """Return the query for so many segments and keys: written out, since it runs once an article."""
    segments = ", ".join(f":place{n}" for n in range(places))
    wanted = ", ".join(f":key{n}" for n in range(keys))
    return text(
        f"SELECT segment, key, article_id, moment FROM story_keys WHERE segment IN ({segments}) AND key IN ({wanted})"  # noqa: S608 - names of parameters, not values
    )


_DELETE_ARTICLE = delete(story_articles).where(story_articles.c.article_id == bindparam("number"))
_DELETE_LINK = delete(story_links).where(
    and_(story_links.c.article_id == bindparam("number"), story_links.c.other_id == bindparam("other"))
)
_DELETE_KEY = delete(story_keys).where(
    and_(
        story_keys.c.segment == bindparam("place"),
        story_keys.c.key == bindparam("keyed"),
        story_keys.c.article_id == bindparam("number"),
    )
)
_MOVE = (
    update(story_articles)
    .where(story_articles.c.article_id == bindparam("number"))
    .values(founder_id=bindparam("founder"))
)


def _execute(connection: Connection, statement: Executable, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        connection.execute(statement, rows)
