"""The whole way from the outbox into Elasticsearch beside a bare bulk: `python -m benchmarks.outbox`.

Reading the stories from the archive, making documents of them, writing, and noting each acknowledgement are all in the
time of the product; the bare client has its documents ready. Needs the server that `ELASTICSEARCH_URL` names; without
it, the tests' own node is started.
"""

import argparse
import statistics
import tempfile
import time
from datetime import timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy import select

from archive.article import Level
from archive.database import Database
from archive.settings import ArchiveSettings
from archive.story_tables import stories as story_table
from benchmarks.elasticsearch_index import open_index, rates, remove, running_server, write_bare
from benchmarks.republications import stream
from benchmarks.stories import put_in
from indexer.outbox.drain import drain
from indexer.outbox.story_documents import story_documents
from indexer.search.document import StoryDocument
from indexer.stories.persistent.batches import cluster_changes, enqueue_all, register_index

INDEX = "elasticsearch"


def main() -> None:
    """Measure both in turns and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=4_000)
    parser.add_argument("--rounds", type=int, default=6)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_server() as url:
        database = Database.open(ArchiveSettings(directory=Path(folder)))
        put_in(database, tuple(islice(stream(options.articles), options.articles)), 0)
        register_index(database, INDEX)
        cluster_changes(database, levels=[Level.CORE], window=timedelta(days=30))
        documents = everything(database)
        bare: list[float] = []
        product: list[float] = []
        for number in range(options.rounds):
            for turn in (0, 1) if number % 2 else (1, 0):
                if turn:
                    bare.append(write_bare(url, "bench-bare", documents))
                    remove(url, "bench-bare")
                else:
                    product.append(write_outbox(url, "bench-outbox", database))
                    remove(url, "bench-outbox")
        database.close()
    print(f"bare streaming_bulk: {rates(bare, documents)} stories/s; outbox: {rates(product, documents)} stories/s")
    print(f"ratio of the medians: {statistics.median(bare) / statistics.median(product):.2f}")


def everything(database: Database) -> list[StoryDocument]:
    """Return every story as it is indexed."""
    with database.read() as connection:
        return story_documents(connection, connection.scalars(select(story_table.c.story_id)).all())


def write_outbox(url: str, alias: str, database: Database) -> float:
    """Return the seconds that the product takes to empty an outbox which holds every story."""
    with database.write() as connection:
        enqueue_all(connection, INDEX)
    index = open_index(url, alias)
    start = time.perf_counter()
    summary = drain(database, index)
    seconds = time.perf_counter() - start
    assert not summary.waiting, summary
    index.close()
    return seconds


if __name__ == "__main__":
    main()
