"""Story view: one story as a person asks for it, with why it is told by its original and how each copy differs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import Connection, select

from archive.schema import articles
from archive.story_tables import stories, story_articles
from core.errors import UsageError
from indexer.outbox.story_documents import known_similarities, similarities
from indexer.stories.normalization import plain, readable

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*[”’」』]?")
Difference = tuple[str, str]
"""A sign and a sentence: `-` is missing from the copy, `+` is the copy's own."""


@dataclass(frozen=True)
class CopyView:
    """A copy beside its original."""

    article: Any
    """Its row of the archive's articles."""
    similarity: float
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class StoryView:
    """A story with its original and copies, in the order of publication."""

    asked_for: str
    """The id that was asked for: another than the story's, where that one was merged into this."""
    row: Any
    """Its row of the table `stories`."""
    original: Any | None
    """None: a tombstone that was merged into nothing."""
    copies: tuple[CopyView, ...]

    @property
    def all_articles(self) -> list[Any]:
        """The rows of its articles, the original's first; none of a tombstone."""
        return [] if self.original is None else [self.original, *(copy.article for copy in self.copies)]


def find_story(connection: Connection, identifier: str) -> StoryView | None:
    """Return the story of that id (its beginning is enough, if no other has it) or with an article of that URL.

    Of a story that was merged into another, the other is returned. UsageError where several ids begin so.
    """
    row = _row(connection, identifier)
    while row is not None and row.merged_into:
        following = _row(connection, row.merged_into)
        if following is None:
            break
        row = following
    if row is None:
        return None
    if row.deleted:
        return StoryView(identifier, row, None, ())
    members = connection.execute(
        select(articles)
        .join(story_articles, story_articles.c.article_id == articles.c.id)
        .where(story_articles.c.representative_id == row.representative_id)
        .order_by(story_articles.c.timestamp, story_articles.c.length.desc(), story_articles.c.url)
    ).all()
    original = next(article for article in members if article.id == row.original_id)
    copies = [article for article in members if article.id != row.original_id]
    alike = similarities(known_similarities(connection, [original.id])[original.id], original, copies)
    return StoryView(
        identifier,
        row,
        original,
        tuple(CopyView(copy, alike[copy.id], differences(original.body, copy.body)) for copy in copies),
    )


def differences(original: str, copy: str) -> tuple[Difference, ...]:
    """Return the sentences that a copy leaves out or adds, in the order of the text.

    What counts is the plain text: other punctuation, width or glosses are no difference.
    """
    ours, theirs = _SENTENCE.findall(original), _SENTENCE.findall(copy)
    matcher = SequenceMatcher(None, [_plain(one) for one in ours], [_plain(one) for one in theirs], autojunk=False)
    found: list[Difference] = []
    for operation, start, end, other_start, other_end in matcher.get_opcodes():
        if operation != "equal":
            found += (("-", one.strip()) for one in ours[start:end] if _plain(one))
            found += (("+", one.strip()) for one in theirs[other_start:other_end] if _plain(one))
    return tuple(found)


def _plain(sentence: str) -> str:
    return plain(readable(sentence))


def _row(connection: Connection, identifier: str) -> Any | None:
    exact = connection.execute(select(stories).where(stories.c.story_id == identifier)).one_or_none()
    if exact is not None:
        return exact
    rows: Sequence[Any]
    if "://" in identifier:
        rows = connection.execute(
            select(stories)
            .join(story_articles, story_articles.c.representative_id == stories.c.representative_id)
            .join(articles, articles.c.id == story_articles.c.article_id)
            .where((articles.c.url == identifier) | (articles.c.canonical_url == identifier))
        ).all()
    else:
        rows = connection.execute(select(stories).where(stories.c.story_id.startswith(identifier)).limit(2)).all()
        if len(rows) > 1:
            raise UsageError(f"{identifier}: several stories have an id that begins so; give more of it")
    return rows[0] if len(rows) == 1 else None
