"""ElasticsearchIndex: stories behind an alias of an Elasticsearch 9 cluster."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.helpers import ScanError, scan

from indexer.search.counts import CountBy, Counts, in_order
from indexer.search.document import StoryDocument, revision_at
from indexer.search.elasticsearch.bulk import BulkLimits, BulkWriter
from indexer.search.elasticsearch.failures import failure
from indexer.search.elasticsearch.generations import Generations
from indexer.search.elasticsearch.retries import with_retries
from indexer.search.elasticsearch.schema import LIVE
from indexer.search.elasticsearch.translation import translate_counts, translate_request
from indexer.search.index import MAX_RESULTS, IndexUnavailableError, SearchRequest, SearchResult, WriteReport
from indexer.settings import IndexerSettings

_LIMITS = BulkLimits()
_PAGE = 1_000
"""Stories of one answer, where all are read."""
_READ_SECONDS = 10.0
"""How long a person waits for a search to be tried again."""


class ElasticsearchIndex:
    """A SearchIndex in a cluster. What is acknowledged is durable; searches see it after a refresh."""

    name = "elasticsearch"

    def __init__(
        self,
        client: Elasticsearch,
        settings: IndexerSettings,
        *,
        successor: str | None = None,
        limits: BulkLimits = _LIMITS,
    ) -> None:
        """`successor` is the name of an index that is not behind the alias yet; by default the one that is."""
        self._client = client
        self._settings = settings
        self._limits = limits
        self.alias = settings.elasticsearch_alias
        self._successor = successor
        self._target = successor or self.alias
        self._retry_seconds = settings.elasticsearch_retry_seconds
        self._read_seconds = min(_READ_SECONDS, self._retry_seconds)
        self._writer = BulkWriter(
            client,
            self._target,
            require_alias=successor is None,
            retry_seconds=settings.elasticsearch_retry_seconds,
            limits=limits,
        )

    def check(self) -> bool:
        """Return whether the alias is there; nothing is changed.

        Raises IndexUnavailableError, IndexFormatError where what is there cannot be used as it is.
        """
        return with_retries(lambda: Generations(self._client, self.alias).check(), self._retry_seconds)

    def blocks(self) -> list[str]:
        """Return the names of the blocks that are set on the index."""
        return with_retries(lambda: Generations(self._client, self.alias).blocks(), self._retry_seconds)

    def identity(self) -> str:
        """Return the UUID of the index behind the alias."""
        return with_retries(lambda: Generations(self._client, self.alias).identity(), self._retry_seconds)

    def prepare(self) -> None:
        """Create template, index and alias where they are missing. An alias that fits needs no admin's key for it.

        Raises IndexUnavailableError, IndexFormatError where the index is of another version.
        """
        with_retries(lambda: Generations(self._client, self.alias).prepare(), self._retry_seconds)

    def write(self, documents: Sequence[StoryDocument]) -> WriteReport:
        """Write documents; see SearchIndex.write."""
        return self._writer.write(documents)

    def refresh(self) -> None:
        """Make what was written visible to searches."""
        with_retries(lambda: self._client.indices.refresh(index=self._target), self._read_seconds)

    def search(self, request: SearchRequest) -> SearchResult:
        """Return the stories that match, newest first unless the request says otherwise."""
        answer = with_retries(
            lambda: self._client.search(
                index=self._target,
                **translate_request(request),
                from_=request.offset,
                size=max(0, min(request.limit, MAX_RESULTS - request.offset)),
                track_total_hits=True,
                filter_path="hits.total.value,hits.hits._source",
            ),
            self._read_seconds,
        )
        hits = answer.body["hits"]
        stories = tuple(StoryDocument.model_validate(hit["_source"]) for hit in hits.get("hits", ()))
        return SearchResult(int(hits["total"]["value"]), stories)

    def counts(self, request: SearchRequest, by: Sequence[CountBy]) -> Counts:
        """Return how many of the stories that match there are by each value."""
        if not by:
            return {}
        answer = with_retries(
            lambda: self._client.search(
                index=self._target,
                query=translate_request(request)["query"],
                aggregations=translate_counts(by),
                size=0,
                filter_path="aggregations.*.buckets",
            ),
            self._read_seconds,
        )
        found = answer.body.get("aggregations", {})
        return {
            each: in_order(each, ((_key(bucket), bucket["doc_count"]) for bucket in found[each]["buckets"]))
            for each in by
        }

    def all_hits(self, request: SearchRequest) -> Iterator[StoryDocument]:
        """Yield every story that matches, in the request's order, page by page."""
        last: dict[str, Any] = {}
        while True:
            hits = with_retries(partial(self._page, request, last), self._read_seconds)
            for hit in hits:
                yield StoryDocument.model_validate(hit["_source"])
            if len(hits) < _PAGE:
                return
            last = {"search_after": hits[-1]["sort"]}

    def _page(self, request: SearchRequest, last: dict[str, Any]) -> list[Any]:
        answer = self._client.search(index=self._target, **translate_request(request), size=_PAGE, **last)
        hits: list[Any] = answer.body["hits"]["hits"]
        return hits

    def documents(self) -> Iterator[StoryDocument]:
        """Yield every story that is no tombstone, as of the first one."""
        try:
            for hit in scan(self._client, index=self._target, query={"query": LIVE}, size=1_000):
                yield StoryDocument.model_validate(hit["_source"])
        except (ApiError, TransportError, ScanError) as error:
            raise IndexUnavailableError(f"Elasticsearch: {failure(error)}") from error

    def count(self) -> int:
        """Return how many stories are no tombstones."""
        answer = with_retries(lambda: self._client.count(index=self._target, query=LIVE), self._read_seconds)
        return int(answer.body["count"])

    def successor(self) -> "ElasticsearchIndex":
        """Return the index that a rebuild fills; one that was interrupted is continued."""
        name = with_retries(lambda: Generations(self._client, self.alias).prepare_successor(), self._retry_seconds)
        return ElasticsearchIndex(self._client, self._settings, successor=name, limits=self._limits)

    def promote(self) -> None:
        """Move the alias to this successor in one call: requests go to the old index before it, here after it."""
        name = self._successor
        assert name is not None, "only a successor can be promoted"
        with_retries(lambda: Generations(self._client, self.alias).activate(name), self._retry_seconds)

    def remove_predecessors(self) -> list[str]:
        """Delete the indexes that this one has replaced; return their names."""
        return with_retries(lambda: Generations(self._client, self.alias).remove_predecessors(), self._retry_seconds)

    def remove_tombstones(self, before: datetime) -> int:
        """Remove the tombstones whose revision was made before then; return how many.

        Found in the index itself, since the alias hides them; a story that has risen meanwhile is newer and stays.
        """
        old = [{"term": {"deleted": True}}, {"range": {"revision": {"lt": revision_at(before)}}}]

        def remove() -> int:
            names = Generations(self._client, self.alias).active_indexes()
            found = scan(self._client, index=names, query={"query": {"bool": {"filter": old}}}, _source=["revision"])
            revisions = {hit["_id"]: hit["_source"]["revision"] for hit in found}
            return self._writer.delete(revisions)

        return with_retries(remove, self._retry_seconds)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _key(bucket: dict[str, Any]) -> str:
    """Return a bucket's value; that of a day is also written as one."""
    return str(bucket.get("key_as_string", bucket["key"]))
