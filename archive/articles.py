"""Articles: saved once by canonical URL; a changed text is a new revision, not a new article."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select, update

from archive.article import Article, Level, Relevance
from archive.database import Database
from archive.schema import articles, revisions, row_dict
from archive.source_titles import known_source_titles


class Change(StrEnum):
    """What saving an article did."""

    NEW = "new"
    REVISED = "revised"
    """A new text."""
    UPDATED = "updated"
    """The same text with other fields: a date, the relevance."""
    SAME = "same"


@dataclass(frozen=True)
class Saved:
    """An article as the archive now holds it, and what changed."""

    id: int
    revision: int
    change: Change


def save_article(connection: Connection, article: Article, *, page_id: int | None) -> Saved:
    """Insert or update an article, with a revision for every text it ever had."""
    values = _columns(article)
    row = connection.execute(select(articles).where(articles.c.canonical_url == article.canonical_url)).one_or_none()
    if row is None:
        values |= {"first_seen_at": article.fetched_at, "page_id": page_id, "revision": 1}
        values["changed_seq"] = _next_change(connection)
        key = connection.execute(articles.insert().values(values)).inserted_primary_key
        assert key is not None
        saved = Saved(int(key[0]), 1, Change.NEW)
        _add_revision(connection, saved, article, page_id)
        return saved
    del values["discovered_by"]
    change = _change(row_dict(row), values)
    saved = Saved(row.id, row.revision + (change is Change.REVISED), change)
    if change is not Change.SAME:
        values |= {"page_id": page_id, "revision": saved.revision, "changed_seq": _next_change(connection)}
        connection.execute(update(articles).where(articles.c.id == row.id).values(values))
    if change is Change.REVISED:
        _add_revision(connection, saved, article, page_id)
    return saved


def save_relevance(connection: Connection, article_id: int, relevance: Relevance) -> None:
    """Replace what the rules said of an article; its text stays."""
    values = _relevance_columns(relevance) | {"changed_seq": _next_change(connection)}
    connection.execute(update(articles).where(articles.c.id == article_id).values(values))


def find_article(connection: Connection, canonical_url: str) -> Article | None:
    """Return the article of that address."""
    row = connection.execute(select(articles).where(articles.c.canonical_url == canonical_url)).one_or_none()
    return article_of(row) if row else None


def article_of(row: Row[Any]) -> Article:
    """Return an articles row as an Article."""
    values = {name: value for name, value in row_dict(row).items() if name in Article.model_fields}
    return Article.model_validate(values | {"relevance": Relevance.model_validate(row.relevance)})


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
    return values | _relevance_columns(article.relevance)


def _relevance_columns(relevance: Relevance) -> dict[str, Any]:
    found = relevance.model_dump(mode="json")
    return {"level": relevance.level.value, "score": relevance.score, "relevance": found}


def _change(old: dict[str, Any], new: dict[str, Any]) -> Change:
    if old["title"] != new["title"] or old["body"] != new["body"]:
        return Change.REVISED
    # Where and when it was fetched is no change of the article.
    fetched = {"url", "fetched_at", "section", "source", "province"}
    same = all(old[name] == value for name, value in new.items() if name not in fetched)
    return Change.SAME if same else Change.UPDATED


def _next_change(connection: Connection) -> int:
    newest = connection.scalar(select(func.max(articles.c.changed_seq)))
    return int(newest or 0) + 1


def _add_revision(connection: Connection, saved: Saved, article: Article, page_id: int | None) -> None:
    connection.execute(
        revisions.insert().values(
            article_id=saved.id,
            revision=saved.revision,
            title=article.title,
            body=article.body,
            published_at=article.published_at,
            credit=article.credit,
            page_id=page_id,
            seen_at=article.fetched_at,
        )
    )
