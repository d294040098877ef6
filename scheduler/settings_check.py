"""The settings of the service and of all that it starts, looked at before any of them counts."""

import ssl
import subprocess
import sys

from archive.settings import ArchiveSettings
from core.errors import SettingsError, system_reason
from crawler.relevance.gazetteer import load_gazetteer
from crawler.settings import CrawlerSettings
from indexer.search.opening import open_search_index
from indexer.settings import IndexerSettings
from scheduler.health.channels import check_channels
from scheduler.settings import SchedulerSettings

PAGE_CHECK = "web.check"
"""The program that knows whether the page could be served."""


def checked_settings() -> SchedulerSettings:
    """Return the service's own settings.

    SettingsError where they, or those of its crawls, index runs or page, are wrong or name a file that cannot be read.
    """
    settings = SchedulerSettings.load()
    check_channels(settings)
    ArchiveSettings.load()
    crawler = CrawlerSettings.load()
    if crawler.gazetteers:  # the bundled files are sound, and what is read stays in memory
        load_gazetteer(crawler.gazetteers)
    if crawler.ca_file is not None:
        try:
            ssl.create_default_context(cafile=crawler.ca_file)
        except OSError as error:
            raise SettingsError(f"[crawler] ca_file: {crawler.ca_file}: {system_reason(error)}") from error
    open_search_index(IndexerSettings.load()).close()
    if settings.web:
        _check_page()
    return settings


def _check_page() -> None:
    checked = subprocess.run(  # noqa: S603 - this program itself
        [sys.executable, "-P", "-m", PAGE_CHECK], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if checked.returncode:
        said = checked.stdout.strip() or next(reversed(checked.stderr.splitlines()), "no reason")
        raise SettingsError(f"the page cannot be served: {said}")
