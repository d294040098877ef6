"""What ran and will run when: read from a product's archive and job store, and written into the archive."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from archive.database import Database
from archive.runs import Counts, Origin, Run, finish_run, last_runs, start_run
from archive.schema import runs
from core.clock import CLOCK
from tests.product import Product

A_MOMENT = timedelta(seconds=5)
"""By which a due time may be off, as two clocks show it: a service may be held up between reading the two."""


@contextmanager
def database_of(product: Product) -> Iterator[Database]:
    database = Database.open(product.archive)
    try:
        yield database
    finally:
        database.close()


def last_run(product: Product, source: str) -> Run | None:
    with database_of(product) as database, database.read() as connection:
        return last_runs(connection).get(source)


def pretend_run(product: Product, source: str, started_at: datetime) -> None:
    """Have the archive remember a crawl that began at that time."""
    with database_of(product) as database, database.write() as connection:
        run_id = start_run(connection, source, origin=Origin.SERVICE)
        finish_run(connection, run_id, Counts())
        connection.execute(update(runs).where(runs.c.id == run_id).values(started_at=started_at))


def runs_of(product: Product, source: str) -> int:
    """Return how many crawls of a source the archive remembers."""
    with database_of(product) as database, database.read() as connection:
        return int(connection.scalar(select(func.count()).where(runs.c.source == source)) or 0)


def next_runs(product: Product) -> dict[str, datetime]:
    """Return when each job of the service runs next, to the second: two clocks stand between this and the store."""
    return {job: to_the_second(CLOCK.time_at(steady)) for job, steady in due_at(product).items()}


def due_at(product: Product) -> dict[str, float]:
    """Return when each job of the service runs next, in seconds of the steady clock."""
    with closing(sqlite3.connect(product.folder / "archive" / "scheduler.sqlite")) as store:
        return dict(store.execute("SELECT id, next_run_time FROM apscheduler_jobs").fetchall())


def to_the_second(moment: datetime) -> datetime:
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)
