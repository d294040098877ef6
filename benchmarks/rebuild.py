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
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from itertools import chain, islice, pairwise
from pathlib import Path

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
from indexer.open_index import open_search_index
from indexer.settings import IndexerSettings

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
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ["DELTANEWS_ARCHIVE_DIRECTORY"] = str(folder / "archive")
        os.environ["DELTANEWS_INDEXER_INDEX"] = backend
        os.environ["DELTANEWS_INDEXER_DIRECTORY"] = str(folder / "index")
        if backend == "elasticsearch":
            os.environ["DELTANEWS_INDEXER_ELASTICSEARCH_HOSTS"] = stack.enter_context(running_server())
            os.environ["DELTANEWS_INDEXER_ELASTICSEARCH_ALIAS"] = "bench-rebuild"
        archive, indexer = ArchiveSettings.load(), IndexerSettings.load()
        database = Database.open(archive)
        stack.callback(database.close)
        for start in range(0, count, 5_000):
            put_in(database, tuple(pieces(start, min(5_000, count - start))), start)
        index_changes(archive, indexer)
        index = open_search_index(indexer)
        stack.callback(index.close)
        index.refresh()
        before = index.count()
        seen, stop = [before], threading.Event()

        def watch() -> None:
            while not stop.is_set():
                seen.append(index.count())
                stop.wait(0.01)

        reader = threading.Thread(target=watch)
        reader.start()
        service = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.rebuild", "--serve", f"--stories={count}", f"--changes={changes}"]
        )
        begun = time.perf_counter()
        for _ in range(2):
            process = rebuilding()
            time.sleep(rng.uniform(1, 8))
            process.kill()
            process.wait()
        last = rebuilding()
        status = last.wait()
        took = time.perf_counter() - begun
        service_status = service.wait()
        stop.set()
        reader.join()
        index.refresh()
        held = {document.story_id: document.revision for document in index.documents()}
        with database.read() as connection:
            rows = connection.execute(select(story_table).where(story_table.c.deleted.is_(False)))
            archived = {row.story_id: row.revision for row in rows}
    fell = sum(after < earlier for earlier, after in pairwise(seen))
    good = held == archived and not fell and status == service_status == 0
    print(
        f"{backend}: {before} stories, then {len(archived)}; killed twice (seed {seed}), {took:.0f} s from the first "
        f"start to the end; {sum(held.get(name) != revision for name, revision in archived.items())} stories not at "
        f"their last revision, {len(held.keys() - archived.keys())} too many; {len(seen)} looks, fewer than before "
        f"{fell} times: {'good' if good else f'NOT GOOD (exit {status}, service {service_status})'}",
        flush=True,
    )
    return good


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
