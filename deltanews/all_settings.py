"""The packages' settings, together: for the commands that look at all of them."""

from archive.settings import ArchiveSettings
from core.settings import PackageSettings
from crawler.settings import CrawlerSettings
from indexer.settings import IndexerSettings
from scheduler.settings import SchedulerSettings
from web.settings import WebSettings

SETTINGS: tuple[type[PackageSettings], ...] = (
    *(CrawlerSettings, ArchiveSettings, IndexerSettings),
    *(SchedulerSettings, WebSettings),
)
"""Every package's settings, in the order in which an article passes through them."""
