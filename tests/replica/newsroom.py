"""Newsroom: what is published on all played sites at this moment; it changes while the replica serves."""

import threading
from collections.abc import Iterable
from datetime import datetime

from tests.replica.publication import Publication, Trait


class Newsroom:
    """All publications by source and by address; every change is seen by the next request."""

    def __init__(self, publications: Iterable[Publication] = ()) -> None:
        self._lock = threading.Lock()
        self._by_url: dict[str, Publication] = {}
        self._gone: set[str] = set()
        for publication in publications:
            self.put(publication)

    def put(self, publication: Publication) -> None:
        """Publish, or replace what has the same canonical address."""
        with self._lock:
            self._by_url[publication.canonical_url] = publication
            self._gone.discard(publication.canonical_url)

    def remove(self, canonical_url: str) -> None:
        """Take a publication off the lists; its page answers 410 from now on."""
        with self._lock:
            del self._by_url[canonical_url]
            self._gone.add(canonical_url)

    def is_gone(self, canonical_url: str) -> bool:
        """Tell whether it was taken off."""
        return canonical_url in self._gone

    def get(self, canonical_url: str) -> Publication | None:
        """Return what is published at an address."""
        return self._by_url.get(canonical_url)

    def all(self) -> list[Publication]:
        """Return everything, in the order of the corpus."""
        with self._lock:
            return list(self._by_url.values())

    def of(self, source: str, section: str | None = None) -> list[Publication]:
        """Return what a source (or one section of it) publishes, newest first, after what is pinned."""
        found = [
            publication
            for publication in self.all()
            if publication.source == source and section in {None, publication.section}
        ]
        found.sort(key=lambda publication: publication.published_at, reverse=True)
        found.sort(key=lambda publication: not publication.has(Trait.PINNED))
        return found


def changed_at(publications: Iterable[Publication]) -> datetime | None:
    """Return when a list of these last changed."""
    return max((publication.changed_at for publication in publications), default=None)


def page_of(
    publications: list[Publication], number: int, size: int, *, endless: bool = False
) -> tuple[list[Publication], bool]:
    """Return page `number` (from 1) and whether there is a next one; an endless list repeats its last page."""
    last = max(1, -(-len(publications) // size))
    if endless and number > last:
        number = last
    start = (max(number, 1) - 1) * size
    return publications[start : start + size], endless or number < last
