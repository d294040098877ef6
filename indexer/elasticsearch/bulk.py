"""BulkWriter: stories into the alias, in bounded chunks, each safe to send again.

A story's id is the document's id and its revision the external version: what arrives twice changes nothing, what
arrives late is refused by the server as stale, and no write ever takes a story back to an older revision.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from elasticsearch import ApiError, Elasticsearch

from indexer.document import StoryDocument
from indexer.elasticsearch.failures import (
    CLUSTER_BLOCK,
    OLD_SERVER,
    TEMPORARY_STATUSES,
    BusyError,
    api_failure,
    kind_and_reason,
)
from indexer.elasticsearch.patience import patiently
from indexer.search_index import WriteReport

_HELD_VERSION = re.compile(r"current version \[(\d+)\]")
_ANSWER_FIELDS = "items.index.status,items.index.error"


class Line(NamedTuple):
    """One story, ready to be sent."""

    story_id: str
    revision: int
    action: bytes
    source: bytes

    @property
    def size(self) -> int:
        """Bytes on the wire."""
        return len(self.action) + len(self.source) + 2


class BulkWriter:
    """Writes stories to one alias, or to an index that is to stand behind it. Not for several threads at once."""

    def __init__(
        self,
        client: Elasticsearch,
        target: str,
        *,
        require_alias: bool,
        max_documents: int,
        max_bytes: int,
        retry_seconds: float,
    ) -> None:
        self._client = client
        self._target = target
        self._require_alias = require_alias
        self._max_documents = max_documents
        self._max_bytes = max_bytes
        self._retry_seconds = retry_seconds

    def write(self, documents: Sequence[StoryDocument]) -> WriteReport:
        """Write documents; see SearchIndex.write. Raises IndexUnavailableError."""
        report = WriteReport()
        newest = {document.story_id: document for document in sorted(documents, key=lambda one: one.revision)}
        for chunk in self._chunks(_lines(newest.values(), report)):
            self._write_chunk(chunk, report)
        return report

    def delete(self, revisions: Mapping[str, int]) -> int:
        """Delete documents that are still at that revision, once; return how many. Raises BusyError to be called again.

        Raises the client's errors. What was deleted already counts for nothing, so that calling again is safe.
        """
        deleted = 0
        ids = list(revisions)
        for start in range(0, len(ids), self._max_documents):
            actions = [
                {"delete": {"_id": name, "version": revisions[name], "version_type": "external_gte"}}
                for name in ids[start : start + self._max_documents]
            ]
            answer = self._client.bulk(index=self._target, operations=actions, require_alias=self._require_alias)
            statuses = [item["delete"]["status"] for item in answer.body["items"]]
            if not TEMPORARY_STATUSES.isdisjoint(statuses):
                raise BusyError("no room for deletions")
            deleted += sum(status == 200 for status in statuses)
        return deleted

    def _chunks(self, lines: Iterator[Line]) -> Iterator[list[Line]]:
        chunk: list[Line] = []
        size = 0
        for line in lines:
            if chunk and (len(chunk) >= self._max_documents or size + line.size > self._max_bytes):
                yield chunk
                chunk, size = [], 0
            chunk.append(line)
            size += line.size
        if chunk:
            yield chunk

    def _write_chunk(self, chunk: list[Line], report: WriteReport) -> None:
        waiting = chunk

        def send() -> None:
            nonlocal waiting
            waiting, reason = self._send(waiting, report)
            if waiting:
                raise BusyError(reason)

        patiently(send, self._retry_seconds)

    def _send(self, chunk: list[Line], report: WriteReport) -> tuple[list[Line], str]:
        """Send a chunk once; return the stories that the server had no room for, and what it said."""
        # Lines that are bytes already go out as they are; the client's annotation knows mappings alone.
        operations: list[Any] = [part for line in chunk for part in (line.action, line.source)]
        try:
            answer = self._client.bulk(
                index=self._target,
                operations=operations,
                require_alias=self._require_alias,
                filter_path=_ANSWER_FIELDS,
            )
        except ApiError as error:
            if error.status_code not in {400, 413}:
                raise
            return self._send_in_halves(chunk, error, report)
        items = answer.body.get("items", [])
        if len(items) != len(chunk):
            raise BusyError("the answer was cut short")
        waiting, reason = [], ""
        for line, item in zip(chunk, items, strict=True):
            if _settle(line, item["index"], report):
                continue
            waiting.append(line)
            reason = reason or kind_and_reason(item["index"])[1]
        return waiting, reason

    def _send_in_halves(self, chunk: list[Line], error: ApiError, report: WriteReport) -> tuple[list[Line], str]:
        """Find the story that the server cannot take (413: too large; 400: it refuses the request as a whole)."""
        kind, reason = kind_and_reason(error.body)
        if error.status_code == 400 and kind in {OLD_SERVER, ""}:  # the second is no Elasticsearch's, a proxy's perhaps
            raise error
        if len(chunk) == 1:
            report.refused[chunk[0].story_id] = f"{error.status_code} {kind} {reason} ({chunk[0].size:,} bytes)"
            return [], ""
        if error.status_code == 413:
            self._max_bytes = max(1, sum(line.size for line in chunk) // 2)
        middle = len(chunk) // 2
        first, first_reason = self._send(chunk[:middle], report)
        second, second_reason = self._send(chunk[middle:], report)
        return first + second, first_reason or second_reason


def _lines(documents: Any, report: WriteReport) -> Iterator[Line]:
    for document in documents:
        try:
            source = document.model_dump_json().encode()
        except ValueError as error:  # half a surrogate pair
            report.refused[document.story_id] = f"it cannot be written as JSON: {error}"
            continue
        action = {"_id": document.story_id, "version": document.revision, "version_type": "external_gte"}
        yield Line(document.story_id, document.revision, json.dumps({"index": action}).encode(), source)


def _settle(line: Line, result: dict[str, Any], report: WriteReport) -> bool:
    """Note what became of one story; False where the server asks for another try. Raises StoppedError."""
    status = result["status"]
    if status < 300:
        report.acknowledged[line.story_id] = line.revision
        return True
    error = result.get("error", {})
    kind, reason = kind_and_reason(error)
    if status == 409:
        held = _HELD_VERSION.search(reason)
        report.acknowledged[line.story_id] = int(held[1]) if held else line.revision
        report.stale.add(line.story_id)
        return True
    if status in TEMPORARY_STATUSES and kind != CLUSTER_BLOCK:
        return False
    if status in {400, 413}:
        report.refused[line.story_id] = f"{kind}: {reason}"
        return True
    raise api_failure(status, error)
