from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from archive.database import Database
from archive.links import (
    GONE_AFTER_TRIES,
    RETRY_AFTER,
    NewLink,
    add_links,
    count_links,
    due_links,
    find_link,
    mark_failed,
    mark_fetched,
    mark_refused,
)
from archive.schema import links, now

NEWEST = datetime(2026, 11, 20, 8, tzinfo=UTC)


def _link(number: int, **fields: object) -> NewLink:
    url = f"https://www.example.cn/{number}"
    return NewLink(url, url, **fields)  # type: ignore[arg-type]


def _due(database: Database, **options: object) -> list[str]:
    with database.read() as connection:
        return [link.url for link in due_links(connection, "a", **{"limit": 10, **options})]  # type: ignore[arg-type]


def _id(database: Database, number: int) -> int:
    with database.read() as connection:
        link = find_link(connection, f"https://www.example.cn/{number}")
    assert link is not None
    return link.id


def test_a_link_is_kept_once_however_often_it_is_found(database: Database) -> None:
    with database.write() as connection:
        assert add_links(connection, "a", "s", [_link(1), _link(2), _link(1)]) == 2
    with database.write() as connection:
        assert add_links(connection, "b", "t", [_link(2), _link(3)]) == 1
    with database.read() as connection:
        assert count_links(connection) == {"a": {"pending": 2}, "b": {"pending": 1}}


def test_the_newest_listed_comes_first_and_undated_ones_in_the_order_of_their_list(database: Database) -> None:
    dated = [_link(number, listed_at=NEWEST - timedelta(days=number)) for number in (3, 1, 2)]
    with database.write() as connection:
        add_links(connection, "a", "s", [_link(8), _link(9), *dated])
    assert [url[-1] for url in _due(database)] == ["1", "2", "3", "8", "9"]


def test_since_and_section_and_limit_leave_links_pending(database: Database) -> None:
    with database.write() as connection:
        add_links(connection, "a", "s", [_link(1, listed_at=NEWEST), _link(2, listed_at=NEWEST - timedelta(days=9))])
        add_links(connection, "a", "t", [_link(3, listed_at=NEWEST)])
    assert len(_due(database, since=NEWEST - timedelta(days=1))) == 2
    assert len(_due(database, section="t")) == 1
    assert len(_due(database, limit=1)) == 1
    assert len(_due(database)) == 3


def test_a_failed_link_comes_back_when_its_time_has_come_and_is_given_up_at_last(database: Database) -> None:
    with database.write() as connection:
        add_links(connection, "a", "s", [_link(1)])
    link_id = _id(database, 1)
    for wait in RETRY_AFTER:
        begun = now()
        with database.write() as connection:
            mark_failed(connection, link_id, "HTTP 500")
            next_try = connection.execute(links.select()).one().next_try_at
        assert _due(database) == []
        assert begun + wait <= next_try <= now() + wait
        with database.write() as connection:
            connection.execute(update(links).values(next_try_at=now()))
        assert len(_due(database)) == 1
    with database.write() as connection:
        mark_failed(connection, link_id, "HTTP 500")
        assert count_links(connection) == {"a": {"gone": 1}}
    assert _due(database) == []


def test_a_missing_page_is_looked_for_a_few_times_only(database: Database) -> None:
    with database.write() as connection:
        add_links(connection, "a", "s", [_link(1)])
    for _ in range(GONE_AFTER_TRIES):
        with database.write() as connection:
            mark_failed(connection, _id(database, 1), "HTTP 404", missing=True)
    with database.read() as connection:
        assert count_links(connection) == {"a": {"gone": 1}}


def test_what_is_fetched_or_refused_is_not_due(database: Database) -> None:
    with database.write() as connection:
        add_links(connection, "a", "s", [_link(1), _link(2), _link(3)])
    with database.write() as connection:
        mark_fetched(connection, _id(database, 1))
        mark_refused(connection, _id(database, 2), "a redirect off the source")
    assert _due(database) == ["https://www.example.cn/3"]
