"""Whether the configured search index can be used: what was checked, what is wrong, how to fix it."""

from dataclasses import dataclass


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
