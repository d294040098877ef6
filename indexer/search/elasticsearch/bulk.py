"""BulkWriter: stories into the alias, in bounded chunks, each safe to send again.

A story's id is the document's id and its revision the external version: what arrives twice changes nothing, what
arrives late is refused by the server as stale, and no write ever takes a story back to an older revision.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from elasticsearch import ApiError, Elasticsearch

from indexer.search.document import StoryDocument
from indexer.search.elasticsearch.failures import (
    TEMPORARY_STATUSES,
    BusyError,
    StoppedError,
    api_failure,
    is_of_the_whole,
    kind_and_reason,
)
from indexer.search.elasticsearch.probe import PROBE
from indexer.search.elasticsearch.retries import with_retries
from indexer.search.index import WriteReport

_ANSWER_FIELDS = "items.index.status,items.index.error"
_CONFLICT = 409
_REFUSALS = frozenset({400, 413})


class BulkLine(NamedTuple):
    """One story, ready to be sent."""

    story_id: str
    revision: int
    action: bytes
    source: bytes

    @property
    def size(self) -> int:
        """Bytes on the wire."""
        return len(self.action) + len(self.source) + 2


@dataclass(frozen=True)
class BulkLimits:
    """The most that goes out in one bulk request: what Elasticsearch's own guide starts from."""

    documents: int = 500
    bytes: int = 8_000_000


class BulkWriter:
    """Writes stories to one alias, or to an index that is to stand behind it. Not for several threads at once."""

    def __init__(
        self,
        client: Elasticsearch,
        target: str,
        *,
        require_alias: bool,
        retry_seconds: float,
        limits: BulkLimits,
    ) -> None:
        self._client = client
        self._target = target
        self._require_alias = require_alias
        self._retry_seconds = retry_seconds
        self._limits = limits

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
        for start in range(0, len(ids), self._limits.documents):
            actions = [
                {"delete": {"_id": name, "version": revisions[name], "version_type": "external_gte"}}
                for name in ids[start : start + self._limits.documents]
            ]
            answer = self._client.bulk(index=self._target, operations=actions, require_alias=self._require_alias)
            statuses = [item["delete"]["status"] for item in answer.body["items"]]
            if not TEMPORARY_STATUSES.isdisjoint(statuses):
                raise BusyError("no room for deletions")
            deleted += sum(status == 200 for status in statuses)
        return deleted

    def _chunks(self, lines: Iterator[BulkLine]) -> Iterator[list[BulkLine]]:
        chunk: list[BulkLine] = []
        size = 0
        for line in lines:
            if chunk and (len(chunk) >= self._limits.documents or size + line.size > self._limits.bytes):
                yield chunk
                chunk, size = [], 0
            chunk.append(line)
            size += line.size
        if chunk:
            yield chunk

    def _write_chunk(self, chunk: list[BulkLine], report: WriteReport) -> None:
        waiting = chunk
        refused_before = len(report.refused)

        def send() -> None:
            nonlocal waiting
            waiting, reason = self._send(waiting, report)
            if waiting:
                raise BusyError(reason)

        with_retries(send, self._retry_seconds)
        if len(report.refused) > refused_before:
            with_retries(self._probe, self._retry_seconds)

    def _probe(self) -> None:
        """Write a story that nothing is wrong with, and delete it: where it is refused too, no story is at fault.

        Raises StoppedError with the reason, BusyError to be called again.
        """
        key = {"_id": PROBE.story_id, "version": PROBE.revision, "version_type": "external_gte"}
        operations = [{"index": key}, PROBE.model_dump(mode="json"), {"delete": key}]
        answer = self._client.bulk(index=self._target, operations=operations, require_alias=self._require_alias)
        result = answer.body["items"][0]["index"]
        if result["status"] in TEMPORARY_STATUSES:
            raise BusyError(kind_and_reason(result.get("error", {}))[1])
        if result["status"] in _REFUSALS:
            kind, reason = kind_and_reason(result["error"])
            raise StoppedError(
                f"the index refuses every story ({kind}: {reason}): fix its mapping, alias or pipeline, or run "
                "`deltanews rebuild index`; nothing was given up"
            )
        if result["status"] >= 300 and result["status"] != _CONFLICT:
            raise api_failure(result["status"], result.get("error", {}))

    def _send(self, chunk: list[BulkLine], report: WriteReport) -> tuple[list[BulkLine], str]:
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
            if error.status_code not in _REFUSALS:
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
        newer = [line for line, item in zip(chunk, items, strict=True) if item["index"]["status"] == _CONFLICT]
        return self._without_stale(waiting, newer, report), reason

    def _without_stale(self, waiting: list[BulkLine], newer: list[BulkLine], report: WriteReport) -> list[BulkLine]:
        """Settle the stories of which the index holds a newer revision; return the lines that still wait.

        Which revision that is, it is asked for: what a conflict says of it is prose. A conflict with what was deleted
        a moment ago has no answer; the server forgets it within a minute, so the story is sent again.
        """
        if not newer:
            return waiting
        found = self._client.mget(index=self._target, ids=[line.story_id for line in newer], source=False).body["docs"]
        versions = {each["_id"]: each["_version"] for each in found if each.get("found")}
        for line in newer:
            held = versions.get(line.story_id, -1)
            if held > line.revision:
                report.acknowledged[line.story_id] = held
                report.stale.add(line.story_id)
        return [line for line in waiting if line.story_id not in report.stale]

    def _send_in_halves(
        self, chunk: list[BulkLine], error: ApiError, report: WriteReport
    ) -> tuple[list[BulkLine], str]:
        """Find the story that the server cannot take (413: too large; 400: it refuses the request as a whole)."""
        kind, reason = kind_and_reason(error.body)
        no_story_is_at_fault = not kind or is_of_the_whole(kind)  # without a kind it is a proxy's answer
        if error.status_code == 400 and no_story_is_at_fault:
            raise error
        if len(chunk) == 1:
            report.refused[chunk[0].story_id] = f"{error.status_code} {kind} {reason} ({chunk[0].size:,} bytes)"
            return [], ""
        if error.status_code == 413:
            self._limits = replace(self._limits, bytes=max(1, sum(line.size for line in chunk) // 2))
        middle = len(chunk) // 2
        first, first_reason = self._send(chunk[:middle], report)
        second, second_reason = self._send(chunk[middle:], report)
        return first + second, first_reason or second_reason


def _lines(documents: Any, report: WriteReport) -> Iterator[BulkLine]:
    for document in documents:
        try:
            source = document.model_dump_json().encode()
        except ValueError as error:  # half a surrogate pair
            report.refused[document.story_id] = f"it cannot be written as JSON: {error}"
            continue
        action = {"_id": document.story_id, "version": document.revision, "version_type": "external_gte"}
        yield BulkLine(document.story_id, document.revision, json.dumps({"index": action}).encode(), source)


def _settle(line: BulkLine, result: dict[str, Any], report: WriteReport) -> bool:
    """Note what became of one story; False where that is still to be found out. Raises StoppedError."""
    status = result["status"]
    if status < 300:
        report.acknowledged[line.story_id] = line.revision
        return True
    error = result.get("error", {})
    kind, reason = kind_and_reason(error)
    if status == _CONFLICT:
        return False
    if is_of_the_whole(kind):
        raise api_failure(status, error)
    if status in TEMPORARY_STATUSES:
        return False
    if status in _REFUSALS:
        report.refused[line.story_id] = f"{kind}: {reason}"
        return True
    raise api_failure(status, error)
