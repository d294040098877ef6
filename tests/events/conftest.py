from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from archive.database import Database
from archive.settings import ArchiveSettings
from tests.events.new_database import NewDatabase


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
