"""`deltanews config`: the effective settings, and where each comes from."""

from dataclasses import asdict, dataclass
from typing import Annotated, Any

import typer

from core.console import print_json_lines, print_rows
from core.settings import PackageSettings, masked
from deltanews.all_settings import SETTINGS


@dataclass(frozen=True)
class Setting:
    """One effective setting."""

    name: str
    """Table and key, as `crawler.delay`."""
    value: Any
    """As TOML and JSON know it; a secret is masked."""
    origin: str
    """A variable's name, the settings file's path, or `default`."""
    overrides: str | None
    """The settings file that sets another value, where a variable overrides it."""
    variable: str
    """The environment variable that would set it."""
    help: str


def config(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Show the effective settings and where each comes from.

    Secrets and the passwords in addresses are masked. The environment wins over the settings file, the file over the
    default; a variable that overrides the file says so.

    Examples:
        deltanews config
        deltanews --config /etc/deltanews.toml config --json
    """
    settings = [setting for package in SETTINGS for setting in effective(package)]
    if as_json:
        print_json_lines(asdict(setting) for setting in settings)
        return
    print_rows(("setting", "value", "origin"), ((each.name, _plain(each.value), _origin(each)) for each in settings))


def effective(package: type[PackageSettings]) -> list[Setting]:
    """Return the settings of one package that are effective; SettingsError where one is wrong."""
    values = package.load().model_dump(mode="json")
    return [
        Setting(
            name=f"{package.table}.{key}",
            value=masked(values[key]),
            origin=package.origin(key),
            overrides=package.overridden(key),
            variable=package.variable(key),
            help=field.description or "",
        )
        for key, field in package.model_fields.items()
    ]


def _origin(setting: Setting) -> str:
    return f"{setting.origin}, which overrides {setting.overrides}" if setting.overrides else setting.origin


def _plain(value: Any) -> str:
    """Write a value for a person: a list with commas, as the environment takes it; a dash where nothing is set."""
    if isinstance(value, bool):
        return str(value).lower()
    if value in (None, "", []):
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
