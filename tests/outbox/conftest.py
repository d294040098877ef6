"""An archive, on each of the databases, and an embedded index in a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.database import Database
from archive.settings import ArchiveSettings
from indexer.search.embedded.index import EmbeddedIndex
from tests.databases import on_both_databases
from tests.deadline import DEADLINE


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_databases(metafunc)


@pytest.fixture
def database(tmp_path: Path, archive_url: str | None) -> Iterator[Database]:
    database = Database.open(ArchiveSettings(directory=tmp_path / "archive", url=archive_url))
    yield database
    database.close()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[EmbeddedIndex]:
    index = EmbeddedIndex(tmp_path / "index", lock_seconds=DEADLINE)
    index.prepare()
    yield index
    index.close()
