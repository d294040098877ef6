"""Recent wordings: the texts that were compared last, since a copy mostly follows soon."""

from collections import OrderedDict
from collections.abc import Collection

from sqlalchemy import Connection

from indexer.driver_rows import fetch_among
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
            for number, title, body in fetch_among(connection, _TEXTS, missing):
                self.keep(number, Wording(title, body))


_TEXTS = "SELECT id, title, body FROM articles WHERE id IN {among}"
