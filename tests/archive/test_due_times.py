"""What waits for its time waits no longer for a clock that was set back; what a site asked for holds."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from archive.database import Database
from archive.links import NewLink, add_links, due_links, mark_failed
from archive.rate_limits import MAX_RATE_LIMIT, current_rate_limits, limit_domain, limited_until
from archive.schema import links, now, rate_limits

STEP = timedelta(hours=3)


def _failed_link(database: Database) -> None:
    with database.write() as connection:
        add_links(connection, "a", "s", [NewLink("https://a/1", "https://a/1")])
        mark_failed(connection, 1, "HTTP 500")


def _due(database: Database) -> int:
    with database.read() as connection:
        return len(due_links(connection, "a", limit=10))


@pytest.mark.parametrize("ahead", [STEP, 1000 * STEP])
def test_a_link_that_failed_before_the_clock_was_set_back_is_due(database: Database, ahead: timedelta) -> None:
    _failed_link(database)
    assert _due(database) == 0
    with database.write() as connection:
        later = {"error_at": now() + ahead, "next_try_at": now() + ahead + timedelta(minutes=10)}
        connection.execute(update(links).values(later))
    assert _due(database) == 1
    with database.write() as connection:
        mark_failed(connection, 1, "HTTP 500")
    assert _due(database) == 0, "its next wait is one of the present clock"


def test_a_pause_that_an_earlier_version_stored_for_longer_than_any_is_the_longest(database: Database) -> None:
    with database.write() as connection:
        limit_domain(connection, "a.cn", now() + STEP, "HTTP 429")
        limit_domain(connection, "b.cn", now() + STEP, "HTTP 429")
        connection.execute(
            update(rate_limits).where(rate_limits.c.domain == "b.cn").values(until=now() + 2 * MAX_RATE_LIMIT)
        )
    with database.read() as connection:
        assert current_rate_limits(connection).keys() == {"a.cn", "b.cn"}
        until = limited_until(connection, "b.cn")
    assert until is not None
    assert until <= now() + MAX_RATE_LIMIT


def test_a_pause_that_is_asked_for_longer_than_any_is_the_longest(database: Database) -> None:
    with database.write() as connection:
        limit_domain(connection, "a.cn", now() + 10 * MAX_RATE_LIMIT, "HTTP 429")
    with database.read() as connection:
        until = limited_until(connection, "a.cn")
    assert until is not None
    assert until <= now() + MAX_RATE_LIMIT
