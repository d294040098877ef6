"""Rows by the thousand, asked of the database's driver itself: SQLAlchemy's part would cost more than the answer.

Statements are written in the SQL that SQLite and PostgreSQL share. `{numbers}` in one stands for a list of numbers of
any length, `{mark}` for a value; each database writes them in its own way.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table


def fetch_rows(connection: Connection, statement: str, *lists: Iterable[int]) -> list[Any]:
    """Return the rows of a statement with a list of numbers for each `IN {numbers}`, in order."""
    wanted: list[object]
    if connection.dialect.name == "sqlite":
        listed = "(SELECT value FROM json_each(?))"
        wanted = [json.dumps(list(numbers)) for numbers in lists]
    else:
        listed = "(SELECT unnest(%s::bigint[]))"
        wanted = [list(numbers) for numbers in lists]
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement.format(numbers=listed), wanted)
        return list(cursor.fetchall())
    finally:
        cursor.close()


def write_rows(connection: Connection, statement: str, rows: Sequence[Sequence[object]]) -> None:
    """Run a statement once for each row, whose values stand for its `{mark}`s in order."""
    if rows:
        mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        connection.exec_driver_sql(statement.format(mark=mark), [tuple(row) for row in rows])


def insertion(table: Table) -> str:
    """Return the statement for `write_rows` that inserts a row of all columns, in the table's order."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join(['{mark}'] * len(table.columns))})"  # noqa: S608 - names of our own
