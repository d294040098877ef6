"""Articles: saved once by canonical URL; a changed text is a new revision, not a new article."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select, update

from archive.article import Article, Level, Precision, Relevance
from archive.corrected_fields import KEPT, as_extracted, corrected, relevance_columns
from archive.corrections import FIELD_KINDS, corrections_of
from archive.database import Database
from archive.schema import articles, revisions, row_dict
from archive.source_titles import known_source_titles

_REVISED = ("title", "body", "published_at", "credit", "page_id")
"""What a revision keeps of its article."""


class Change(StrEnum):
    """What saving an article did."""

    NEW = "new"
    REVISED = "revised"
    """Another text, title, credit or minute."""
    UPDATED = "updated"
    """Other fields, as the relevance; or the same page, read anew with another result."""
    SAME = "same"


class RevisionKind(StrEnum):
    """What a revision tells of its article."""

    TEXT = "text"
    WITHDRAWN = "withdrawn"
    """It was taken down; the text is its last one."""
    BACK = "back"
    """It is shown again."""


@dataclass(frozen=True)
class Saved:
    """An article as the archive now holds it, and what changed."""

    id: int
    revision: int
    change: Change


def save_article(connection: Connection, article: Article, *, page_id: int | None, reread: bool = False) -> Saved:
    """Insert or update an article as it was extracted, with a revision for every text it ever had.

    Corrections of its fields are applied to what is stored; revisions hold what the page said.
    `reread`: it is read out of the pages that its text came from, so that what differs is no change of the article; it
    takes the place of the newest revision. An article that was withdrawn is back where its page is newer than that.
    """
    values = _columns(article)
    row = connection.execute(select(articles).where(articles.c.canonical_url == article.canonical_url)).one_or_none()
    if row is None:
        values |= {"first_seen_at": article.fetched_at, "page_id": page_id, "revision": 1}
        values["changed_seq"] = next_change(connection)
        key = connection.execute(articles.insert().values(values)).inserted_primary_key
        assert key is not None
        saved = Saved(int(key[0]), 1, Change.NEW)
        _add_revision(connection, saved.id, 1, values)
        return saved
    del values["discovered_by"]
    if row.withdrawn_at is not None and article.fetched_at > row.withdrawn_at:
        mark_back(connection, row.id, at=article.fetched_at)
        row = connection.execute(select(articles).where(articles.c.id == row.id)).one()
    change = _change(as_extracted(row_dict(row)), values, reread=reread)
    saved = Saved(row.id, row.revision + (change is Change.REVISED), change)
    if change is not Change.SAME:
        values |= {"page_id": page_id, "revision": saved.revision}
        values |= {"changed_at": article.fetched_at} if change is Change.REVISED else {}
        _update(connection, row.id, values)
    if change is Change.REVISED:
        _add_revision(connection, saved.id, saved.revision, values)
    elif reread and change is Change.UPDATED:
        newest = and_(revisions.c.article_id == row.id, revisions.c.revision == row.revision)
        connection.execute(update(revisions).where(newest).values({name: values[name] for name in _REVISED}))
    return saved


def mark_withdrawn(connection: Connection, article_id: int, *, at: datetime) -> None:
    """Record that an article was taken down, by a revision with the text that it had last; `at`: when it was seen."""
    _mark(connection, article_id, RevisionKind.WITHDRAWN, at=at)


def mark_back(connection: Connection, article_id: int, *, at: datetime) -> None:
    """Record that an article which was withdrawn is shown again, by a revision of its own."""
    _mark(connection, article_id, RevisionKind.BACK, at=at)


def _mark(connection: Connection, article_id: int, kind: RevisionKind, *, at: datetime) -> None:
    row = connection.execute(select(articles).where(articles.c.id == article_id)).one()
    values = {
        "revision": row.revision + 1,
        "changed_seq": next_change(connection),
        "withdrawn_at": at if kind is RevisionKind.WITHDRAWN else None,
    }
    connection.execute(update(articles).where(articles.c.id == article_id).values(values))
    _add_revision(connection, article_id, row.revision + 1, as_extracted(row_dict(row)) | {"fetched_at": at}, kind)


def save_relevance(connection: Connection, article_id: int, relevance: Relevance) -> None:
    """Replace what the rules said of an article; its text stays, and so do corrections."""
    _update(connection, article_id, _extracted(connection, article_id) | relevance_columns(relevance))


def apply_corrections(connection: Connection, article_id: int) -> None:
    """Make an article of what was extracted and the corrections that there are now, and all that follows from it.

    Its story and its event are made anew by the next indexing, also where the article itself stays as it is.
    """
    _update(connection, article_id, _extracted(connection, article_id))


def find_article(connection: Connection, canonical_url: str, *, extracted: bool = False) -> Article | None:
    """Return the article of that address: as corrected, or as it was `extracted`."""
    row = connection.execute(select(articles).where(articles.c.canonical_url == canonical_url)).one_or_none()
    return article_of(row, extracted=extracted) if row else None


def article_of(row: Row[Any], *, extracted: bool = False) -> Article:
    """Return an articles row as an Article: as corrected, or as it was `extracted`."""
    columns = as_extracted(row_dict(row)) if extracted else row_dict(row)
    values = {name: value for name, value in columns.items() if name in Article.model_fields}
    return Article.model_validate(values | {"relevance": Relevance.model_validate(columns["relevance"])})


@dataclass(frozen=True)
class ArticleFilter:
    """Which articles are asked for: those that meet one of each kind that is not empty."""

    sources: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    """Of the sources."""
    topics: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    since: datetime | None = None
    """Inclusive; compares published_at, else first_seen_at."""
    until: datetime | None = None
    """Exclusive."""


def iterate_articles(
    database: Database, wanted: ArticleFilter = ArticleFilter(), *, batch: int = 500
) -> Iterator[Row[Any]]:
    """Yield articles rows in order of their ids, in short reads."""
    time = func.coalesce(articles.c.published_at, articles.c.first_seen_at)
    conditions: list[ColumnElement[bool]] = [
        or_(*(column == value for value in values))
        for column, values in (
            (articles.c.source, wanted.sources),
            (articles.c.province, wanted.provinces),
            (articles.c.level, wanted.levels),
        )
        if values
    ]
    conditions += [time >= wanted.since] if wanted.since else []
    conditions += [time < wanted.until] if wanted.until else []
    after = 0
    while True:
        query = select(articles).where(articles.c.id > after, *conditions).order_by(articles.c.id).limit(batch)
        with database.read() as connection:
            rows = connection.execute(query).all()
        yield from (row for row in rows if not wanted.topics or {*wanted.topics} & {*row.relevance.get("topics", ())})
        if len(rows) < batch:
            return
        after = rows[-1].id


def known_sources(connection: Connection) -> dict[str, str]:
    """Return the title of every source that has an article, by its name; the name itself where none is known."""
    names = connection.scalars(select(articles.c.source).distinct().order_by(articles.c.source))
    titles = known_source_titles(connection)
    return {name: titles.get(name, name) for name in names}


def known_provinces(connection: Connection) -> list[str]:
    """Return every province that an article has."""
    return list(connection.scalars(select(articles.c.province).distinct().order_by(articles.c.province)))


def known_topics(connection: Connection) -> list[str]:
    """Return every topic that an article has."""
    return sorted({topic for found in connection.scalars(select(articles.c.relevance)) for topic in found["topics"]})


def count_articles(connection: Connection) -> dict[str, dict[str, int]]:
    """Return how many articles each source has at each level of relevance: {source: {level: count}}."""
    counts: dict[str, dict[str, int]] = {}
    query = select(articles.c.source, articles.c.level, func.count()).group_by(articles.c.source, articles.c.level)
    for source, level, count in connection.execute(query):
        counts.setdefault(source, {})[level] = count
    return counts


def count_doubtful(connection: Connection) -> int:
    """Return how many articles carry a doubt whether their text is whole."""
    return connection.scalar(select(func.count()).where(articles.c.doubtful.is_not(None))) or 0


def _columns(article: Article) -> dict[str, Any]:
    values = article.model_dump(exclude={"relevance"})
    values |= {name: list(values[name]) for name in ("reporters", "editors")}
    values["doubtful"] = list(article.doubtful) if article.doubtful else None
    values["published_precision"] = article.published_precision.value
    values["discovered_by"] = article.discovered_by.value
    return values | relevance_columns(article.relevance)


def _extracted(connection: Connection, article_id: int) -> dict[str, Any]:
    """Return the columns of an article that corrections change, as they were extracted."""
    columns = [articles.c[name] for name in (*KEPT, "extracted")]
    return as_extracted(row_dict(connection.execute(select(*columns).where(articles.c.id == article_id)).one()))


def _update(connection: Connection, article_id: int, extracted: dict[str, Any]) -> None:
    values = corrected(extracted, corrections_of(connection, FIELD_KINDS, [article_id]))
    values["changed_seq"] = next_change(connection)
    connection.execute(update(articles).where(articles.c.id == article_id).values(values))


def _change(old: dict[str, Any], new: dict[str, Any], *, reread: bool) -> Change:
    # Where and when it was fetched is no change of the article.
    fetched = {"url", "fetched_at", "section", "source", "province"}
    if all(old[name] == value for name, value in new.items() if name not in fetched):
        return Change.SAME
    is_revised = any(old[name] != new[name] for name in ("title", "body", "credit")) or _is_moved(old, new)
    return Change.REVISED if is_revised and not reread else Change.UPDATED


def _is_moved(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Tell whether a page names another minute; one that names none any more may say it in words (3小时前, 昨天)."""
    known = [one["published_at"] for one in (old, new) if one["published_precision"] == Precision.MINUTE]
    return len(set(known) - {None}) > 1


def next_change(connection: Connection) -> int:
    """Return the `changed_seq` of an article that changes in this write transaction."""
    newest = connection.scalar(select(func.max(articles.c.changed_seq)))
    return int(newest or 0) + 1


def _add_revision(
    connection: Connection,
    article_id: int,
    revision: int,
    values: dict[str, Any],
    kind: RevisionKind = RevisionKind.TEXT,
) -> None:
    """Add a revision with what an articles row holds."""
    known = {name: values[name] for name in _REVISED} | {"seen_at": values["fetched_at"], "kind": kind.value}
    connection.execute(revisions.insert().values(known | {"article_id": article_id, "revision": revision}))
