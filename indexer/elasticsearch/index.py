"""ElasticsearchIndex: stories behind an alias of an Elasticsearch 9 cluster."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.helpers import scan

from indexer.document import StoryDocument
from indexer.elasticsearch.bulk import BulkWriter
from indexer.elasticsearch.failures import failure
from indexer.elasticsearch.patience import patiently
from indexer.elasticsearch.schema import SCHEMA_VERSION, alias_definition, index_name, index_template
from indexer.elasticsearch.translation import translate_request
from indexer.search_index import (
    MAX_RESULTS,
    IndexFormatError,
    IndexUnavailableError,
    SearchRequest,
    SearchResult,
    WriteReport,
)
from indexer.settings import IndexerSettings

_READ_SECONDS = 10.0
"""How long a person waits for a search to be tried again."""


class ElasticsearchIndex:
    """A SearchIndex in a cluster. What is acknowledged is durable; searches see it after a refresh."""

    name = "elasticsearch"

    def __init__(self, client: Elasticsearch, settings: IndexerSettings) -> None:
        self._client = client
        self.alias = settings.elasticsearch_alias
        self._retry_seconds = settings.elasticsearch_retry_seconds
        self._writer = BulkWriter(
            client,
            self.alias,
            max_documents=settings.elasticsearch_bulk_documents,
            max_bytes=int(settings.elasticsearch_bulk_megabytes * 1_000_000),
            retry_seconds=settings.elasticsearch_retry_seconds,
        )

    def exists(self) -> bool:
        """Whether the alias is there. Raises IndexUnavailableError."""
        return patiently(lambda: bool(self._client.indices.exists_alias(name=self.alias)), self._retry_seconds)

    def prepare(self) -> None:
        """Create template, index and alias where they are missing. An alias that fits needs no admin's key for it.

        Raises IndexUnavailableError, IndexFormatError where the index is of another version.
        """
        patiently(self._prepare, self._retry_seconds)

    def write(self, documents: Sequence[StoryDocument]) -> WriteReport:
        """Write documents; see SearchIndex.write."""
        return self._writer.write(documents)

    def refresh(self) -> None:
        """Make what was written visible to searches."""
        patiently(lambda: self._client.indices.refresh(index=self.alias), _READ_SECONDS)

    def search(self, request: SearchRequest) -> SearchResult:
        """Return the stories that match, newest first unless the request says otherwise."""
        answer = patiently(
            lambda: self._client.search(
                index=self.alias,
                **translate_request(request),
                from_=request.offset,
                size=max(0, min(request.limit, MAX_RESULTS - request.offset)),
                track_total_hits=True,
                filter_path="hits.total.value,hits.hits._source",
            ),
            _READ_SECONDS,
        )
        hits = answer.body["hits"]
        stories = tuple(StoryDocument.model_validate(hit["_source"]) for hit in hits.get("hits", ()))
        return SearchResult(int(hits["total"]["value"]), stories)

    def explain(self, request: SearchRequest) -> str:
        """Return the body that is sent to `_search`."""
        return json.dumps(translate_request(request), ensure_ascii=False, indent=2)

    def documents(self) -> Iterator[StoryDocument]:
        """Yield every story that is no tombstone, as of the moment of the first one."""
        try:
            for hit in scan(self._client, index=self.alias, size=1_000):
                yield StoryDocument.model_validate(hit["_source"])
        except (ApiError, TransportError) as error:
            raise IndexUnavailableError(f"Elasticsearch: {failure(error)}") from error

    def count(self) -> int:
        """Return how many stories are no tombstones."""
        answer = patiently(lambda: self._client.count(index=self.alias), _READ_SECONDS)
        return int(answer.body["count"])

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _prepare(self) -> None:
        if self._client.indices.exists_alias(name=self.alias):
            self._check_schema()
            return
        if self._client.indices.exists(index=self.alias):
            raise IndexUnavailableError(
                f"Elasticsearch: an index stands where the alias {self.alias} should: "
                "delete or rename it, or set another elasticsearch_alias"
            )
        self._client.indices.put_index_template(name=self.alias, **index_template(self.alias))
        self._create_index()
        alias: dict[str, Any] = {"index": index_name(self.alias), "alias": self.alias} | alias_definition()
        self._client.indices.update_aliases(actions=[{"add": alias}])

    def _create_index(self) -> None:
        try:
            self._client.indices.create(index=index_name(self.alias))
        except ApiError as error:
            if error.status_code != 400 or "resource_already_exists" not in str(error.body):
                raise  # else another process was faster

    def _check_schema(self) -> None:
        mappings = self._client.indices.get_mapping(index=self.alias).body
        for index, mapping in mappings.items():
            version = mapping["mappings"].get("_meta", {}).get("schema_version")
            if version != SCHEMA_VERSION:
                raise IndexFormatError(
                    f"Elasticsearch: {index} has schema version {version}, this DeltaNews writes {SCHEMA_VERSION}; "
                    "run `deltanews rebuild`: it makes the index anew from the archive"
                )
