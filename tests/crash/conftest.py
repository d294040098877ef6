"""A real Elasticsearch for both indexes."""

from collections.abc import Iterator

import pytest

from tests.elasticsearch_node.running import running_elasticsearch


@pytest.fixture(scope="session")
def elasticsearch_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_elasticsearch(tmp_path_factory) as url:
        yield url
