"""ArticleItem: an article as Scrapy's users get it - feed exports, item pipelines, monitors - once it is stored."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Self

from archive.article import Article
from archive.articles import Change
from core.time import in_shanghai


@dataclass
class ArticleItem:
    """One stored article, in fields that a JSON feed writes as they are; `itemadapter` reads and changes them.

    A pipeline may change or drop it: what the archive holds stays. Times are ISO 8601 in Shanghai, with their offset.
    """

    url: str
    canonical_url: str
    source: str
    section: str
    province: str
    title: str
    body: str
    """Paragraphs, joined by a line feed."""
    published_at: str | None
    published_precision: str
    credit: str | None
    reporters: list[str]
    editors: list[str]
    programme: str | None
    image: str | None
    video: str | None
    language: str
    doubtful: list[str]
    fetched_at: str
    level: str
    """core, related, mention or none."""
    score: float
    reason: str
    """Why it has this level."""
    topics: list[str]
    provinces: list[str]
    cities: list[str]
    discovered_by: str
    """list, guess (the list was not as its source says) or name (a person named it)."""
    change: str
    """What storing it did: new, revised (another text), updated (other fields) or same."""

    @classmethod
    def of(cls, article: Article, change: Change) -> Self:
        """Return the item of an article that was saved."""
        values = article.model_dump() | article.relevance.model_dump() | {"change": change}
        return cls(**{field.name: _plain(values[field.name]) for field in fields(cls)})


def _plain(value: Any) -> Any:  # Any: a field's value, whatever its type
    if isinstance(value, datetime):
        return in_shanghai(value).isoformat()
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, str) else value  # of an enumeration, its value
