"""Revision view: what each revision of an article changed, in words and in figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, select

from archive.articles import RevisionKind
from archive.schema import revisions
from indexer.stories.normalization import readable
from indexer.stories.numerals import FIGURE
from indexer.stories.story_view import Difference, differences

_TOKEN = re.compile(rf"{FIGURE}|[A-Za-z]+|\S")


@dataclass(frozen=True)
class RevisionView:
    """A revision of an article beside the one before it."""

    revision: int
    kind: RevisionKind
    """`text`, or that it was taken down or shown again with the text that it had."""
    seen_at: datetime
    page_id: int | None
    fields: dict[str, tuple[Any, Any]]
    """Title, credit and published_at, where they are others: as they were and as they are."""
    differences: tuple[Difference, ...]
    """Sentences that went (-) and came (+)."""
    figures: tuple[tuple[str, str], ...]
    """Figures in them that took another's place: the old one and the new."""


def article_revisions(connection: Connection, article_id: int) -> list[RevisionView]:
    """Return the revisions of an article after its first, in their order."""
    query = select(revisions).where(revisions.c.article_id == article_id).order_by(revisions.c.revision)
    return [_view(before, row) for before, row in pairwise(connection.execute(query).all())]


def changed_figures(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return the figures that stand in the place of others, in the order of the text: (三百, 四百)."""
    return tuple(_figures(_tokens(before), _tokens(after)))


def _view(before: Any, row: Any) -> RevisionView:
    names = ("title", "credit", "published_at")
    changes = differences(before.body, row.body)
    went, came = ("\n".join(sentence for sign, sentence in changes if sign == which) for which in "-+")
    return RevisionView(
        revision=row.revision,
        kind=RevisionKind(row.kind),
        seen_at=row.seen_at,
        page_id=row.page_id,
        fields={
            name: (before._mapping[name], row._mapping[name])
            for name in names
            if before._mapping[name] != row._mapping[name]
        },
        differences=changes,
        figures=changed_figures(went, came),
    )


def _figures(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for operation, start, end, other_start, other_end in matcher.get_opcodes():
        if operation == "replace" and end - start == other_end - other_start:
            for old, new in zip(before[start:end], after[other_start:other_end], strict=True):
                if re.fullmatch(FIGURE, old) and re.fullmatch(FIGURE, new):
                    yield old, new


def _tokens(text: str) -> list[str]:
    return [found[0] for found in _TOKEN.finditer(readable(text))]
