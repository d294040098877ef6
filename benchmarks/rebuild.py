"""A rebuild under fire: `python -m benchmarks.rebuild` (50,000 stories; `--backend embedded` or `elasticsearch`).

While a process writes 1,000 stories more (half of them new, half changed) as the service would, `deltanews rebuild
index` is killed twice at random moments and then let through; a reader counts all the while. Prints how long it took,
whether every story ended at its last revision, and whether a reader ever saw fewer than before; exits with 1 if so.
Elasticsearch is the server that `ELASTICSEARCH_URL` names; without it, the tests' own node is started.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import chain, islice, pairwise
from pathlib import Path

from elasticsearch import Elasticsearch
from sqlalchemy import select

from archive.article import Article, Level, Relevance
from archive.articles import save_article
from archive.database import Database
from archive.settings import ArchiveSettings
from archive.story_tables import stories as story_table
from benchmarks.elasticsearch_index import running_server
from benchmarks.reports import Piece, report
from benchmarks.republications import START
from benchmarks.stories import put_in
from indexer.indexing import index_changes
from indexer.search.index import IndexUnavailableError, SearchIndex
from indexer.search.opening import open_search_index
from indexer.settings import IndexerSettings

KILLS = 2
STORIES_A_SECOND = 7_000
"""So many or fewer are rebuilt a second: a kill by then finds the rebuild at its work."""
PORTION = 20
"""Stories that the service saves before it indexes them."""


def main() -> None:
    """Run the drill on the backends that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=50_000)
    parser.add_argument("--changes", type=int, default=1_000)
    parser.add_argument("--backend", choices=("embedded", "elasticsearch"), action="append")
    parser.add_argument("--seed", type=int, default=None, help="of the moments of the kills; printed where not given")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)  # what the second process is called by
    options = parser.parse_args()
    if options.serve:
        serve(options.stories, options.changes)
        return
    seed = random.randrange(10**6) if options.seed is None else options.seed
    results = [
        drill(backend, options.stories, options.changes, random.Random(seed), seed)
        for backend in options.backend or ("embedded", "elasticsearch")
    ]
    sys.exit(not all(results))


def drill(backend: str, count: int, changes: int, rng: random.Random, seed: int) -> bool:
    """Rebuild an index of so many stories under fire; return whether all went well."""
    with ExitStack() as stack:
        stack.enter_context(configured(backend))
        archive, indexer = ArchiveSettings.load(), IndexerSettings.load()
        database = Database.open(archive)
        stack.callback(database.close)
        for start in range(0, count, 5_000):
            put_in(database, tuple(pieces(start, min(5_000, count - start))), start)
        index_changes(archive, indexer)
        index = open_search_index(indexer)
        stack.callback(index.close)
        index.refresh()
        with counting(index) as seen:
            service = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.rebuild", "--serve", f"--stories={count}", f"--changes={changes}"]
            )
            begun = time.perf_counter()
            killed = sum(kill_one(rng.uniform(1, 1 + count / STORIES_A_SECOND)) for _ in range(KILLS))
            status = rebuilding().wait()
            took = time.perf_counter() - begun
            service_status = service.wait()
        index.refresh()
        held = {document.story_id: document.revision for document in index.documents()}
        with database.read() as connection:
            rows = connection.execute(select(story_table).where(story_table.c.deleted.is_(False)))
            archived = {row.story_id: row.revision for row in rows}
    fell = sum(after < earlier for earlier, after in pairwise(seen))
    good = held == archived and not fell and killed == KILLS and status == service_status == 0
    print(
        f"{backend}: {seen[0]} stories, then {len(archived)}; killed {killed} times in its work (seed {seed}), "
        f"{took:.0f} s from the first start to the end; "
        f"{sum(held.get(name) != revision for name, revision in archived.items())} stories not at their last revision, "
        f"{len(held.keys() - archived.keys())} too many; {len(seen)} looks, fewer than before {fell} times: "
        f"{'good' if good else f'NOT GOOD (exit {status}, service {service_status}, {KILLS} kills wanted)'}",
        flush=True,
    )
    return good


@contextmanager
def configured(backend: str) -> Iterator[None]:
    """Point the product's settings, those of its processes too, at a folder of their own and at a server."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ["DELTANEWS_ARCHIVE_DIRECTORY"] = str(folder / "archive")
        os.environ["DELTANEWS_INDEXER_INDEX"] = backend
        os.environ["DELTANEWS_INDEXER_DIRECTORY"] = str(folder / "index")
        if backend == "elasticsearch":
            url, alias = stack.enter_context(running_server()), f"bench-rebuild-{uuid.uuid4().hex}"
            os.environ["DELTANEWS_INDEXER_ELASTICSEARCH_HOSTS"] = url
            os.environ["DELTANEWS_INDEXER_ELASTICSEARCH_ALIAS"] = alias
            stack.callback(remove_all, url, alias)
        yield


def remove_all(url: str, alias: str) -> None:
    """Leave nothing behind on a server."""
    with Elasticsearch(url) as client:
        client.indices.delete(index=list(client.indices.get(index=f"{alias}-v*").body))
        client.indices.delete_index_template(name=alias)


@contextmanager
def counting(index: SearchIndex) -> Iterator[list[int]]:
    """Yield what a reader counts, a hundred times a second until the end; 0 where it gets no answer."""
    seen, stop = [index.count()], threading.Event()

    def watch() -> None:
        while not stop.wait(0.01):
            try:
                seen.append(index.count())
            except IndexUnavailableError:
                seen.append(0)

    reader = threading.Thread(target=watch)
    reader.start()
    try:
        yield seen
    finally:
        stop.set()
        reader.join()


def kill_one(seconds: float) -> bool:
    """Start a rebuild and kill it so many seconds later; return whether it was still at work."""
    process = rebuilding()
    time.sleep(seconds)
    at_work = process.poll() is None
    process.kill()
    process.wait()
    return at_work


def rebuilding() -> subprocess.Popen[bytes]:
    """Start `deltanews rebuild index`."""
    return subprocess.Popen([sys.executable, "-m", "deltanews", "rebuild", "index"], stdout=subprocess.DEVNULL)


def serve(count: int, changes: int) -> None:
    """Save so many stories, every second one of them new, and index them, a few at a time."""
    archive, indexer = ArchiveSettings.load(), IndexerSettings.load()
    database = Database.open(archive)
    new = pieces(count, changes // 2)
    changed = pieces(0, changes // 2, edition="改")
    both = chain.from_iterable(zip(new, changed, strict=True))
    while portion := tuple(islice(both, PORTION)):
        with database.write() as connection:
            for piece in portion:
                save_article(connection, article_of(piece), page_id=None)
        index_changes(archive, indexer)
    database.close()


def pieces(first: int, count: int, edition: str = "") -> Iterator[Piece]:
    """Yield reports that are nothing alike; those of another edition have the same address and another text."""
    for number in range(first, first + count):
        at = START + timedelta(minutes=number)
        piece = report(random.Random(f"{number}{edition}"), f"r{number}", at, paragraphs=2)
        yield replace(piece, url=f"https://bench.example/{number}.html")


def article_of(piece: Piece) -> Article:
    """Return a report as a crawl would have saved it."""
    return Article(
        url=piece.url,
        canonical_url=piece.url,
        source=piece.source,
        section="news",
        province="江苏",
        title=piece.title,
        body=piece.body,
        published_at=piece.published_at,
        fetched_at=piece.published_at,
        relevance=Relevance(level=Level.CORE, score=50),
    )


if __name__ == "__main__":
    main()
