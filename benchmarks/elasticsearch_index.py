"""Writing to and searching in Elasticsearch beside the bare client: `python -m benchmarks.elasticsearch_index`.

Needs the server that `ELASTICSEARCH_URL` names; without it, the tests' own node is started. The bare client gets the
same documents as dictionaries that are ready, into an index of the same mapping, in turns with the product.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from benchmarks.generated_stories import EVERYWHERE, StoryMaker
from indexer.search.document import StoryDocument
from indexer.search.elasticsearch.client import connect
from indexer.search.elasticsearch.index import ElasticsearchIndex
from indexer.search.elasticsearch.schema import index_name
from indexer.search.elasticsearch.translation import translate_request
from indexer.search.index import SearchRequest
from indexer.search.query.parser import parse_query
from indexer.settings import IndexerSettings
from tests.elasticsearch_node.home import elasticsearch_home
from tests.elasticsearch_node.node import Node

CHUNK = 500


def main() -> None:
    """Measure both in turns and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--searches", type=int, default=200)
    options = parser.parse_args()
    with running_server() as url:
        maker = StoryMaker()
        stories = list(maker.stories(options.stories))
        bare: list[float] = []
        product: list[float] = []
        for number in range(options.rounds):
            turns = [(write_bare, bare, "bench-bare"), (write_product, product, "bench-product")]
            for write, times, alias in turns if number % 2 else reversed(turns):
                times.append(write(url, alias, stories))
                remove(url, alias)
        print(f"bare streaming_bulk: {rates(bare, stories)} stories/s; product: {rates(product, stories)} stories/s")
        print(f"ratio of the medians: {statistics.median(bare) / statistics.median(product):.2f}")
        write_product(url, "bench-product", stories)
        compare_searches(url, "bench-product", maker, options.searches)
        remove(url, "bench-product")


@contextmanager
def running_server() -> Iterator[str]:
    """Yield the address of a server."""
    if url := os.environ.get("ELASTICSEARCH_URL"):
        yield url
        return
    with tempfile.TemporaryDirectory() as folder:
        node = Node(elasticsearch_home(), Path(folder))
        yield node.url
        node.close()


def remove(url: str, alias: str) -> None:
    """Delete an index, so that its merges do not weigh on the next turn."""
    with Elasticsearch(url) as client:
        client.indices.delete(index=index_name(alias))


def open_index(url: str, alias: str) -> ElasticsearchIndex:
    """Return a prepared index of the product."""
    settings = IndexerSettings(elasticsearch_hosts=(url,), elasticsearch_alias=alias)
    index = ElasticsearchIndex(connect(settings), settings)
    index.prepare()
    return index


def write_bare(url: str, alias: str, stories: list[StoryDocument]) -> float:
    """Return the seconds that the client's own helper takes, with the same ids and versions."""
    open_index(url, alias).close()
    actions = [
        {
            "_index": alias,
            "_id": story.story_id,
            "version": story.revision,
            "version_type": "external_gte",
            "_source": story.model_dump(mode="json"),
        }
        for story in stories
    ]
    with Elasticsearch(url) as client:
        start = time.perf_counter()
        for ok, result in streaming_bulk(client, actions, chunk_size=CHUNK):
            assert ok, result
        return time.perf_counter() - start


def write_product(url: str, alias: str, stories: list[StoryDocument]) -> float:
    """Return the seconds that the product takes, from documents to acknowledgements."""
    index = open_index(url, alias)
    start = time.perf_counter()
    for first in range(0, len(stories), CHUNK):
        batch = stories[first : first + CHUNK]
        assert len(index.write(batch).acknowledged) == len(batch)
    return time.perf_counter() - start


def rates(seconds: list[float], stories: list[StoryDocument]) -> str:
    """Return stories a second of each round."""
    return " ".join(f"{len(stories) / one:,.0f}" for one in seconds)


def compare_searches(url: str, alias: str, maker: StoryMaker, count: int) -> None:
    """Print the latency of the same searches through the product and bare, in turns."""
    index = open_index(url, alias)
    index.refresh()
    texts = list(islice(cycle([EVERYWHERE, *maker.words[:50], f"{maker.words[1]} {maker.words[2]}"]), count))
    bare, product = [], []
    with Elasticsearch(url) as client:
        for text in texts:
            request = SearchRequest(parse_query(text))
            body = translate_request(request)
            bare.append(milliseconds(lambda body=body: client.search(index=alias, **body, size=20)))  # type: ignore[misc]
            product.append(milliseconds(lambda request=request: index.search(request)))  # type: ignore[misc]
    for name, times in (("bare", bare), ("product", product)):
        cuts = statistics.quantiles(times, n=100)
        print(f"search, {name}: p50 {cuts[49]:.2f} ms, p99 {cuts[98]:.2f} ms")
    print(f"ratio of the medians: {statistics.median(product) / statistics.median(bare):.2f}")


def milliseconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1_000


if __name__ == "__main__":
    main()
