"""The search index that the settings ask for: opened, or checked."""

from indexer.search.access import AccessCheck
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


def check_access(settings: IndexerSettings) -> list[AccessCheck]:
    """Check the configured index; nothing is changed, nothing is raised."""
    if settings.index == "elasticsearch":
        from indexer.search.elasticsearch.access import check_cluster  # noqa: PLC0415 - the client costs 200 ms

        return check_cluster(settings)
    from indexer.search.embedded.access import check_folder  # noqa: PLC0415

    return check_folder(settings.index_directory)
