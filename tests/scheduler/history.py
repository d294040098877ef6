"""What ran when, read from a product's archive and written into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import update

from archive.database import Database
from archive.runs import Counts, Run, finish_run, last_runs, runs_since, start_run
from archive.schema import runs
from archive.settings import ArchiveSettings
from tests.product import Product


@contextmanager
def database_of(product: Product) -> Iterator[Database]:
    database = Database.open(ArchiveSettings(directory=product.folder / "archive"))
    try:
        yield database
    finally:
        database.close()


def last_run(product: Product, source: str) -> Run:
    with database_of(product) as database, database.read() as connection:
        return last_runs(connection)[source]


def all_runs(product: Product, since: datetime) -> list[Run]:
    with database_of(product) as database, database.read() as connection:
        return runs_since(connection, since)


def pretend_run(product: Product, source: str, started_at: datetime) -> None:
    """Have the archive remember a crawl that began at that time."""
    with database_of(product) as database, database.write() as connection:
        run_id = start_run(connection, source, origin="service")
        finish_run(connection, run_id, Counts())
        connection.execute(update(runs).where(runs.c.id == run_id).values(started_at=started_at))
