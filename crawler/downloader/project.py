"""Scrapy's settings, for what runs Scrapy from within this program."""

from scrapy.settings import Settings


def project_settings() -> Settings:
    """Return Scrapy's settings for a crawl from within this program, which decides itself where the log goes."""
    settings = Settings()
    settings.setmodule("crawler.downloader.scrapy_settings", priority="project")
    settings.set("LOG_INSTALL_ROOT_HANDLER", value=False, priority="cmdline")
    return settings
