"""Recent wordings: the texts that were compared last, since a copy mostly follows soon."""

from collections import OrderedDict
from collections.abc import Collection

from sqlalchemy import Connection, select

from archive.schema import articles
from indexer.stories.sameness import Wording

RECENT = 4096
"""Texts that are kept; one that was compared takes a tenth of a megabyte."""


class RecentWordings:
    """Texts ready to be compared, by article; they outlive a batch."""

    def __init__(self) -> None:
        self._wordings: OrderedDict[int, Wording] = OrderedDict()

    def keep(self, number: int, wording: Wording) -> None:
        """Keep an article's text, in place of an older one of it."""
        self._wordings[number] = wording
        self._wordings.move_to_end(number)
        if len(self._wordings) > RECENT:
            self._wordings.popitem(last=False)

    def get(self, connection: Connection, number: int) -> Wording:
        """Return an article's text; it is read where it is not there, and stays."""
        self.read(connection, [number])
        return self._wordings[number]

    def read(self, connection: Connection, numbers: Collection[int]) -> None:
        """Read texts at once, as far as they are not there."""
        missing = [number for number in numbers if number not in self._wordings]
        for number in numbers:
            if number in self._wordings:
                self._wordings.move_to_end(number)
        if missing:
            query = select(articles.c.id, articles.c.title, articles.c.body).where(articles.c.id.in_(missing))
            for row in connection.execute(query):
                self.keep(row.id, Wording(row.title, row.body))
