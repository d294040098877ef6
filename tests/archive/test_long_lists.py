"""Lists longer than a statement of SQLite may hold values."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, insert, select

from archive.database import Database
from archive.links import NewLink, add_links
from archive.lists import backfilled_keys
from archive.schema import links, lists, now
from archive.source_titles import known_source_titles, store_source_titles
from tests.databases import limit_values, only_sqlite

MANY = 40_000
MOMENT = datetime(2026, 11, 1, tzinfo=UTC)

pytestmark = only_sqlite  # what cuts the lists is the same for both


@pytest.fixture
def limited(database: Database) -> Database:
    limit_values(database)
    return database


def _address(number: int) -> str:
    return f"https://www.example.cn/{number}"


def test_links(limited: Database) -> None:
    known = [NewLink(_address(number), _address(number)) for number in range(0, MANY, 7)]
    everything = [NewLink(_address(number), _address(number)) for number in range(MANY)]
    with limited.write() as connection:
        assert add_links(connection, "a", "s", known) == len(known)
        assert add_links(connection, "a", "s", everything) == MANY - len(known)
        assert add_links(connection, "b", "s", everything) == 0
        assert connection.scalar(select(func.count()).select_from(links)) == MANY


def test_list_pages(limited: Database) -> None:
    keys = [str(number) for number in range(MANY)]
    rows = [
        {"source": "a", "section": "s", "key": key, "request": {}, "backfilled_to": MOMENT, "checked_at": now()}
        for key in keys[::2]
    ]
    with limited.write() as connection:
        connection.execute(insert(lists), rows)
        assert backfilled_keys(connection, "a", "s", keys, MOMENT) == set(keys[::2])


def test_source_titles(limited: Database) -> None:
    titles = {f"source{number}": "台" for number in range(MANY)}
    with limited.write() as connection:
        store_source_titles(connection, titles)
        store_source_titles(connection, titles)
        assert known_source_titles(connection) == titles
