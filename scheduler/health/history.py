"""What a source did, as the rules see it: typed values, the oldest first, all times aware."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from archive.article import Precision
from archive.observations import FetchOutcome, VisitOutcome
from archive.runs import RunStatus

LOOK_BACK = timedelta(days=28)
"""How far the rules look back."""

ENOUGH = timedelta(days=7)
"""Of how much history a source's own habit counts; with less of it the fixed floors hold."""

ALL_LISTS = ""
"""Key of a visit that stands for all lists of a source: the crawl came to none of them."""


@dataclass(frozen=True)
class RunSeen:
    """One crawl."""

    started_at: datetime
    finished_at: datetime | None
    status: RunStatus
    worked: bool = True
    """Whether it got as far as crawling: a source file that is wrong, or a process that dies, does not."""
    error: str | None = None


@dataclass(frozen=True)
class VisitSeen:
    """One visit to the first page of a list."""

    at: datetime
    section: str
    key: str
    outcome: VisitOutcome = VisitOutcome.READ
    status: int | None = 200
    """None: there was no answer."""
    items: int | None = None
    head: str | None = None
    """Hash of its first addresses."""
    problem: str | None = None
    lied: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it gave no article."""
        return self.outcome in {VisitOutcome.FAILED, VisitOutcome.HTML} or self.items == 0


@dataclass(frozen=True)
class FetchSeen:
    """One request for an article's page."""

    at: datetime
    url: str
    outcome: FetchOutcome = FetchOutcome.STORED
    status: int | None = 200
    reason: str | None = None
    verdict: str | None = "article"
    """What extraction made of the page; None where it has not been read, or was not stored."""
    warc: str | None = None
    """File and offset of the stored page."""


@dataclass(frozen=True)
class ArticleSeen:
    """One article's fields."""

    at: datetime
    """When it was first seen."""
    url: str
    published_at: datetime | None = None
    precision: Precision = Precision.MINUTE
    has_credit: bool = True
    is_relevant: bool = False
    warc: str | None = None

    @property
    def fresh_at(self) -> datetime:
        """Its time for freshness: never after it was seen; where only a day is known, when it was seen."""
        is_exact = self.precision is Precision.MINUTE
        return min(self.published_at, self.at) if is_exact and self.published_at else self.at


@dataclass(frozen=True)
class TextSeen:
    """One article's text in figures."""

    at: datetime
    url: str
    length: int
    """Characters without blanks."""
    han_share: float
    """Of its letters."""
    is_garbled: bool = False
    """Whether it holds replacement characters or what a wrong charset makes of Chinese."""
    is_video: bool = False
    digest: str = ""
    paragraphs: frozenset[int] = frozenset()
    """Hashes of its longer paragraphs."""
    warc: str | None = None


@dataclass(frozen=True)
class CanarySeen:
    """A stored page that today's extraction reads otherwise."""

    url: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class ProbeSeen:
    """A look at an article that was known."""

    at: datetime
    url: str
    similarity: float
    """The share of its stored text that it still has; 0 where it is gone."""
    reason: str | None = None


@dataclass(frozen=True)
class SourceHistory:
    """One source over the last 28 days."""

    name: str
    interval: timedelta = timedelta(hours=1)
    deadline: timedelta = timedelta(hours=2)
    """What a crawl may take."""
    domains: frozenset[str] = frozenset()
    watched_since: datetime | None = None
    """Since when somebody is there to crawl it without a break; None where nobody knows."""
    runs: tuple[RunSeen, ...] = ()
    visits: tuple[VisitSeen, ...] = ()
    fetches: tuple[FetchSeen, ...] = ()
    articles: tuple[ArticleSeen, ...] = ()
    texts: tuple[TextSeen, ...] = ()
    """The newest 250 alone."""
    found: tuple[datetime, ...] = ()
    """When each new link was found."""
    neighbours: tuple[datetime, ...] = ()
    """When other sources of the province brought an article."""
    probes: tuple[ProbeSeen, ...] = ()
    canaries: tuple[CanarySeen, ...] = ()
    limited_until: datetime | None = None
    """Until when its site asked not to be visited."""
    file_error: str | None = None
    """What is wrong with its file."""


@dataclass(frozen=True)
class IndexSeen:
    """How far the articles are from being searchable."""

    waiting: int = 0
    waiting_since: datetime | None = None
    dead_letters: int = 0
    error: str | None = None


@dataclass(frozen=True)
class DeliverySeen:
    """A message that has not arrived."""

    shown: str
    due_since: datetime
    tries: int
    reason: str | None = None
    is_given_up: bool = False


@dataclass(frozen=True)
class History:
    """All that the rules look at."""

    now: datetime
    sources: tuple[SourceHistory, ...] = ()
    index: IndexSeen = field(default_factory=IndexSeen)
    deliveries: tuple[DeliverySeen, ...] = ()
    heartbeat_at: datetime | None = None
    """When the service last judged; None where none ever did, or it ended in order."""
