"""Which search index the settings ask for."""

from indexer.search_index import SearchIndex
from indexer.settings import IndexerSettings


def open_search_index(settings: IndexerSettings) -> SearchIndex:
    """Return the configured index, not yet prepared; nothing is asked of it before its first use."""
    if settings.index == "elasticsearch":
        from indexer.elasticsearch.client import connect  # noqa: PLC0415 - 200 ms that the embedded index need not pay
        from indexer.elasticsearch.index import ElasticsearchIndex  # noqa: PLC0415

        return ElasticsearchIndex(connect(settings), settings)
    from indexer.embedded.index import EmbeddedIndex  # noqa: PLC0415

    return EmbeddedIndex(settings.index_directory, lock_seconds=settings.lock_seconds)
