"""The page as a reader's browser meets it: a real server on loopback over a real archive and index."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn

from archive.settings import ArchiveSettings
from indexer.search.opening import open_search_index
from indexer.settings import IndexerSettings
from tests.deadline import DEADLINE
from tests.web.newsroom import fill
from web.app import build_app
from web.reading import Reading
from web.settings import WebSettings

Filled = tuple[ArchiveSettings, IndexerSettings]


@contextmanager
def serving(filled: Filled, settings: WebSettings | None = None) -> Iterator[str]:
    """Serve the pages as long as the block runs; yield the address."""
    archive, indexer = filled
    reading = Reading(archive, open_search_index(indexer))
    app = build_app(settings or WebSettings(), reading)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", proxy_headers=False))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
            reading.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """The archive of `newsroom` and its index; nothing changes them."""
    return fill(tmp_path_factory.mktemp("newsroom"))


@pytest.fixture(scope="session")
def site(filled: Filled) -> Iterator[str]:
    """The address of the pages over it, as they are by default."""
    with serving(filled) as url:
        yield url


@pytest.fixture
def reader(site: str) -> Iterator[httpx.Client]:
    """A reader's browser, without its screen."""
    with httpx.Client(base_url=site, timeout=DEADLINE) as client:
        yield client
