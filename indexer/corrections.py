"""Corrections as people word them: checked, put into the form that lasts, stored; and undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from archive.article import Article, Level, Precision
from archive.articles import apply_corrections, article_of
from archive.corrections import (
    EVENT_KINDS,
    FIELD_KINDS,
    STORY_KINDS,
    Correction,
    CorrectionKind,
    add_correction,
    corrections_of,
    remove_correction,
)
from archive.event_tables import event_stories
from archive.schema import articles
from archive.story_tables import story_articles
from archive.where_in import fetch_where_in
from core.clock import CLOCK
from core.errors import UsageError
from core.time import format_time, iso_second, parse_period
from indexer.events.event_view import find_event
from indexer.stories.constraints import groups
from indexer.stories.story_view import find_story

Wanted = tuple[CorrectionKind, str]
"""A kind of correction and its value as a person types it."""


class CorrectionError(UsageError):
    """A correction that cannot be made: the message names the option, the reason and what would be right."""

    def __init__(self, kind: CorrectionKind, reason: str) -> None:
        super().__init__(f"--{kind}: {reason}")
        self.kind = kind


def make_corrections(connection: Connection, url: str, wanted: Sequence[Wanted], by: str) -> None:
    """Store corrections of the article at an address, all or (CorrectionError, UsageError) none."""
    article = find_article_id(connection, url)
    found = [(kind, value) for kind, text in wanted for value in _values(connection, article, kind, text)]
    for kind, value in found:
        for same, different in (STORY_KINDS, EVENT_KINDS):
            if kind is different and (same, value) in found:
                raise CorrectionError(kind, f"--{same} says the opposite of {value}; give one of them")
        add_correction(connection, article, kind, value, by)
        _check_for_contradictions(connection, kind)
    _apply(connection, corrections_of(connection, [kind for kind, _ in found], [article]))


def undo_corrections(connection: Connection, found: Iterable[Correction]) -> None:
    """Undo corrections, and all that followed from them."""
    found = list(found)
    for correction in found:
        remove_correction(connection, correction.number)
    _apply(connection, found)


def find_article_id(connection: Connection, url: str) -> int:
    """Return the id of the article at an address. UsageError where the archive has none."""
    number = _article_id(connection, url)
    if number is None:
        raise UsageError(f"{url}: the archive has no article of this address")
    return number


def _article_id(connection: Connection, url: str) -> int | None:
    is_it = (articles.c.canonical_url == url) | (articles.c.url == url)
    first = select(articles.c.id).where(is_it).order_by(articles.c.canonical_url != url, articles.c.id).limit(1)
    return connection.scalar(first)


def _apply(connection: Connection, found: Sequence[Correction]) -> None:
    """Have the articles that corrections are of, and those that they name, made anew with all that follows."""
    others = {correction.value for correction in found if correction.kind not in FIELD_KINDS}
    rows = fetch_where_in(connection, select(articles.c.id), articles.c.canonical_url, others)
    for number in sorted({row.id for row in rows} | {correction.article_id for correction in found}):
        apply_corrections(connection, number)


# --- what a person sees ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CorrectionView:
    """A correction beside what was extracted."""

    correction: Correction
    corrected: str
    """Its value for a person or a script: a minute as ISO 8601 in Shanghai's zone."""
    extracted: str | None
    """What was extracted instead, a date without a time as the day alone; None of what is said of two articles."""

    @property
    def as_json(self) -> dict[str, Any]:
        """The correction as JSON has it."""
        return {
            "number": self.correction.number,
            "field": self.correction.kind.value,
            "extracted": self.extracted,
            "corrected": self.corrected,
            "at": iso_second(self.correction.corrected_at),
            "by": self.correction.corrected_by,
        }


def view_of(correction: Correction, row: Any) -> CorrectionView:
    """Return a correction for a person; `row` is its article's of the archive's articles."""
    value = correction.value
    if correction.kind is CorrectionKind.MINUTE:
        value = iso_second(datetime.fromisoformat(value))
    return CorrectionView(correction, value, _extracted(correction.kind, article_of(row, extracted=True)))


def views_of(connection: Connection, rows: Iterable[Any]) -> dict[int, list[CorrectionView]]:
    """Return the corrections of each of these rows of the archive's articles, by its id."""
    of_article = {row.id: row for row in rows}
    found: dict[int, list[CorrectionView]] = {number: [] for number in of_article}
    for one in corrections_of(connection, article_ids=list(of_article)):
        found[one.article_id].append(view_of(one, of_article[one.article_id]))
    return found


def _extracted(kind: CorrectionKind, article: Article) -> str | None:
    if kind is CorrectionKind.TITLE:
        return article.title
    if kind is CorrectionKind.CREDIT:
        return article.credit
    if kind is CorrectionKind.LEVEL:
        return article.relevance.level.value
    if kind is CorrectionKind.MINUTE and article.published_at is not None:
        is_day = article.published_precision is Precision.DAY
        return format_time(article.published_at, day_only=True) if is_day else iso_second(article.published_at)
    return None


# --- what a person types --------------------------------------------------------------------------------------------


def _values(connection: Connection, article: int, kind: CorrectionKind, text: str) -> list[str]:
    """Return the values of a correction as they are stored: one, or one for each article that the text stands for."""
    text = " ".join(text.split())
    if kind is CorrectionKind.MINUTE:
        return [_minute(text)]
    if kind is CorrectionKind.LEVEL:
        if text not in {*Level}:
            raise CorrectionError(kind, f"{text!r} is no level; write one of {', '.join(Level)}")
    elif kind is CorrectionKind.TITLE and not text:
        raise CorrectionError(kind, "an article has a title; write it")
    if kind in FIELD_KINDS:
        return [text]
    if not text:
        raise CorrectionError(kind, "it is empty; write an article's address or an id")
    if kind is CorrectionKind.NOT_SAME_EVENT:
        return _others_of_event(connection, article, text)
    if "://" not in text and kind in STORY_KINDS:
        return _others_of_story(connection, article, kind, text)
    other = _article_id(connection, text)
    if other is None:
        raise CorrectionError(kind, f"{text}: the archive has no article of this address")
    if other == article:
        raise CorrectionError(kind, f"{text} is the article itself; name another")
    return _addresses(connection, [other])


def _minute(text: str) -> str:
    try:
        period = parse_period(text)
    except ValueError as error:
        raise CorrectionError(CorrectionKind.MINUTE, str(error)) from error
    if period.since is None or period.until is None or period.until - period.since > timedelta(minutes=1):
        reason = f"{text!r} names no minute; write it as 2026-11-24T08:30, in Shanghai's time or with an offset"
        raise CorrectionError(CorrectionKind.MINUTE, reason)
    if period.since > CLOCK.now():
        raise CorrectionError(CorrectionKind.MINUTE, f"{text} has not come yet; nothing was published then")
    return period.since.astimezone(UTC).replace(second=0, microsecond=0).isoformat()


def _others_of_story(connection: Connection, article: int, kind: CorrectionKind, identifier: str) -> list[str]:
    """Return the addresses of a story's articles; of one that is to be joined the first alone."""
    view = find_story(connection, identifier)
    if view is None or view.original is None:
        raise CorrectionError(kind, f"{identifier}: no story has this id; deltanews search prints ids")
    story = story_articles.c.representative_id == view.row.representative_id
    members = connection.scalars(select(story_articles.c.article_id).where(story)).all()
    if kind is CorrectionKind.SAME_STORY:
        if article in members:
            raise CorrectionError(kind, f"{identifier} is the article's own story already; name another")
        return _addresses(connection, [view.row.representative_id])
    others = [number for number in members if number != article]
    if not others:
        raise CorrectionError(kind, f"{identifier} holds this article alone")
    return _addresses(connection, others)


def _others_of_event(connection: Connection, article: int, identifier: str) -> list[str]:
    """Return the address of the first article of each story of an event, but for the article's own story."""
    view = find_event(connection, identifier)
    kind = CorrectionKind.NOT_SAME_EVENT
    if view is None or view.headline is None:
        raise CorrectionError(kind, f"{identifier}: no event has this id; deltanews events prints ids")
    home = connection.scalar(select(story_articles.c.representative_id).where(story_articles.c.article_id == article))
    numbers = connection.scalars(
        select(event_stories.c.number).where(event_stories.c.first_story == view.row.first_story)
    ).all()
    others = [number for number in numbers if number != home]
    if not others:
        raise CorrectionError(kind, f"{identifier} holds this article's story alone")
    return _addresses(connection, others)


def _addresses(connection: Connection, numbers: Sequence[int]) -> list[str]:
    rows = fetch_where_in(connection, select(articles.c.canonical_url), articles.c.id, numbers)
    return sorted(row.canonical_url for row in rows)


def _check_for_contradictions(connection: Connection, kind: CorrectionKind) -> None:
    """Raise CorrectionError where two articles are one report by some corrections, and are not by another."""
    if kind in FIELD_KINDS:
        return
    together = groups((one.url, one.value) for one in corrections_of(connection, [CorrectionKind.SAME_STORY]))
    for one in corrections_of(connection, [CorrectionKind.NOT_SAME_STORY, CorrectionKind.NOT_SAME_EVENT]):
        if one.value in together.get(one.url, ()):
            reason = (
                f"{one.url} and {one.value} would be one report and be kept apart ({one.kind}); "
                "`deltanews corrections list` shows what is said of them, `deltanews corrections undo` takes it back"
            )
            raise CorrectionError(kind, reason)
