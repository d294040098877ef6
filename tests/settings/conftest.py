"""A package of our own to furnish, and a place without anybody's settings."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from core.settings import PackageSettings


class Package(PackageSettings):
    """One setting of each kind that the real packages have."""

    table: ClassVar[str] = "crawler"
    model_config = SettingsConfigDict(env_prefix="DELTANEWS_CRAWLER_")

    delay: float = Field(default=5.0, ge=0)
    hosts: tuple[str, ...] = ("default.example",)
    ports: tuple[int, ...] = ()
    folder: Path = Path("/default")
    file: Path | None = None
    folders: tuple[Path, ...] = ()
    key: SecretStr | None = None
    polite: bool = True


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory and home, and no DELTANEWS_… variable; returns the working directory."""
    for variable in [name for name in os.environ if name.upper().startswith("DELTANEWS_")]:
        monkeypatch.delenv(variable)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home/.config"))
    return work


@pytest.fixture
def write(home: Path) -> Callable[[str], Path]:
    """Write ./deltanews.toml."""

    def write_settings(text: str) -> Path:
        path = home / "deltanews.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_settings
