"""A real Elasticsearch, for what of the assets a server alone can show."""

from collections.abc import Iterator

import pytest

from tests.elasticsearch_node.running import running_elasticsearch


@pytest.fixture(scope="session")
def elasticsearch_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Elasticsearch."""
    with running_elasticsearch(tmp_path_factory) as url:
        yield url
