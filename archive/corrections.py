"""Corrections: what a person knows better, kept beside the article for good; everything derived is made with them.

A correction says of one article one thing of a kind; nothing here is derived, and no rebuild touches it.
`archive.articles.apply_corrections` has everything that follows from an article made anew.
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
from archive.where_in import fetch_where_in

corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", Integer, ForeignKey("articles.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("corrected_at", Utc, nullable=False),
    Column("corrected_by", String, nullable=False),
    UniqueConstraint("article_id", "kind", "value"),
    sqlite_autoincrement=True,
)
"""One row a correction: whose article, what kind, the value, when and by whom. An article in the value is named by its
canonical address, so that it means the same after every rebuild. A number is never used again: who undoes by
one that he saw undoes that, or nothing."""


class CorrectionKind(StrEnum):
    """What a correction says of its article."""

    TITLE = "title"
    """Its title is the value."""
    MINUTE = "minute"
    """It was published in the minute that the value names, ISO 8601 in UTC."""
    CREDIT = "credit"
    """It credits the value; nobody where that is empty."""
    LEVEL = "level"
    """The value is how much it is about the delta."""
    SAME_STORY = "same-story"
    """It is the same report as the article whose address is the value."""
    NOT_SAME_STORY = "not-story"
    """It is another report than the article whose address is the value."""
    SAME_EVENT = "same-event"
    """It reports on the same happening as the article whose address is the value."""
    NOT_SAME_EVENT = "not-event"
    """It reports on another happening than the article whose address is the value."""


FIELD_KINDS = (CorrectionKind.TITLE, CorrectionKind.MINUTE, CorrectionKind.CREDIT, CorrectionKind.LEVEL)
"""Those that give a field of the article another value: an article has one of each at most."""
STORY_KINDS = (CorrectionKind.SAME_STORY, CorrectionKind.NOT_SAME_STORY)
EVENT_KINDS = (CorrectionKind.SAME_EVENT, CorrectionKind.NOT_SAME_EVENT)


@dataclass(frozen=True)
class Correction:
    """One correction of an article."""

    number: int
    """What it is undone by."""
    article_id: int
    url: str
    """The canonical address of the article that it is of."""
    kind: CorrectionKind
    value: str
    corrected_at: datetime
    corrected_by: str


def add_correction(connection: Connection, article_id: int, kind: CorrectionKind, value: str, by: str) -> None:
    """Store a correction: in place of an earlier one of the same field, or of the same two articles and its opposite.

    What it says of two articles it says of both, whichever of them was named first.
    """
    ours = corrections.c.article_id == article_id
    if kind in FIELD_KINDS:
        before = ours & (corrections.c.kind == kind.value)
    else:
        kinds = STORY_KINDS if kind in STORY_KINDS else EVENT_KINDS
        own = select(articles.c.canonical_url).where(articles.c.id == article_id).scalar_subquery()
        other = select(articles.c.id).where(articles.c.canonical_url == value).scalar_subquery()
        theirs = (corrections.c.article_id == other) & (corrections.c.value == own)
        before = corrections.c.kind.in_([kind.value for kind in kinds]) & (
            ours & (corrections.c.value == value) | theirs
        )
    connection.execute(delete(corrections).where(before))
    connection.execute(
        insert(corrections).values(
            article_id=article_id, kind=kind.value, value=value, corrected_at=now(), corrected_by=by
        )
    )


def remove_correction(connection: Connection, number: int) -> None:
    """Remove a correction."""
    connection.execute(delete(corrections).where(corrections.c.id == number))


def corrections_of(
    connection: Connection,
    kinds: Collection[CorrectionKind] = tuple(CorrectionKind),
    article_ids: Collection[int] | None = None,
) -> list[Correction]:
    """Return the corrections of these kinds, of these articles or of all, the oldest first."""
    query = (
        select(articles.c.canonical_url, corrections)
        .join(articles, articles.c.id == corrections.c.article_id)
        .where(corrections.c.kind.in_([kind.value for kind in kinds]))
    )
    rows = (
        connection.execute(query).all()
        if article_ids is None
        else fetch_where_in(connection, query, corrections.c.article_id, article_ids)
    )
    return [
        Correction(
            number=row.id,
            article_id=row.article_id,
            url=row.canonical_url,
            kind=CorrectionKind(row.kind),
            value=row.value,
            corrected_at=row.corrected_at,
            corrected_by=row.corrected_by,
        )
        for row in sorted(rows, key=lambda row: (row.corrected_at, row.id))
    ]
