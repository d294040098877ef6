# noqa: INP001 - a script beside the documents, not a package
"""Write the generated parts of the documents: commands, settings, sources. `make docs`; a test holds them current.

A generated part stands between `<!-- NAME -->` and `<!-- /NAME -->`; everything else is written by hand.
"""

import inspect
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeGuard

from pydantic.fields import FieldInfo
from typer.core import TyperArgument, TyperOption

from core.settings import PackageSettings
from crawler.sources.loader import load_sources
from deltanews.all_settings import SETTINGS
from deltanews.cli import imported
from deltanews.command_table import COMMANDS, Command
from scheduler.metrics import METRICS

REPOSITORY = Path(__file__).parents[1]
DOCUMENTS = (
    "README.md",
    "README.zh-CN.md",
    "docs/README.md",
    "docs/commands.md",
    "docs/metrics.md",
    "docs/settings.md",
    "docs/sources.md",
)


def commands() -> str:
    """Write one row a command, in the order of the help page."""
    return _table(("command", "what it does"), ((f"`deltanews {each.name}`", each.summary) for each in COMMANDS))


def commands_in_chinese() -> str:
    """Write the same for README.zh-CN.md."""
    words = _chinese()["commands"]
    return _table(("命令", "作用"), ((f"`deltanews {each.name}`", words[each.name]) for each in COMMANDS))


def metrics() -> str:
    """Write one row a metric."""
    rows = ((f"`{each.name}`", ", ".join(f"`{label}`" for label in each.labels), each.meaning) for each in METRICS)
    return _table(("metric", "labels", "what it is"), rows)


def help_pages() -> str:
    """Write every command's explanation, examples, arguments and options."""
    return "\n\n".join(_help_page(command) for command in COMMANDS)


def _help_page(command: Command) -> str:
    page = imported(command)
    rows = [(f"`{_written_as(parameter)}`", parameter.help or "") for parameter in page.params if _is_ours(parameter)]
    options = f"\n\n{_table(('argument or option', 'what it is'), rows)}" if rows else ""
    return f"## `deltanews {command.name}`\n\n{inspect.cleandoc(page.help or '')}{options}"


def _is_ours(parameter: object) -> TypeGuard[TyperArgument | TyperOption]:
    return isinstance(parameter, TyperArgument | TyperOption) and parameter.name != "help"


def _written_as(parameter: TyperArgument | TyperOption) -> str:
    if isinstance(parameter, TyperArgument):
        return parameter.metavar or (parameter.name or "").upper()
    return " / ".join([*parameter.opts, *parameter.secondary_opts])


def decisions() -> str:
    """Write one line a record, by its heading."""
    records = sorted((REPOSITORY / "docs/decisions").glob("[0-9]*.md"))
    titles = ((path, path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")) for path in records)
    return "\n".join(f"- [{title}](decisions/{path.name})" for path, title in titles)


def settings() -> str:
    """Write one table a package: key, default, explanation."""
    heading = ("key", "default", "what it is")
    return "\n\n".join(
        _package(
            package,
            (package.__doc__ or "").splitlines()[0],
            heading,
            {key: field.description for key, field in _keys(package)},
        )
        for package in SETTINGS
    )


def settings_in_chinese() -> str:
    """Write the same for README.zh-CN.md."""
    words, heading = _chinese(), ("键", "默认值", "含义")
    return "\n\n".join(
        _package(package, words["packages"][package.table], heading, words["settings"][package.table])
        for package in SETTINGS
    )


def sources() -> str:
    """Write one row a bundled source: what it is, whether it is on and why, and what it rests on."""
    heading = ("source", "what", "province", "grades", "on", "newest evidence", "compared on", "evidence", "assumed")
    return _table(
        heading,
        (
            (
                f"`{source.name}`",
                f"[{source.title}]({source.homepage}), {source.kind.replace('_', ' ')}",
                source.province,
                f"{source.grade} / {source.page_grade}",
                f"on: {source.enabled_because}" if source.enabled else f"off: {source.disabled_because}",
                source.newest_evidence + (", older than a year" * source.has_old_evidence(source.verified_on)),
                source.verified_on.isoformat(),
                source.evidence,
                " ".join(source.assumptions),
            )
            for source in load_sources().values()
        ),
    )


def _package(
    package: type[PackageSettings], introduction: str, heading: Sequence[str], words: Mapping[str, str | None]
) -> str:
    rows = ((f"`{key}`", _written(field.default), words[key] or "") for key, field in _keys(package))
    return f"### `[{package.table}]` · `{package.variable('…')}`\n\n{introduction}\n\n{_table(heading, rows)}"


def _keys(package: type[PackageSettings]) -> Iterable[tuple[str, FieldInfo]]:
    return package.model_fields.items()


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


def _chinese() -> dict[str, Any]:
    return tomllib.loads((REPOSITORY / "docs/zh.toml").read_text(encoding="utf-8"))


def _written(default: Any) -> str:
    """Write a default as TOML has it, which for these kinds is JSON; a machine's own folder by its general name."""
    if default is None:
        return "–"
    if isinstance(default, Path):
        default = re.sub(r"^.*/\.local/share/", "~/.local/share/", str(default))
    return f"`{json.dumps(default, ensure_ascii=False)}`"


PARTS = {
    "commands": commands,
    "commands-zh": commands_in_chinese,
    "help": help_pages,
    "decisions": decisions,
    "metrics": metrics,
    "settings": settings,
    "settings-zh": settings_in_chinese,
    "sources": sources,
}


def filled(text: str) -> str:
    """Return a document with its generated parts as they must be now."""
    for name, write in PARTS.items():
        before, start, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        if end:
            text = f"{before}{start}{write()}\n{end}{after}"
    return text


def main() -> None:
    """Write every document again."""
    for name in DOCUMENTS:
        path = REPOSITORY / name
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write("The generated parts are current.\n")


if __name__ == "__main__":
    main()
