"""What discovery gives: the links of one list page, and where the list goes on."""

from pydantic import Field

from archive.article import Record, Timestamp
from crawler.sources.model import ListRequest


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
    problems: tuple[str, ...] = ()
    """What was wrong with the page, as a user can act on it; a list without a single link is a problem."""
