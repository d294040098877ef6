"""What extraction takes beside a page, and what it gives."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from archive.article import Moment, Precision


class Hints(BaseModel):
    """CSS selectors of a source for fields that the generic extraction would miss; each is tried in turn.

    Only where needed: a hint that finds nothing costs nothing, the generic extraction goes on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    published_at: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    remove: tuple[str, ...] = Field(default=(), description="Elements to take out before anything is read.")
    body_script: str | None = Field(
        default=None, description="Regular expression with one group: a script's string that holds the body as HTML."
    )
    charset: str | None = Field(default=None, description="Encoding, where the site declares a wrong one.")


class Verdict(StrEnum):
    """What kind of page it is; only an article or a video with text is kept as an article."""

    ARTICLE = "article"
    VIDEO = "video"
    """A video with text enough to be searched (a programme notice counts)."""
    LIST = "list"
    GALLERY = "gallery"
    ERROR = "error"
    LOGIN = "login"
    SCRIPT = "script"
    EMPTY = "empty"


class Extraction(BaseModel):
    """One page, read: clean text and fields, each with its origin, and a verdict on the page."""

    model_config = ConfigDict(frozen=True)

    url: str
    canonical_url: str | None = None
    """What the page itself says its address is (`link rel=canonical`, og:url), not yet normalised."""
    title: str = ""
    paragraphs: tuple[str, ...] = ()
    published_at: Moment | None = None
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

    @property
    def body(self) -> str:
        """Paragraphs joined by a line feed, as an Article keeps them."""
        return "\n".join(self.paragraphs)

    @property
    def is_article(self) -> bool:
        """Whether the page is to be kept as an article."""
        return self.verdict in {Verdict.ARTICLE, Verdict.VIDEO}
