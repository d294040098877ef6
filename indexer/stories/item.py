"""Item: what stories need to know of an article, wherever it comes from; and its rank among others."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple

from archive.article import Precision
from core.time import SHANGHAI
from indexer.stories.similarity import NormalizedText


class Rank(NamedTuple):
    """The order in which articles found stories: the earliest first, of equals the longest, then by address.

    It depends on the article alone, never on when it arrived: this is why the order of arrival does not matter.
    """

    timestamp: int
    """Seconds since 1970, UTC."""
    shortness: int
    """Minus the length of the text."""
    url: str


@dataclass(frozen=True)
class Item:
    """One article, as far as stories go."""

    url: str
    """The canonical address; what the article is known by."""
    title: str
    body: str
    published_at: datetime | None
    """Aware; None where the page tells no date."""
    precision: Precision
    first_seen_at: datetime
    """Stands in where there is no date."""
    source: str
    source_title: str
    credit: str | None
    programme: str | None = None
    doubtful: bool = False
    """Whether its text may not be whole."""
    known_length: int | None = None
    """Length of the text, where it is known and the text need not be read for it."""

    @property
    def normalized_text(self) -> NormalizedText:
        """The text, ready to be compared; rebuilt each time, since it is many times as large as the text."""
        return NormalizedText(self.title, self.body)

    @cached_property
    def length(self) -> int:
        """Characters of the text that is compared, each figure counted as one."""
        return len(self.normalized_text.skeleton) if self.known_length is None else self.known_length

    @cached_property
    def published_by(self) -> datetime:
        """When it was published, at the latest: a date without a time is the end of that day in Shanghai.

        So a copy that tells its day only is never taken to be earlier than an original that tells the minute.
        """
        if self.published_at is None:
            return self.first_seen_at
        if self.precision is Precision.DAY:
            day = self.published_at.astimezone(SHANGHAI).date()
            return datetime.combine(day, time(), SHANGHAI) + timedelta(days=1, seconds=-1)
        return self.published_at

    @cached_property
    def rank(self) -> Rank:
        """Its place in the order in which articles found stories."""
        return Rank(int(self.published_by.timestamp()), -self.length, self.url)
