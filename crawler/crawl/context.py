"""CrawlContext: what the spiders of one process share - the database, one WARC file, the extraction processes."""

from dataclasses import dataclass
from typing import Self

from archive.database import Database
from archive.settings import ArchiveSettings
from archive.warc import PageWriter
from crawler.downloader.connectivity import Connectivity
from crawler.pages.extraction_pool import ExtractionPool
from crawler.relevance.gazetteer import load_gazetteer
from crawler.settings import CrawlerSettings


@dataclass(frozen=True)
class CrawlContext:
    """Open it once a process; it is a context manager."""

    settings: CrawlerSettings
    archive: ArchiveSettings
    database: Database
    writer: PageWriter
    pool: ExtractionPool
    connectivity: Connectivity

    @classmethod
    def open(cls, *, to_read: bool = False) -> Self:
        """Open the archive that the settings name and ready the workers; `to_read` asks for no more than that right.

        SettingsError, ArchiveError.
        """
        settings, archive = CrawlerSettings.load(), ArchiveSettings.load()
        load_gazetteer(settings.gazetteers)  # a mistake in a user's file is reported here, not by the workers
        database = Database.open_to_read(archive) if to_read else Database.open(archive)
        writer, pool = PageWriter(archive.pages), ExtractionPool(settings)
        return cls(settings, archive, database, writer, pool, Connectivity(settings.proxy))

    def close(self) -> None:
        """Close everything; what was not extracted yet is extracted in the next crawl."""
        self.pool.close()
        self.writer.close()
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
