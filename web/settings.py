"""The reader's page's own table of the settings: `[web]`."""

from pathlib import Path
from typing import ClassVar

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from core.errors import SettingsError
from core.settings import PackageSettings


class WebSettings(PackageSettings):
    """Where the reader's page is served, and to whom."""

    table: ClassVar[str] = "web"
    model_config = SettingsConfigDict(env_prefix="DELTANEWS_WEB_")

    host: str = Field(
        default="127.0.0.1",
        description="Address to listen at; another than loopback's needs a password or a trusted proxy.",
    )
    port: int = Field(default=8710, ge=0, le=65535, description="Port to listen at.")
    names: tuple[str, ...] = Field(
        default=(),
        description="Host names that the page is reached by, beside loopback's; a request for another is refused.",
    )
    password_hash: SecretStr | None = Field(
        default=None,
        description="Hash of the password that readers sign in with, as `deltanews web --hash-password` prints it.",
    )
    password_hash_file: Path | None = Field(
        default=None,
        description="File that holds the hash, instead of the hash itself.",
    )
    trusted_proxies: tuple[str, ...] = Field(
        default=(),
        description="Addresses of proxies that sign readers in themselves and name the user in a header.",
    )
    proxy_user_header: str = Field(
        default="X-Forwarded-User",
        pattern="^[A-Za-z0-9-]+$",
        description="The header in which a trusted proxy names the user; from anybody else it counts for nothing.",
    )
    session_hours: float = Field(
        default=12.0, gt=0, description="Hours after which who signed in has to sign in again."
    )
    requests_per_minute: int = Field(
        default=600, ge=1, description="Requests that one address may make in a minute; then it gets 429."
    )

    @property
    def password(self) -> str | None:
        """The hash of the password, from the setting or its file. SettingsError where the file cannot be read."""
        if self.password_hash is not None:
            return self.password_hash.get_secret_value()
        if self.password_hash_file is None:
            return None
        try:
            return self.password_hash_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"[web] password_hash_file: {self.password_hash_file} cannot be read: {error}"
            ) from error
