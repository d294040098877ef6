from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from archive.database import Database
from archive.settings import ArchiveSettings
from tests.databases import on_both_databases
from tests.events.new_database import NewDatabase


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_databases(metafunc)


@pytest.fixture
def database(tmp_path: Path, archive_url: str | None) -> Iterator[Database]:
    """Open an empty archive, on each of the databases."""
    database = Database.open(ArchiveSettings(directory=tmp_path / "archive", url=archive_url))
    yield database
    database.close()


@pytest.fixture
def new_database(tmp_path: Path) -> Iterator[NewDatabase]:
    """Return a function that opens another, empty archive each time."""
    opened: list[Database] = []
    numbers = count()

    def open_one() -> Database:
        opened.append(Database.open(ArchiveSettings(directory=tmp_path / str(next(numbers)))))
        return opened[-1]

    yield open_one
    for database in opened:
        database.close()
