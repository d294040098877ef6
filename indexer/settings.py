"""The indexer's own table of the settings: `[indexer]`."""

from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from archive.article import Level
from archive.settings import ArchiveSettings
from core.errors import SettingsError, system_reason
from core.settings import PackageSettings


class IndexerSettings(PackageSettings):
    """How stories are made of articles, and where they are searched."""

    table: ClassVar[str] = "indexer"
    removed: ClassVar[frozenset[str]] = frozenset(
        {"lock_seconds", "elasticsearch_bulk_documents", "elasticsearch_bulk_megabytes"}
    )
    model_config = SettingsConfigDict(env_prefix="DELTANEWS_INDEXER_")

    index: Literal["embedded", "elasticsearch"] = Field(
        default="embedded",
        description="Where stories are searched: `embedded` needs no server, `elasticsearch` is a cluster.",
    )
    directory: Path | None = Field(
        default=None,
        description="Folder of the embedded index; without it `index` in the archive's directory.",
    )
    levels: tuple[Level, ...] = Field(
        default=(Level.CORE, Level.RELATED),
        description="Which articles become stories: core, related, mention, none.",
    )
    window_days: int = Field(
        default=30,
        ge=1,
        description="Most days between a story's first article and any other; what recurs later is a story of its own.",
    )
    tombstone_days: int = Field(
        default=30,
        ge=1,
        description="How many days a search index keeps the tombstone of a story that was merged or is gone.",
    )
    elasticsearch_hosts: tuple[str, ...] = Field(
        default=("http://127.0.0.1:9200",),
        description="Addresses of the cluster's nodes, each with scheme and port.",
    )
    elasticsearch_cloud_id: str | None = Field(
        default=None,
        description="Elastic Cloud id of the deployment, instead of hosts.",
    )
    elasticsearch_api_key: SecretStr | None = Field(
        default=None,
        description="Encoded API key.",
    )
    elasticsearch_api_key_file: Path | None = Field(
        default=None,
        description="File that holds the encoded API key, instead of the key itself.",
    )
    elasticsearch_username: str | None = Field(
        default=None,
        description="User name for basic authentication, where there is no API key.",
    )
    elasticsearch_password: SecretStr | None = Field(
        default=None,
        description="Password of that user.",
    )
    elasticsearch_password_file: Path | None = Field(
        default=None,
        description="File that holds the password, instead of the password itself.",
    )
    elasticsearch_ca_certs: Path | None = Field(
        default=None,
        description="PEM file of the authority that signed the cluster's certificate.",
    )
    elasticsearch_fingerprint: str | None = Field(
        default=None,
        description="SHA-256 fingerprint of the cluster's certificate, instead of an authority.",
    )
    elasticsearch_alias: str = Field(
        default="deltanews-stories",
        pattern=r"^[a-z0-9][a-z0-9_.-]*$",
        description="Name that stories are written to and searched under; the index behind it is `…-v1`.",
    )
    elasticsearch_request_seconds: float = Field(
        default=30.0,
        gt=0,
        description="Longest wait for one answer of the cluster.",
    )
    elasticsearch_retry_seconds: float = Field(
        default=120.0,
        ge=0,
        description="How long a batch is tried again while the cluster is overloaded or away; then the next run tries.",
    )
    kibana_url: str = Field(
        default="http://127.0.0.1:5601",
        pattern="^https?://",
        description="Address of Kibana, with its base path where it has one; for `deltanews kibana import`.",
    )
    kibana_space: str = Field(
        default="default",
        pattern="^[a-z0-9_-]+$",
        description="Kibana space that the assets are imported into.",
    )
    kibana_api_key: SecretStr | None = Field(
        default=None,
        description="Encoded API key for Kibana.",
    )
    kibana_api_key_file: Path | None = Field(
        default=None,
        description="File that holds the encoded API key for Kibana, instead of the key itself.",
    )
    kibana_ca_certs: Path | None = Field(
        default=None,
        description="PEM file of the authority that signed Kibana's certificate.",
    )

    @property
    def index_directory(self) -> Path:
        """Folder of the embedded index that is active."""
        return self.directory or ArchiveSettings.load().directory / "index"

    @property
    def api_key(self) -> str | None:
        """The Elasticsearch API key, from the setting or its file. SettingsError where the file cannot be read."""
        return _secret(self.elasticsearch_api_key, "elasticsearch_api_key_file", self.elasticsearch_api_key_file)

    @property
    def password(self) -> str | None:
        """The Elasticsearch password, from the setting or its file. SettingsError where the file cannot be read."""
        return _secret(self.elasticsearch_password, "elasticsearch_password_file", self.elasticsearch_password_file)

    @property
    def kibana_key(self) -> str | None:
        """The API key for Kibana, from the setting or its file. SettingsError where the file cannot be read."""
        return _secret(self.kibana_api_key, "kibana_api_key_file", self.kibana_api_key_file)


def _secret(value: SecretStr | None, key: str, path: Path | None) -> str | None:
    if value is not None:
        return value.get_secret_value()
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"[indexer] {key}: {path} cannot be read: {system_reason(error)}") from error
