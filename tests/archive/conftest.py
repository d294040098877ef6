"""An archive of the test's own, on each of the databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.database import Database
from archive.settings import ArchiveSettings
from tests.databases import on_both_databases


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_databases(metafunc)


@pytest.fixture
def settings(tmp_path: Path, archive_url: str | None) -> ArchiveSettings:
    return ArchiveSettings(directory=tmp_path / "archive", url=archive_url)


@pytest.fixture
def database(settings: ArchiveSettings) -> Iterator[Database]:
    database = Database.open(settings)
    yield database
    database.close()
