"""Scores and speed of extraction beside its peers."""

from archive.article import Precision
from crawler.extraction.dates import SHANGHAI
from crawler.extraction.extract import extract as _extract


def extract(html: bytes, url: str) -> dict[str, str | None]:
    """Return one page in the form of the evaluation tool: title, body, published, author, source."""
    page = _extract(html, url)
    published = None
    if page.published_at:
        exact = page.published_precision is Precision.MINUTE
        published = page.published_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S" if exact else "%Y-%m-%d")
    return {
        "title": page.title or None,
        "body": page.body or None,
        "published": published,
        "author": " ".join(page.reporters) or None,
        "source": page.credit,
    }
