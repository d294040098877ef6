"""Where settings come from: `deltanews.toml` and the environment, the same for every room and every process.

Each room describes its own table (`[archive]`, `[crawler]`, …) as a `RoomSettings` and calls `load()`. The environment
wins over the file, the file over the default. A child process sees the same values, since it inherits the environment
and reads the same file.
"""

import os
import tomllib
from pathlib import Path
from typing import Any, ClassVar, Self

import platformdirs
from pydantic import ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

CONFIG_VARIABLE = "DELTANEWS_CONFIG"
"""Environment variable that names the settings file; without it `./deltanews.toml`, then the user's own is read."""


class SettingsError(Exception):
    """A setting is wrong; the message names the file or variable, the key and the reason."""


def settings_file() -> Path | None:
    """Return the settings file that is in force, or None where there is none.

    Raises SettingsError where DELTANEWS_CONFIG names a file that does not exist.
    """
    if named := os.environ.get(CONFIG_VARIABLE):
        path = Path(named).expanduser()
        if not path.is_file():
            raise SettingsError(f"{named}: no such settings file; --config or {CONFIG_VARIABLE} names it")
        return path.resolve()
    for path in (Path("deltanews.toml"), Path(platformdirs.user_config_dir("deltanews")) / "deltanews.toml"):
        if path.is_file():
            return path.resolve()
    return None


def read_settings_file(path: Path) -> dict[str, Any]:
    """Return the tables of the settings file; SettingsError where it is not TOML or cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error


class _FileTable(PydanticBaseSettingsSource):
    """One room's table of the settings file."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        raise NotImplementedError  # pydantic-settings asks for it; __call__ below answers for all fields at once

    def __call__(self) -> dict[str, Any]:
        path = settings_file()
        if path is None:
            return {}
        cls: Any = self.settings_cls
        table = read_settings_file(path).get(cls.table, {})
        if not isinstance(table, dict):
            raise SettingsError(f"{path}: {cls.table} must be a table, as in [{cls.table}]")
        return dict(table)


class RoomSettings(BaseSettings):
    """One room's settings; a subclass names its table and its fields.

    A field with a `Path` type is resolved against the folder of the settings file. A list may be written in the
    environment with commas.
    """

    table: ClassVar[str]
    model_config = SettingsConfigDict(extra="forbid", frozen=True, enable_decoding=False, validate_default=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic-settings' own signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order of precedence: arguments, environment, settings file, defaults."""
        return init_settings, env_settings, _FileTable(settings_cls)

    @field_validator("*", mode="before")
    @classmethod
    def _commas(cls, value: Any, info: ValidationInfo) -> Any:
        field = cls.model_fields[info.field_name or ""]
        is_list = getattr(field.annotation, "__origin__", None) in {tuple, list}
        if is_list and isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @field_validator("*", mode="after")
    @classmethod
    def _beside_the_file(cls, value: Any) -> Any:
        if isinstance(value, Path):
            path = settings_file()
            return (path.parent if path else Path.cwd()) / value.expanduser()
        return value

    @classmethod
    def load(cls) -> Self:
        """Return this room's effective settings; SettingsError names file or variable, key and reason."""
        prefix = variable_prefix(cls)
        for variable in os.environ:
            key = variable.removeprefix(prefix).lower()
            if variable.startswith(prefix) and key not in cls.model_fields:
                raise SettingsError(f"{variable}: there is no such setting; known: {', '.join(cls.model_fields)}")
        try:
            return cls()
        except ValidationError as error:
            raise SettingsError("; ".join(_explain(cls, problem) for problem in error.errors())) from error

    @classmethod
    def variable(cls, key: str) -> str:
        """Return the environment variable that sets `key`, as DELTANEWS_CRAWLER_DELAY."""
        return variable_prefix(cls) + key.upper()

    @classmethod
    def origin(cls, key: str) -> str:
        """Say where the value of `key` comes from: a variable's name, the settings file's path, or 'default'."""
        variable = cls.variable(key)
        if variable in os.environ:
            return variable
        path = settings_file()
        if path is not None and key in read_settings_file(path).get(cls.table, {}):
            return str(path)
        return "default"


def variable_prefix(cls: type[RoomSettings]) -> str:
    """Return the start of the room's environment variables, as DELTANEWS_CRAWLER_."""
    return str(cls.model_config.get("env_prefix"))


def _explain(cls: type[RoomSettings], problem: Any) -> str:
    key = str(problem["loc"][0]) if problem["loc"] else ""
    origin = cls.origin(key)
    where = f"{origin}: [{cls.table}] {key}" if origin.endswith(".toml") else f"{origin}: {key}"
    if problem["type"] == "extra_forbidden":
        return f"{where}: there is no such setting; known: {', '.join(cls.model_fields)}"
    return f"{where}: {problem['msg']} (it is {problem['input']!r})"
