"""Several processes on one archive: each sees what the others wrote before it decides, and none is refused."""

import multiprocessing
import random
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import func, select

from archive.article import Article, Level, Precision, Relevance
from archive.articles import save_article
from archive.database import Database
from archive.links import NewLink, add_links, due_links, mark_failed
from archive.lists import ListResult, ListTarget, add_pending_lists, record_list
from archive.rate_limits import limit_domain
from archive.schema import articles, links, lists, rate_limits, revisions
from archive.settings import ArchiveSettings
from archive.source_titles import known_source_titles, store_source_titles
from tests.postgresql_server.server import PostgresqlServer

PROCESSES = 4
WRITES = 40
"""Of each process; the addresses are the same for all of them, the order is each one's own."""

MOMENT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def _article(number: int, body: str) -> Article:
    url = f"https://www.example.cn/{number}"
    return Article(
        url=url, canonical_url=url, source="a", section="s", province="安徽", title=f"第{number}篇", body=body,
        published_precision=Precision.NONE, fetched_at=MOMENT, relevance=Relevance(level=Level.CORE),
    )  # fmt: skip


def _write_many(settings: ArchiveSettings, name: str) -> None:
    database = Database.open(settings)
    numbers = list(range(WRITES))
    random.Random(name).shuffle(numbers)
    for number in numbers:
        url = f"https://www.example.cn/{number}"
        target = ListTarget("a", "s", f"list {number}", {"url": url}, depth=1)
        with database.write() as connection:
            add_links(connection, "a", "s", [NewLink(url, url), NewLink(f"{url}/{name}", f"{url}/{name}")])
            add_pending_lists(connection, [target])
            save_article(connection, _article(number, f"{name}写的第{number}篇。"), page_id=None)
            limit_domain(connection, "example.cn", MOMENT, name)
            store_source_titles(connection, {"a": name})
        with database.write() as connection:
            link = due_links(connection, "a", limit=1)
            if link:
                mark_failed(connection, link[0].id, f"{name}: HTTP 500")
            record_list(connection, target, ListResult(body_hash=name, link_count=1))
    database.close()


def _stop_in_the_middle(settings: ArchiveSettings, writing: Connection) -> None:
    with Database.open(settings).write() as connection:
        add_links(connection, "a", "s", [NewLink("https://a/1", "https://a/1")])
        writing.send("in the middle")
        threading.Event().wait()


def test_a_writer_that_is_killed_leaves_nothing_and_holds_up_nobody(
    settings: ArchiveSettings, database: Database
) -> None:
    context = multiprocessing.get_context("spawn")
    ours, its = context.Pipe()
    process = context.Process(target=_stop_in_the_middle, args=(settings, its))
    process.start()
    assert ours.recv() == "in the middle"
    process.kill()
    process.join()
    with database.write() as connection:
        assert add_links(connection, "a", "s", [NewLink("https://a/1", "https://a/1")]) == 1


@pytest.mark.parametrize("archive_url", ["postgresql"], indirect=True)
def test_a_connection_that_the_server_ended_is_replaced(database: Database, postgresql: PostgresqlServer) -> None:
    with database.write() as connection:
        number = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    postgresql.execute(f"SELECT pg_terminate_backend({number}, 10000)")
    with database.write() as connection:
        assert connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one() != number


@pytest.fixture(params=["sqlite", "postgresql"])
def new_archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ArchiveSettings]:
    """Settings of an archive that has no table yet."""
    if request.param == "sqlite":
        yield ArchiveSettings(directory=tmp_path / "archive")
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql")
    with server.new_database(empty=True) as url:
        yield ArchiveSettings(directory=tmp_path / "archive", url=url)


def test_several_processes_open_and_write_one_new_archive_at_once(new_archive: ArchiveSettings) -> None:
    context = multiprocessing.get_context("spawn")
    names = [f"p{number}" for number in range(PROCESSES)]
    processes = [context.Process(target=_write_many, args=(new_archive, name)) for name in names]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    database = Database.open(new_archive)
    with database.read() as connection:
        counts = {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in (links, lists, articles, revisions, rate_limits)
        }
        assert counts == {
            "links": WRITES * (1 + PROCESSES), "lists": WRITES, "articles": WRITES,
            "revisions": WRITES * PROCESSES, "rate_limits": 1,
        }  # fmt: skip
        assert connection.scalar(select(func.max(articles.c.changed_seq))) == WRITES * PROCESSES, (
            "no change has no number"
        )
        assert set(connection.scalars(select(articles.c.revision))) == {PROCESSES}
        assert known_source_titles(connection)["a"] in names
    database.close()
