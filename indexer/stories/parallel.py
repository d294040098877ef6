"""Parallel: many articles' texts normalized on all processors, in order; half of the time that clustering takes."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context

from indexer.stories.item import Item
from indexer.stories.similarity import NormalizedText

WORTH = 1000
"""Articles from which on other processes are worth their start."""

CHUNK = 100
"""Articles that a process normalizes at a time."""

AHEAD = 8
"""Chunks that wait at most, so that memory does not grow with the number of articles."""

_shared: Sequence[Item] = ()
"""The articles, which forked processes have without their being sent."""


def normalized(items: Sequence[Item]) -> Iterator[NormalizedText]:
    """Yield each article's text with all computed that most comparisons need."""
    if len(items) < WORTH or (os.cpu_count() or 1) < 2 or "fork" not in get_all_start_methods():
        yield from map(_normalize, items)
        return
    global _shared  # noqa: PLW0603  # what a fork shares is global by nature
    _shared = items
    _normalize(items[0])  # the tables that it takes are made once, not by each process
    try:
        with ProcessPoolExecutor(min(4, os.cpu_count() or 1), get_context("fork")) as pool:
            waiting: deque[Future[list[NormalizedText]]] = deque()
            for start in range(0, len(items), CHUNK):
                waiting.append(pool.submit(_normalize_chunk, start))
                if len(waiting) > AHEAD:
                    yield from waiting.popleft().result()
            for future in waiting:
                yield from future.result()
    finally:
        _shared = ()


def _normalize_chunk(start: int) -> list[NormalizedText]:
    return [_normalize(item) for item in _shared[start : start + CHUNK]]


def _normalize(item: Item) -> NormalizedText:
    text = item.normalized_text
    _ = text.keys, text.slots, text.shingles
    return text
