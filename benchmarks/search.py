"""Search in the embedded index: `python -m benchmarks.search [--stories 200000]`.

Fills an index with generated stories (kept in `--directory` for the next run) and prints how long it takes to open it,
to answer a mix of rare and usual queries, and to answer for words that every story holds. Beside the time on the clock
stands the time on the processor, which other work on the machine changes little.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from benchmarks.generated_stories import EVERYWHERE, RARE, StoryMaker
from indexer.search.embedded.index import EmbeddedIndex
from indexer.search.index import SearchRequest, Sort
from indexer.search.query.parser import parse_query

BATCH = 500
QUERIES = 600


def main() -> None:
    """Fill where needed, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=200_000)
    parser.add_argument("--characters", type=int, default=1_200)
    parser.add_argument("--directory", type=Path, default=Path(".cache/benchmark-search"))
    options = parser.parse_args()
    maker = StoryMaker(options.characters)
    directory = options.directory / f"{options.stories}x{options.characters}"
    if not (directory / "filled").exists():
        fill(directory, maker, options.stories)
    report("open and first search", [measured(lambda: first_search(directory)) for _ in range(20)])
    index = EmbeddedIndex(directory)
    index.count()
    report("mix of rare and usual queries", [answer(index, query) for query in queries(maker)])
    for word in (EVERYWHERE, RARE):
        for sort in (Sort.RELEVANCE, Sort.NEWEST):
            report(f"{word}, {sort}", [answer(index, word, sort) for _ in range(50)])


def fill(directory: Path, maker: StoryMaker, count: int) -> None:
    """Write the stories as the service does, batch by batch."""
    index = EmbeddedIndex(directory)
    stories = maker.stories(count)
    writing = 0.0
    while batch := list(islice(stories, BATCH)):
        writing += measured(lambda batch=batch: index.write(batch)).clock / 1_000  # type: ignore[misc]
    size = sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())
    print(f"{count:,} stories written at {count / writing:,.0f} a second, {size / 1e9:.2f} GB")
    (directory / "filled").touch()


def queries(maker: StoryMaker) -> Iterator[str]:
    """Yield queries of eight kinds, with rare and usual words in turn."""
    draw = random.Random(11)
    usual, rare = maker.words[:300], maker.words[300:]
    for number in range(QUERIES):
        word, other = draw.choice(usual if number % 2 else rare), draw.choice(usual)
        yield (
            word,
            f"{word} {other}",
            f'"{word}{other}"',
            word[0],
            f"{word} source:ahtv",
            f"{word} -{other}",
            f"title:{word}",
            f"{word} OR {other}",
        )[number % 8]


def first_search(directory: Path) -> None:
    """Open the index, ask it once, close it."""
    index = EmbeddedIndex(directory)
    index.search(SearchRequest(parse_query(RARE), limit=1))
    index.close()


def answer(index: EmbeddedIndex, query: str, sort: Sort = Sort.NEWEST) -> "Time":
    """Return the time that the first twenty stories of a query take."""
    request = SearchRequest(parse_query(query), sort=sort)
    return measured(lambda: index.search(request))


class Time(NamedTuple):
    """Milliseconds of one call."""

    clock: float
    processor: float


def measured(call: Callable[[], object]) -> Time:
    """Return how long a call takes."""
    clock, processor = time.perf_counter(), time.thread_time()
    call()
    return Time((time.perf_counter() - clock) * 1_000, (time.thread_time() - processor) * 1_000)


def report(name: str, times: list[Time]) -> None:
    """Print the quantiles of some times."""
    words = []
    for kind in Time._fields:
        cuts = statistics.quantiles([getattr(one, kind) for one in times], n=100, method="inclusive")
        words.append(f"{kind} p50 {cuts[49]:.2f} ms, p99 {cuts[98]:.2f} ms")
    print(f"{name}: {'; '.join(words)} ({len(times)} times)")


if __name__ == "__main__":
    main()
