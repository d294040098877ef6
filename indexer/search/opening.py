"""Which search index the settings ask for."""

from indexer.search.index import SearchIndex
from indexer.settings import IndexerSettings


def open_search_index(settings: IndexerSettings) -> SearchIndex:
    """Return the configured index, not yet prepared; nothing is asked of it before its first use."""
    if settings.index == "elasticsearch":
        from indexer.search.elasticsearch.client import (  # noqa: PLC0415 - 200 ms that the embedded index need not pay
            connect,
        )
        from indexer.search.elasticsearch.index import ElasticsearchIndex  # noqa: PLC0415

        return ElasticsearchIndex(connect(settings), settings)
    from indexer.search.embedded.index import EmbeddedIndex  # noqa: PLC0415

    return EmbeddedIndex(settings.index_directory)
