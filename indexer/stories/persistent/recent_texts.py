"""Recent texts: the normalized texts that were compared last, since a copy mostly follows soon."""

from collections import OrderedDict
from collections.abc import Collection

from sqlalchemy import Connection

from indexer.stories.persistent.driver_rows import fetch_rows
from indexer.stories.similarity import NormalizedText

CHARACTERS = 4_000_000
"""Of all cached texts together, four thousand reports: ready to be compared, each character takes 20 bytes."""


class RecentTexts:
    """Texts ready to be compared, by article; they outlive a batch."""

    def __init__(self) -> None:
        self._texts: OrderedDict[int, NormalizedText] = OrderedDict()
        self._characters = 0

    def put(self, number: int, text: NormalizedText) -> None:
        """Cache an article's text, in place of an older one of it."""
        if number in self._texts:
            self._characters -= self._texts.pop(number).length
        self._texts[number] = text
        self._characters += text.length
        while self._characters > CHARACTERS and len(self._texts) > 1:
            self._characters -= self._texts.popitem(last=False)[1].length

    def get(self, connection: Connection, number: int) -> NormalizedText:
        """Return an article's text; it is read where it is not there, and stays."""
        self.read(connection, [number])
        return self._texts[number]

    def read(self, connection: Connection, numbers: Collection[int]) -> None:
        """Read texts at once, as far as they are not there."""
        missing = [number for number in numbers if number not in self._texts]
        for number in numbers:
            if number in self._texts:
                self._texts.move_to_end(number)
        if missing:
            for number, title, body in fetch_rows(connection, _TEXTS, missing):
                self.put(number, NormalizedText(title, body))


_TEXTS = "SELECT id, title, body FROM articles WHERE id IN {numbers}"
