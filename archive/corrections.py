"""Corrections: what a person knows better, kept beside the article for good; everything derived is made with them.

A correction says of one article one thing of a kind; nothing here is derived, and no rebuild touches it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    insert,
    select,
)

from archive.schema import Utc, articles, metadata, now

corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("article_id", Integer, ForeignKey("articles.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("corrected_at", Utc, nullable=False),
    Column("corrected_by", String, nullable=False),
    UniqueConstraint("article_id", "kind", "value"),
)
"""One row a correction: whose article, what kind, the value, when and by whom. An article in the value is named by its
canonical address, so that it means the same after every rebuild."""


class CorrectionKind(StrEnum):
    """What a correction says of its article."""

    SAME_EVENT = "same-event"
    """It reports on the same happening as the article whose address is the value."""
    NOT_SAME_EVENT = "not-event"
    """It reports on another happening than the article whose address is the value."""


@dataclass(frozen=True)
class Correction:
    """One correction of an article."""

    url: str
    """The canonical address of the article that it is of."""
    kind: CorrectionKind
    value: str
    corrected_at: datetime
    corrected_by: str


def correct(connection: Connection, article_id: int, kind: CorrectionKind, value: str, by: str) -> None:
    """Store a correction; the same one again takes the place of the older."""
    withdraw(connection, article_id, [kind], value)
    connection.execute(
        insert(corrections).values(
            article_id=article_id, kind=kind.value, value=value, corrected_at=now(), corrected_by=by
        )
    )


def withdraw(
    connection: Connection, article_id: int, kinds: Collection[CorrectionKind], value: str | None = None
) -> int:
    """Withdraw an article's corrections of these kinds, of one value or all; return how many those were."""
    statement = delete(corrections).where(
        corrections.c.article_id == article_id, corrections.c.kind.in_([kind.value for kind in kinds])
    )
    if value is not None:
        statement = statement.where(corrections.c.value == value)
    return connection.execute(statement).rowcount


def corrections_of(
    connection: Connection, kinds: Collection[CorrectionKind], article_id: int | None = None
) -> list[Correction]:
    """Return the corrections of these kinds, of one article or of all, the oldest first."""
    query = (
        select(articles.c.canonical_url, corrections)
        .join(articles, articles.c.id == corrections.c.article_id)
        .where(corrections.c.kind.in_([kind.value for kind in kinds]))
        .order_by(corrections.c.corrected_at, corrections.c.id)
    )
    if article_id is not None:
        query = query.where(corrections.c.article_id == article_id)
    return [
        Correction(row.canonical_url, CorrectionKind(row.kind), row.value, row.corrected_at, row.corrected_by)
        for row in connection.execute(query)
    ]
