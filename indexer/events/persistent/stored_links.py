"""Stored links: which stories may tell of one happening, with the changes of one batch on top."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from archive.event_tables import event_links
from archive.where_in import fetch_where_in
from indexer.events.clusters import LINK
from indexer.stories.persistent.driver_rows import insertion, write_rows


class StoredLinks:
    """Links by story, each from both sides."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._links: dict[int, dict[int, int]] = {}
        self._lost: set[tuple[int, int]] = set()
        self._new: set[tuple[int, int]] = set()

    def of(self, number: int) -> Mapping[int, int]:
        """Return the stories that one is linked to, each with the link's score."""
        self.read([number])
        return self._links[number]

    def read(self, numbers: Iterable[int]) -> None:
        """Read the links of many stories at once, as far as they are not there."""
        missing = {number for number in numbers if number not in self._links}
        self._links.update({number: {} for number in missing})
        for row in fetch_where_in(self._connection, select(event_links), event_links.c.number, missing):
            self._links[row.number][row.other] = row.score

    def forget(self, numbers: Iterable[int]) -> set[int]:
        """Delete the links of these stories; return the others that they led to."""
        wanted = set(numbers)
        self.read(wanted)
        neighbours = {other for number in wanted for other in self._links[number]}
        self.read(neighbours)
        for number in wanted:
            for other in self._links[number]:
                self._links[other].pop(number, None)
                self._lost |= {(number, other), (other, number)}
            self._links[number] = {}
        return neighbours - wanted

    def link(self, one: int, other: int, score: int) -> None:
        """Store a link, for both."""
        self.read([one, other])
        self._links[one][other] = self._links[other][one] = score
        self._new |= {(one, other), (other, one)}

    def connected_to(self, seeds: Iterable[int]) -> set[int]:
        """Return these stories and all that links hold together with them."""
        found = set(seeds)
        edge = set(found)
        while edge:
            self.read(edge)
            edge = {other for number in edge for other, score in self._links[number].items() if score >= LINK} - found
            found |= edge
        return found

    def write(self, connection: Connection) -> None:
        """Write all changes."""
        write_rows(connection, _DELETE, sorted(self._lost))
        write_rows(
            connection,
            insertion(event_links),
            [(number, other, self._links[number][other]) for number, other in sorted(self._new)],
        )


_DELETE = "DELETE FROM event_links WHERE number = {mark} AND other = {mark}"
