"""Finding: one thing that was looked at of a search index, for `deltanews doctor`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    """What was looked at, as `Elasticsearch`, `privileges of the key`."""
    ok: bool
    found: str
    """What was found, in words."""
    mend: str = ""
    """What to do about it; empty where nothing is wrong."""
