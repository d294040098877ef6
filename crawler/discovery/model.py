"""What discovery gives: the links of one list page, and where the list goes on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import Field

from archive.article import Record, Timestamp
from crawler.sources.model import ListRequest


class Guess(StrEnum):
    """How links were found on a page that does not hold what its source says."""

    PATTERN = "pattern"
    """They stand elsewhere than the source says, but their addresses are those of its articles."""
    SHAPE = "shape"
    """They look like articles; of a page that is out of order for an hour, nothing may do so tomorrow."""


@dataclass(frozen=True)
class Known:
    """What a list held before: by it a guess tells the list from what else stands on the page."""

    addresses: frozenset[str] = frozenset()
    """Canonical."""
    titles: frozenset[str] = frozenset()
    """Without blanks."""


NOTHING = Known()
"""What is known of a list that was never read."""


class FoundLink(Record):
    """One article link of a list, newest first where the list is."""

    url: str
    """Absolute, as the list writes it; not yet canonical."""
    title: str = ""
    listed_at: Timestamp | None = None
    """The list's own date for the link, where it has one."""
    fetch_url: str | None = None
    """The address to fetch in place of `url`, where the text is served elsewhere as JSON (`Source.detail`)."""


class ListPage(Record):
    """One list page, read."""

    links: tuple[FoundLink, ...] = ()
    more: tuple[ListRequest, ...] = ()
    """Further list pages (next page, child sitemaps) in the order to visit them, within the section's `max_pages`."""
    refused: dict[str, int] = Field(default_factory=dict)
    """How many of the page's links the article pattern refused, by the reason; empty where links were guessed."""
    guess: Guess | None = None
    """How the links were found, where that is not as the source says; the first of the problems tells more."""
    corrected: Mapping[str, str] = {}
    """Keys of the section with which its list holds what it should, where a guess came to them."""
    problems: tuple[str, ...] = ()
    """What was wrong with the page, as a user can act on it; a list without a single link is a problem."""
