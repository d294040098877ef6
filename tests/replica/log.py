"""The replica's own record of who asked for what and when: the proof of politeness."""

import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import overload
from urllib.parse import urlsplit

CLOCK = 0.01
"""Seconds by which the clocks of two processes may differ in a span."""


@dataclass(frozen=True)
class Record:
    """One request and what it was answered with."""

    started: float
    """Seconds of the monotonic clock when the request was read whole."""
    ended: float
    """Seconds of the monotonic clock when the answer was sent, or given up."""
    method: str
    url: str
    status: int
    """What was sent; 0 where the client got no answer (hang)."""
    bytes: int
    """Length of the body as sent, compressed or not."""
    conditional: bool = False
    """Whether the request carried If-None-Match or If-Modified-Since."""
    user_agent: str = ""

    @property
    def host(self) -> str:
        """The host asked, without a port."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_robots(self) -> bool:
        """Whether it asked for robots.txt."""
        return urlsplit(self.url).path == "/robots.txt"


def too_soon(records: Sequence[Record], delay: float) -> list[tuple[str, str]]:
    """Return pairs of requests of one domain with less than `delay` seconds for each request sent after the first.

    A busy machine may read a request long after it was sent, so that two of them seem close. What follows an answer,
    though, was sent after it, and was read after it was sent: that bounds from below whatever the load.
    """
    return [
        (earlier.url, later.url)
        for number, earlier in enumerate(records)
        for further, later in enumerate(records[number + 1 :])
        if later.started - earlier.ended < delay * further - CLOCK
    ]


class RequestLog(Sequence[Record]):
    """All requests so far, in the order in which they were answered; safe to read while the replica serves."""

    def __init__(self) -> None:
        self._records: list[Record] = []
        self._lock = threading.Lock()
        self._file: Path | None = None

    def write_to(self, path: Path) -> None:
        """Append each further record to a file, one JSON object a line, for readers in other processes."""
        self._file = path

    def add(self, record: Record) -> None:
        """Keep one record."""
        with self._lock:
            self._records.append(record)
            if self._file:
                with self._file.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(record), ensure_ascii=False) + "\n")

    def clear(self) -> None:
        """Forget what was recorded, so that a second crawl can be looked at alone."""
        with self._lock:
            self._records.clear()

    def of(self, host: str) -> list[Record]:
        """Return the records of a host and of all hosts under it, oldest start first."""
        with self._lock:
            found = [record for record in self._records if record.host == host or record.host.endswith("." + host)]
        return sorted(found, key=lambda record: record.started)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        with self._lock:
            return self._records[index]

    def __len__(self) -> int:
        with self._lock:
            return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        with self._lock:
            return iter(list(self._records))
