"""What a shell completes where a command takes a source: its name, with its title beside it."""

from core.errors import DeltaNewsError
from crawler.sources.configured import configured_source_files


def complete_source(incomplete: str) -> list[tuple[str, str]]:
    """Return the sources whose names begin so; none where the settings are wrong, for a shell shows no errors."""
    try:
        sources = configured_source_files().sources
    except DeltaNewsError:
        return []
    return [(name, source.title) for name, source in sources.items() if name.startswith(incomplete)]
