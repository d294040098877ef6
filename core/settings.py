"""Settings: from `deltanews.toml` and the environment, the same for every package and every process.

Each package describes its own table (`[archive]`, `[crawler]`, …) as a `PackageSettings` and calls `load()`. The
environment wins over the file, the file over the default. A child process sees the same values, since it inherits the
environment and reads the same file.
"""

import os
import re
import tomllib
from pathlib import Path
from typing import Any, ClassVar, Self

import platformdirs
from pydantic import SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from core.errors import SettingsError, system_reason
from core.mistakes import reason

CONFIG_VARIABLE = "DELTANEWS_CONFIG"
"""Environment variable that names the settings file; without it `./deltanews.toml`, then the user's own is read."""

TABLES = ("archive", "crawler", "indexer", "scheduler", "web")
"""The packages' tables; another one in the file, or another word in a variable's name, is a mistake of the user."""

MASK = "**********"
"""What stands where a secret would; pydantic's own for a SecretStr."""

_PASSWORD = re.compile(r"(://[^/?#\s]*?:)[^/?#\s]*(@)")
"""The password of an address, between the colon and the last @ before the path."""


def settings_file() -> Path | None:
    """Return the settings file that is used, or None where there is none.

    Raises SettingsError where DELTANEWS_CONFIG names a file that does not exist.
    """
    if named := os.environ.get(CONFIG_VARIABLE):
        path = Path(named).expanduser()
        if not _is_file(path):
            raise SettingsError(f"{named}: no such settings file; --config or {CONFIG_VARIABLE} names it")
        return path.resolve()
    for path in (Path("deltanews.toml"), Path(platformdirs.user_config_dir("deltanews")) / "deltanews.toml"):
        if _is_file(path):
            return path.resolve()
    return None


def read_settings_file(path: Path) -> dict[str, Any]:
    """Return the settings file's tables; SettingsError where it cannot be read, is not TOML or has an unknown table."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))  # Notepad writes the mark that -sig takes away
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {system_reason(error)}") from error
    for name, table in tables.items():
        if name not in TABLES:
            raise SettingsError(f"{path}: [{name}]: there is no such table; known: {', '.join(TABLES)}")
        if not isinstance(table, dict):
            raise SettingsError(f"{path}: {name} must be a table, as in [{name}]")
    return tables


def check_variables() -> None:
    """Raise SettingsError where a DELTANEWS_… variable belongs to no package: nobody would read a mistyped one."""
    for variable in os.environ:
        name = variable.upper()
        known = name == CONFIG_VARIABLE or any(name.startswith(f"DELTANEWS_{table.upper()}_") for table in TABLES)
        if name.startswith("DELTANEWS_") and not known:
            raise SettingsError(
                f"{variable}: there is no such setting; variables start with {CONFIG_VARIABLE} or "
                + ", ".join(f"DELTANEWS_{table.upper()}_" for table in TABLES)
            )


def masked(value: Any) -> Any:
    """Return what may be shown of a setting's value: of an address all but its password."""
    if isinstance(value, tuple | list):
        return [masked(part) for part in value]
    return _PASSWORD.sub(rf"\1{MASK}\2", value) if isinstance(value, str) else value


class PackageSettings(BaseSettings):
    """One package's settings; a subclass names its table and its fields.

    A relative path in the file starts at the file's folder, one in a variable at the working directory. A list may be
    written with commas. An empty variable counts as none.
    """

    table: ClassVar[str]
    renamed: ClassVar[dict[str, str]] = {}
    """Keys of earlier versions, each with its present name: who still writes one is answered with it."""
    removed: ClassVar[frozenset[str]] = frozenset()
    """Keys of earlier versions that are settings no more: who still writes one is asked to delete it."""
    model_config = SettingsConfigDict(
        extra="forbid",
        frozen=True,
        enable_decoding=False,
        env_ignore_empty=True,
        validate_default=True,
        allow_inf_nan=False,
    )

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
        assert issubclass(settings_cls, PackageSettings)
        # pydantic-settings' own TOML source would refuse the byte order mark that Windows editors write.
        return init_settings, env_settings, InitSettingsSource(settings_cls, settings_cls.file_table())

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
    def _absolute(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, tuple):
            return tuple(cls._absolute(part, info) for part in value)
        if not isinstance(value, Path):
            return value
        path = settings_file()
        from_file = path is not None and cls.origin(info.field_name or "") == str(path)
        return (path.parent if path and from_file else Path.cwd()) / value.expanduser()

    @classmethod
    def load(cls) -> Self:
        """Return this package's effective settings; SettingsError names file or variable, key and reason."""
        check_variables()
        for variable in os.environ:
            key = variable.upper().removeprefix(cls.variable("")).lower()
            if variable.upper().startswith(cls.variable("")) and key not in cls.model_fields:
                raise SettingsError(f"{variable}: {cls.no_such_setting(key)}")
        try:
            return cls()
        except ValidationError as error:
            raise SettingsError("; ".join(_explain(cls, problem) for problem in error.errors())) from error

    @classmethod
    def no_such_setting(cls, key: str) -> str:
        """Say that there is no setting `key`, and what it is called today or which there are."""
        if key in cls.renamed:
            return f"{key} is called {cls.renamed[key]} now"
        if key in cls.removed:
            return f"{key} is no setting any more, since nobody needs to tune it: delete it"
        return f"there is no such setting; known: {', '.join(cls.model_fields)}"

    @classmethod
    def file_table(cls) -> dict[str, Any]:
        """Return the package's table of the settings file; empty where there is none."""
        path = settings_file()
        return dict(read_settings_file(path).get(cls.table, {})) if path else {}

    @classmethod
    def variable(cls, key: str) -> str:
        """Return the environment variable that sets `key`, as DELTANEWS_CRAWLER_DELAY."""
        return f"{cls.model_config.get('env_prefix')}{key.upper()}"

    @classmethod
    def overridden(cls, key: str) -> str | None:
        """Return the settings file whose value for `key` a variable overrides; None where there is no such value."""
        return str(settings_file()) if cls.origin(key) == cls.variable(key) and key in cls.file_table() else None

    @classmethod
    def origin(cls, key: str) -> str:
        """Say where the value of `key` comes from: a variable's name, the settings file's path, or 'default'."""
        variable = cls.variable(key)
        if any(name.upper() == variable and value for name, value in os.environ.items()):
            return variable
        return str(settings_file()) if key in cls.file_table() else "default"


def _explain(cls: type[PackageSettings], problem: ErrorDetails) -> str:
    """Return the message for one of pydantic's problems: where, what is wrong, the value unless it is a secret."""
    if not problem["loc"]:
        return f"[{cls.table}]: {reason(problem)}"
    key, *inside = map(str, problem["loc"])
    origin = cls.origin(key)
    setting = ".".join([key, *inside])
    where = origin if origin == cls.variable(key) else f"{origin}: [{cls.table}] {setting}"
    if problem["type"] == "extra_forbidden":
        return f"{where}: {cls.no_such_setting(key)}"
    secret = cls.model_fields[key].annotation in {SecretStr, SecretStr | None}
    return f"{where}: {reason(problem)}" + ("" if secret else f" (it is {masked(problem['input'])!r})")


def _is_file(path: Path) -> bool:
    """Tell whether there is a file that may be read; another user's home, closed to us, holds no file of ours."""
    try:
        return path.is_file()
    except OSError:
        return False
