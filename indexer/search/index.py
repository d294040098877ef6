"""SearchIndex: the one interface that the embedded index and Elasticsearch both implement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from core.errors import DeltaNewsError
from indexer.search.counts import CountBy, Counts
from indexer.search.document import StoryDocument
from indexer.search.query.model import Query

MAX_RESULTS = 10_000
"""How deep a search may page (`offset + limit`): Elasticsearch's own limit, which both indexes share."""


class IndexUnavailableError(DeltaNewsError):
    """The index does not answer or refuses to write for now; nothing of the batch is lost, try again later."""


class IndexFormatError(IndexUnavailableError):
    """What stands on disk or in the cluster cannot be used as it is: `deltanews rebuild index` rebuilds it.

    Another version wrote it, or it lost what leads to it (its alias, its marker).
    """


class IndexIncompleteError(IndexUnavailableError):
    """The index lacks stories that it, or the one that it replaced, once acknowledged."""


class Sort(StrEnum):
    """The order of the hits."""

    NEWEST = "newest"
    OLDEST = "oldest"
    RELEVANCE = "relevance"


@dataclass(frozen=True)
class SearchRequest:
    """A parsed query and what narrows it; of several values of one kind one must match."""

    query: Query
    sources: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    since: datetime | None = None
    """Aware; compared with `timeline_at`, inclusive."""
    until: datetime | None = None
    """Aware; exclusive."""
    sort: Sort = Sort.NEWEST
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True)
class SearchResult:
    """The hits of one page, in order, and how many there are in all."""

    total: int
    hits: tuple[StoryDocument, ...]


@dataclass
class WriteReport:
    """What became of a batch of documents, by story id."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    """Story id to the revision that the index now holds durably."""
    refused: dict[str, str] = field(default_factory=dict)
    """Story id to the reason why this document can never be indexed: a dead letter."""
    stale: set[str] = field(default_factory=set)
    """Acknowledged, but the index already held a newer revision."""


class SearchIndex(Protocol):
    """Where stories are found by keyword."""

    name: str
    """Key of the index in the outbox: `embedded` or `elasticsearch`."""

    def prepare(self) -> None:
        """Create what is missing (folder, index, alias, template). IndexUnavailableError where it does not answer."""

    def identity(self) -> str:
        """Return which index this is: an index rebuilt has another identity, whatever its name is."""

    def write(self, documents: Sequence[StoryDocument]) -> WriteReport:
        """Write documents durably, each replacing an older revision of its story, never a newer one.

        A batch in parts: what is acknowledged is durable even if the rest was refused. IndexUnavailableError means that
        nothing of the batch is known to be written; writing it again does no harm.
        """

    def refresh(self) -> None:
        """Make what was written visible to searches now; the embedded index does so by itself."""

    def search(self, request: SearchRequest) -> SearchResult:
        """Return the stories that match; tombstones never do."""

    def counts(self, request: SearchRequest, by: Sequence[CountBy]) -> Counts:
        """Return how many of the stories that match there are by each value; `limit` and `offset` do not count.

        Values are in the order of `counts.in_order`, at most `MOST_VALUES` of a kind.
        """

    def all_hits(self, request: SearchRequest) -> Iterator[StoryDocument]:
        """Yield every story that matches, in the request's order, however many; `limit` and `offset` do not count."""

    def documents(self) -> Iterator[StoryDocument]:
        """Yield every document that is not a tombstone, in no order."""

    def count(self) -> int:
        """Return how many documents are not tombstones."""

    def remove_tombstones(self, before: datetime) -> int:
        """Remove the tombstones whose revision was made before then; return how many. A living story stays."""

    def close(self) -> None:
        """Release what the index holds."""

    def successor(self) -> "SearchIndex":
        """Return the index that is to replace this one: new, or left by a rebuild that was interrupted."""

    def promote(self) -> None:
        """Activate this successor: searched and written from now on by every process; the old one stays."""

    def remove_predecessors(self) -> list[str]:
        """Remove what this index has replaced; return the names of what was removed."""
