"""The address of a real Elasticsearch, for as long as a test session needs one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from filelock import FileLock

from tests.elasticsearch_node.home import CACHE, elasticsearch_home
from tests.elasticsearch_node.node import SharedNode
from tests.elasticsearch_node.recording import record_start


@contextmanager
def running_elasticsearch(folders: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of one node for all workers of a run; `ELASTICSEARCH_URL` names another server instead."""
    if url := os.environ.get("ELASTICSEARCH_URL"):
        yield url
        return
    folder = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # the one that all workers share
    CACHE.mkdir(exist_ok=True)
    with FileLock(CACHE / "elasticsearch.lock"):
        home = elasticsearch_home()
        record_start(home)
    with FileLock(folder / "node.lock"):
        node = SharedNode(home, folder / "node")
    try:
        yield node.url
    finally:
        node.close()
