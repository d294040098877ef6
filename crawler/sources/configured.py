"""The sources that the settings name: the bundled ones, a user's own, party media or not."""

from pathlib import Path

from crawler.settings import CrawlerSettings
from crawler.sources.loader import SourceError, SourceFiles, load_source_files, source_path
from crawler.sources.model import Source


def configured_sources() -> dict[str, Source]:
    """Return every source by name, the disabled ones too. SettingsError; SourceError where a file is wrong."""
    return configured_source_files().whole()


def configured_source_files() -> SourceFiles:
    """Return the sources whose files are right, and what is wrong with the others. SettingsError, SourceError."""
    settings = CrawlerSettings.load()
    return load_source_files(
        bundled=settings.bundled_sources, folders=settings.source_folders, party_media=settings.party_media
    )


def configured_source(name: str) -> tuple[Source, Path]:
    """Return one source and its file. SettingsError, SourceError."""
    settings, sources = CrawlerSettings.load(), configured_sources()
    if name not in sources:
        raise SourceError(f"there is no source {name!r}; known: {', '.join(sources)}")
    path = source_path(name, bundled=settings.bundled_sources, folders=settings.source_folders)
    assert path is not None  # the source was just read from it
    return sources[name], path
