"""The archive's own table of the settings: `[archive]`."""

from pathlib import Path
from typing import ClassVar

import platformdirs
from pydantic import Field
from pydantic_settings import SettingsConfigDict

from core.settings import PackageSettings


class ArchiveSettings(PackageSettings):
    """Where what was collected is stored."""

    table: ClassVar[str] = "archive"
    model_config = SettingsConfigDict(env_prefix="DELTANEWS_ARCHIVE_")

    directory: Path = Field(
        default=Path(platformdirs.user_data_dir("deltanews")),
        description="Folder of everything that is stored: database, raw pages, embedded index, locks.",
    )
    url: str | None = Field(
        default=None,
        description="SQLAlchemy URL of the database; without it `archive.sqlite` in the directory.",
    )

    keep_pages_days: int | None = Field(
        default=None,
        ge=1,
        description="Days after which a WARC file goes, if every page in it is that old and was read; kept by default.",
    )
    keep_revisions_days: int | None = Field(
        default=None,
        ge=1,
        description="Days after which revisions go that are neither first nor newest; kept by default.",
    )

    @property
    def pages(self) -> Path:
        """Folder of the WARC files."""
        return self.directory / "pages"

    @property
    def logs(self) -> Path:
        """Folder of the files into which jobs log."""
        return self.directory / "logs"

    @property
    def locks(self) -> Path:
        """Folder of the lock files that keep two processes from doing one thing at once."""
        return self.directory / "locks"
