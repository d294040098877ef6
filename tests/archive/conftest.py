"""An archive in a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.database import Database
from archive.settings import ArchiveSettings


@pytest.fixture
def settings(tmp_path: Path) -> ArchiveSettings:
    return ArchiveSettings(directory=tmp_path / "archive")


@pytest.fixture
def database(settings: ArchiveSettings) -> Iterator[Database]:
    database = Database.open(settings)
    yield database
    database.close()
