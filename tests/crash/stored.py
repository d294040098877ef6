"""What an installation has stored, in a form in which two of them can be compared."""

from collections.abc import Iterable
from typing import Any

from indexer.search.document import StoryDocument
from indexer.search.opening import open_search_index
from indexer.settings import IndexerSettings
from tests.product import Product

Comparable = dict[str, Any]


def articles_of(product: Product) -> Comparable:
    """Return every article by its address; ids and times of fetching are no part of it."""
    times = {"fetched_at", "first_seen_at", "url"}
    return {
        article["canonical_url"]: {name: value for name, value in article.items() if name not in times}
        for article in product.articles()
    }


def stories_of(settings: IndexerSettings) -> Comparable:
    """Return every story of a search index by its original's address."""
    index = open_search_index(settings)
    try:
        return {document.url: _comparable(document) for document in _each_once(index.documents())}
    finally:
        index.close()


def _each_once(documents: Iterable[StoryDocument]) -> list[StoryDocument]:
    found = list(documents)
    assert len({document.url for document in found}) == len(found), "one article is the original of two stories"
    return found


def _comparable(document: StoryDocument) -> Comparable:
    fields = document.model_dump(exclude={"revision", "first_seen_at", "timeline_at", "copies"})
    copies = sorted((copy.url, copy.title, copy.similarity) for copy in document.copies)
    return fields | {"copies": copies}
