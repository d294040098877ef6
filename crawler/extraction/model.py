"""What extraction takes beside a page, and what it gives."""

import re
from enum import StrEnum
from typing import Annotated, Literal

from cssselect import HTMLTranslator, SelectorError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from archive.article import Precision, Record, Timestamp


def _is_pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return value


def _is_selector(value: str) -> str:
    try:
        HTMLTranslator().css_to_xpath(value)
    except SelectorError as error:
        raise ValueError(f"not a CSS selector: {error}") from error
    return value


Pattern = Annotated[str, AfterValidator(_is_pattern)]
"""A regular expression."""
Selector = Annotated[str, AfterValidator(_is_selector)]
"""A CSS selector."""


class Hints(BaseModel):
    """CSS selectors of a source for fields that the generic extraction would miss; each is tried in turn.

    Only where needed: a hint that finds nothing costs nothing, the generic extraction goes on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: tuple[Selector, ...] = ()
    body: tuple[Selector, ...] = ()
    published_at: tuple[Literal["url:epoch-ms"] | Selector, ...] = ()
    credit: tuple[Selector, ...] = ()
    reporters: tuple[Selector, ...] = ()
    editors: tuple[Selector, ...] = ()
    programme: tuple[Selector, ...] = ()
    remove: tuple[Selector, ...] = Field(default=(), description="Elements to take out before anything is read.")
    body_script: Pattern | None = Field(
        default=None, description="Regular expression with one group: a script's string that holds the body as HTML."
    )
    charset: str | None = Field(default=None, description="Encoding, where the site declares a wrong one.")


class Verdict(StrEnum):
    """What kind of page it is; only an article or a video with text is stored as an article."""

    ARTICLE = "article"
    VIDEO = "video"
    """A video with text enough to be searched (a programme notice counts)."""
    LIST = "list"
    GALLERY = "gallery"
    ERROR = "error"
    LOGIN = "login"
    SCRIPT = "script"
    EMPTY = "empty"


class Extraction(Record):
    """One page, read: clean text and fields, each with its origin, and a verdict on the page."""

    url: str
    canonical_url: str | None = None
    """What the page itself says its address is (`link rel=canonical`, og:url), not yet normalised."""
    title: str = ""
    paragraphs: tuple[str, ...] = ()
    published_at: Timestamp | None = None
    published_precision: Precision = Precision.NONE
    published_from: str = ""
    """Where the date was read; without a date, why there is none."""
    credit: str | None = None
    reporters: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    programme: str | None = None
    image: str | None = None
    video: str | None = None
    language: str = "zh"
    encoding: str = "utf-8"
    verdict: Verdict = Verdict.ARTICLE
    reason: str = ""
    """Why the verdict is what it is."""
    winner: str = ""
    """Name of the candidate that the body was taken from."""
    repairs: tuple[str, ...] = ()
    """Names of the repairs that changed something."""
    doubtful: tuple[str, ...] = ()
    """Why the body may not be whole: a sentence for each repair that took away more than 15% of it, and for each page
    of the article that is missing or changed."""
    page_count: int = 1
    """Of how many pages the article is, as far as this one tells."""
    page_number: int = 1
    """Which of them this one is."""
    first_page: str | None = None
    """The first page's address, where this is a later one whose pager leads back."""
    further_pages: tuple[str, ...] = ()
    """Addresses of the pages after this one, within the article's own address pattern."""
    whole_page: str | None = None
    """An address that shows the whole article on one page."""

    @property
    def body(self) -> str:
        """Paragraphs joined by a line feed, as an Article stores them."""
        return "\n".join(self.paragraphs)

    @property
    def is_article(self) -> bool:
        """Whether the page is to be stored as an article."""
        return self.verdict in {Verdict.ARTICLE, Verdict.VIDEO}
