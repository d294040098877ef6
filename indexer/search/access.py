"""Whether the configured search index can be used: what was checked, what is wrong, how to fix it."""

from dataclasses import dataclass

from indexer.settings import IndexerSettings


@dataclass(frozen=True)
class AccessCheck:
    """The result of one check of a search index, for `deltanews doctor`."""

    subject: str
    """What was checked, as `Elasticsearch`, `privileges`."""
    ok: bool
    found: str
    """What was found."""
    remedy: str = ""
    """What to do about it; empty where nothing is wrong."""
    read_only: bool = False
    """Whether all that is wrong is that this user may search the index and not write to it."""


def check_access(settings: IndexerSettings) -> list[AccessCheck]:
    """Check the configured index; nothing is changed, nothing is raised."""
    if settings.index == "elasticsearch":
        from indexer.search.elasticsearch.access import check_cluster  # noqa: PLC0415 - the client costs 200 ms

        return check_cluster(settings)
    from indexer.search.embedded.access import check_folder  # noqa: PLC0415

    return check_folder(settings.index_directory)
