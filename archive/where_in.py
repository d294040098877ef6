"""WHERE … IN a list of values of any length: a database accepts so many values in one statement and no more.

SQLite as it is published takes 32,766, PostgreSQL 65,535; a list page or a rebuild may bring more.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Delete, Row, Select, Update

VALUES = 500
"""Of one statement; more of them make none faster."""


def fetch_where_in(
    connection: Connection, query: Select[Any], column: ColumnElement[Any], values: Iterable[object]
) -> list[Row[Any]]:
    """Return the rows of a query whose column has one of the values; the query's order holds among 500 values only."""
    return [row for part in _parts(values) for row in connection.execute(query.where(column.in_(part)))]


def execute_where_in(
    connection: Connection, statement: Delete | Update, column: ColumnElement[Any], values: Iterable[object]
) -> int:
    """Delete or update the rows whose column has one of the values; return how many those were."""
    return sum(connection.execute(statement.where(column.in_(part))).rowcount for part in _parts(values))


def _parts(values: Iterable[object]) -> Iterator[list[object]]:
    """Return the values in lists of such a length, each value once, so that no row comes twice."""
    different = iter(dict.fromkeys(values))
    while part := list(islice(different, VALUES)):
        yield part
