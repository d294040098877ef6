"""The crawler's own table of the settings: `[crawler]`."""

from importlib.metadata import version
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import SettingsConfigDict

from core.settings import PackageSettings


class CrawlerSettings(PackageSettings):
    """Which sources are crawled, by which politeness policy and within which limits."""

    table: ClassVar[str] = "crawler"
    renamed: ClassVar[dict[str, str]] = {"patience": "max_retry_after", "turn_seconds": "yield_after"}
    model_config = SettingsConfigDict(env_prefix="DELTANEWS_CRAWLER_")

    bundled_sources: bool = Field(default=True, description="Whether the sources that come with DeltaNews are used.")
    source_folders: tuple[Path, ...] = Field(
        default=(), description="Folders of source files of your own; a file replaces the bundled source of its name."
    )
    party_media: bool = Field(default=False, description="Whether party media are crawled beside broadcasters.")
    gazetteers: tuple[Path, ...] = Field(default=(), description="Files with terms and topics of your own.")
    contact: str = Field(
        default="",
        description="Address (mail or web) where a site's operator reaches you; it stands in the user agent.",
    )
    proxy: str | None = Field(default=None, description="Proxy for all requests, as http://127.0.0.1:3128.")
    ca_file: Path | None = Field(
        default=None, description="PEM file of the certificate authorities to trust in place of the system's."
    )
    delay: float = Field(default=3.0, ge=0, description="Seconds between two requests to one domain, at least.")
    timeout: float = Field(default=30.0, gt=0, description="Seconds that one response may take.")
    max_page_bytes: int = Field(
        default=8_000_000, gt=0, description="Bytes that one response may have, compressed or not."
    )
    retries: int = Field(default=2, ge=0, description="Further tries of a request within one crawl.")
    backoff: float = Field(
        default=5.0, ge=0, description="Seconds before the first further try; each next waits twice."
    )
    revisits: bool = Field(
        default=True,
        description="Whether articles are looked at again 1 hour, 6 hours, 1 day and 7 days after they were stored, "
        "within a tenth of a source's requests and 60 an hour.",
    )
    max_retry_after: float = Field(
        default=120.0,
        ge=0,
        description="Longest Retry-After in seconds that is waited for; a longer one ends the crawl, and the site is "
        "backed off from as long as it says, a week at most.",
    )
    yield_after: float = Field(
        default=600.0,
        gt=0,
        description="Seconds after which a long crawl yields its domain to others that wait for it.",
    )
    workers: int = Field(default=2, ge=1, description="Processes that extract pages.")
    extraction_seconds: float = Field(
        default=5.0,
        gt=0,
        description="Seconds of processor time that one page's extraction may take; it may wait ten times as long.",
    )
    extraction_megabytes: int = Field(default=512, ge=64, description="Memory that one page's extraction may take.")

    @field_validator("proxy")
    @classmethod
    def _is_http(cls, value: str | None) -> str | None:
        if value is not None and (urlsplit(value).scheme != "http" or not urlsplit(value).hostname):
            raise ValueError("a proxy is written as http://host:port")
        return value or None

    @property
    def user_agent(self) -> str:
        """Name of the project and of whom to ask; the leading token is what sites expect of any client."""
        contact = f"; +{self.contact}" if self.contact else ""
        return f"Mozilla/5.0 (compatible; DeltaNews/{version('deltanews')}{contact})"
