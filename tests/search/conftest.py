"""Both search indexes, empty and filled."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.search.elasticsearch.client import connect
from indexer.search.elasticsearch.schema import index_name
from indexer.search.index import SearchIndex
from indexer.search.opening import open_search_index
from indexer.settings import IndexerSettings
from tests.deadline import DEADLINE
from tests.elasticsearch_node.running import running_elasticsearch
from tests.search.corpus import CORPUS
from tests.search.indexed_archive import IndexedArchive, an_indexed_archive

KINDS = ("embedded", "elasticsearch")
OpenIndex = Callable[[str], SearchIndex]


@pytest.fixture(scope="session")
def elasticsearch_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Elasticsearch."""
    with running_elasticsearch(tmp_path_factory) as url:
        yield url


@pytest.fixture(scope="session")
def open_index(tmp_path_factory: pytest.TempPathFactory, elasticsearch_url: str) -> Iterator[OpenIndex]:
    """Open a new and empty index of a kind; all of them are removed at the end."""
    opened: list[SearchIndex] = []
    clusters: list[IndexerSettings] = []

    def open_new(kind: str) -> SearchIndex:
        if kind == "elasticsearch":
            settings = IndexerSettings(
                index="elasticsearch",
                elasticsearch_hosts=(elasticsearch_url,),
                elasticsearch_alias=f"test-{uuid.uuid4().hex}",
                elasticsearch_retry_seconds=DEADLINE,
            )
            clusters.append(settings)
        else:
            settings = IndexerSettings(index="embedded", directory=tmp_path_factory.mktemp("index") / "index")
        index = open_search_index(settings)
        index.prepare()
        opened.append(index)
        return index

    yield open_new
    for index in opened:
        index.close()
    for settings in clusters:
        client = connect(settings)
        alias = settings.elasticsearch_alias
        client.indices.delete(index=index_name(alias), ignore_unavailable=True)
        client.indices.delete_index_template(name=alias)
        client.close()


@pytest.fixture(scope="session")
def filled(open_index: OpenIndex) -> Callable[[str], SearchIndex]:
    """Return the index of a kind that holds the corpus."""
    made: dict[str, SearchIndex] = {}

    def get(kind: str) -> SearchIndex:
        if kind not in made:
            made[kind] = open_index(kind)
            made[kind].write(CORPUS)
            made[kind].refresh()
        return made[kind]

    return get


@pytest.fixture(params=KINDS)
def index(request: pytest.FixtureRequest, open_index: OpenIndex) -> SearchIndex:
    """Each index in turn, empty."""
    return open_index(request.param)


@pytest.fixture(params=KINDS)
def indexed(request: pytest.FixtureRequest, tmp_path: Path, elasticsearch_url: str) -> Iterator[IndexedArchive]:
    """An archive with each index in turn."""
    with an_indexed_archive(tmp_path, request.param, elasticsearch_url) as indexed:
        yield indexed
