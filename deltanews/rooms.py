"""The rooms' settings, together: for the commands that look at all of them."""

from archive.settings import ArchiveSettings
from archive.settings_file import RoomSettings
from crawler.settings import CrawlerSettings
from indexer.settings import IndexerSettings

SETTINGS: tuple[type[RoomSettings], ...] = (CrawlerSettings, ArchiveSettings, IndexerSettings)
"""Every room's settings, in the order in which an article walks through them."""
