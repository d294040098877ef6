"""Every source is a spider of its own name, so that Scrapy's own commands work: `scrapy list`, `scrapy crawl ahtv`."""

from typing import Self

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from crawler.crawl.spider import SourceSpider
from crawler.downloader.guard import refusal
from crawler.sources.configured import configured_source_files
from crawler.sources.loader import SourceFiles


class SourceSpiderLoader:
    """Scrapy's spider loader over source files in place of modules."""

    def __init__(self, files: SourceFiles) -> None:
        self.sources = files.sources
        self.broken = files.broken
        """What is wrong with the files of the sources that cannot be loaded."""

    @classmethod
    def from_settings(cls, _settings: BaseSettings) -> Self:
        """Load the sources that the crawler's settings name."""
        return cls(configured_source_files())

    def load(self, name: str) -> type[Spider]:
        """Return the spider class of a source; KeyError where there is none."""
        source = self.sources[name]
        return type(f"{name.title()}Spider", (SourceSpider,), {"name": name, "source": source})

    def find_by_request(self, request: Request) -> list[str]:
        """Return the sources that may fetch a request's address."""
        return [name for name, source in self.sources.items() if refusal(request.url, source) is None]

    def list(self) -> list[str]:
        """Return the names of all sources that can be crawled, those switched off included."""
        return [name for name, source in self.sources.items() if not source.unsupported]
