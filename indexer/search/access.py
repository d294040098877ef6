"""Whether the configured search index can be used: what was looked at, what is wrong, how to mend it."""

from indexer.search.finding import Finding
from indexer.settings import IndexerSettings


def check_access(settings: IndexerSettings) -> list[Finding]:
    """Look at the configured index and say what is wrong and how to mend it; nothing is changed, nothing is raised."""
    if settings.index == "elasticsearch":
        from indexer.search.elasticsearch.access import check_cluster  # noqa: PLC0415 - the client costs 200 ms

        return check_cluster(settings)
    from indexer.search.embedded.access import check_folder  # noqa: PLC0415

    return check_folder(settings.index_directory)
