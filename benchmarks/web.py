"""The reader's page: `python -m benchmarks.web [--stories 200000]`.

Serves an index of generated stories (those of `benchmarks.search`, kept in `--directory`) in a process of its own and
asks it for searches with counts, as a browser does, over one connection a reader. Prints the time to the first byte for
one reader, for `--readers` at once, and how long a bare index takes for the same hits and counts in this process; then
for how much longer a crawl's work, a loop of extraction in another process, takes while they read.
"""

import argparse
import http.client
import multiprocessing
import os
import random
import socket
import statistics
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext
from pathlib import Path
from threading import Thread
from urllib.parse import quote

from archive.database import Database
from archive.settings import ArchiveSettings
from benchmarks.generated_stories import EVERYWHERE, StoryMaker
from benchmarks.search import Time, fill, measured, report
from indexer.search.embedded.index import EmbeddedIndex
from indexer.settings import IndexerSettings
from web.facets import find_facets
from web.results import find_results
from web.server import NICENESS, listen, serve
from web.settings import WebSettings
from web.state import SearchState, Unit

LOOPS = 40
"""Extractions that stand for a crawl's work."""


def main() -> None:
    """Fill where needed, serve, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=200_000)
    parser.add_argument("--characters", type=int, default=1_200)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--directory", type=Path, default=Path(".cache/benchmark-search"))
    options = parser.parse_args()
    maker = StoryMaker(options.characters)
    directory = options.directory / f"{options.stories}x{options.characters}"
    if not (directory / "filled").exists():
        fill(directory, maker, options.stories)
    questions = list(searches(maker, options.requests))
    index = EmbeddedIndex(directory)
    report("the index alone, hits and counts", [answer(index, text) for text in questions])
    index.close()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    processes = multiprocessing.get_context("spawn")
    server = processes.Process(target=serve_index, args=(directory, port), daemon=True)
    server.start()
    wait_for(port)
    read(port, questions[:20])
    assert server.pid is not None
    before = processor_seconds(server.pid)
    told("one reader", read(port, questions))
    each = (processor_seconds(server.pid) - before) / len(questions)
    print(f"processor time of the server: {1_000 * each:.1f} ms a request", flush=True)
    alone = crawling(processes)
    found: list[float] = []
    shares = [questions[number :: options.readers] for number in range(options.readers)]
    threads = [Thread(target=lambda share=share: found.extend(read(port, share))) for share in shares]
    for thread in threads:
        thread.start()
    beside = crawling(processes)
    for thread in threads:
        thread.join()
    told(f"{options.readers} readers at once", found)
    print(f"a crawl's extraction beside them: {beside / alone:.2f} times as long by the clock")
    server.terminate()
    server.join()


def searches(maker: StoryMaker, count: int) -> Iterator[str]:
    """Yield queries of rare and usual words, one in ten for a word that every story holds."""
    draw = random.Random(5)
    for number in range(count):
        words = maker.words[:300] if number % 2 else maker.words[300:]
        word, other = draw.choice(words), draw.choice(maker.words[:300])
        yield (EVERYWHERE if number % 10 == 0 else word, f"{word} {other}", f"{word} OR {other}")[number % 3]


def serve_index(directory: Path, port: int) -> None:
    """Serve the page over an index and an archive without articles, as the service's child does."""
    from indexer.search.opening import open_search_index  # noqa: PLC0415 - in the server's process alone
    from web.reading import Reading  # noqa: PLC0415

    os.nice(NICENESS)
    settings = WebSettings(port=port, requests_per_minute=10**9)
    archive = ArchiveSettings(directory=directory.parent / "archive")
    Database.open(archive).close()
    with listen(settings) as listening:
        serve(settings, listening, Reading(archive, open_search_index(IndexerSettings(directory=directory))))


def wait_for(port: int) -> None:
    """Wait until the server listens."""
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def read(port: int, questions: list[str]) -> list[float]:
    """Ask one after the other over one connection; return the milliseconds to each first byte."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    times = []
    for text in questions:
        started = time.perf_counter()
        connection.request("GET", f"/search?by=story&q={quote(text)}")
        response = connection.getresponse()
        times.append((time.perf_counter() - started) * 1_000)
        response.read()
        assert response.status == 200, response.status
    connection.close()
    return times


def answer(index: EmbeddedIndex, text: str) -> Time:
    """Return the time that hits and counts of a search take in this process."""
    state = SearchState(text, Unit.STORY)
    request = state.request()

    def both() -> None:
        find_results(index, state, request)
        find_facets(index, state, request, {})

    return measured(both)


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def crawling(processes: SpawnContext) -> float:
    """Return the seconds that the work of a crawl takes in a process of its own."""
    receive, send = processes.Pipe(duplex=False)
    process = processes.Process(target=extract_pages, args=(send,))
    process.start()
    seconds: float = receive.recv()
    process.join()
    return seconds


def extract_pages(send: Connection) -> None:
    """Extract a page over and over, and send how many seconds it took."""
    from crawler.extraction.extract import extract  # noqa: PLC0415 - in this process alone

    text = "".join(f"<p>第{number}段：长三角一体化示范区今天发布第{number}项制度创新成果。</p>" for number in range(60))
    page = f"<html><head><title>示范区发布成果</title></head><body><article>{text}</article></body></html>"
    started = time.perf_counter()
    for _ in range(LOOPS):
        extract(page.encode(), "https://example.com/a/1.html")
    send.send(time.perf_counter() - started)


def told(name: str, times: list[float]) -> None:
    """Print the quantiles of the times to the first byte."""
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    print(f"{name}: first byte p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms ({len(times)} requests)", flush=True)


if __name__ == "__main__":
    main()
