# noqa: INP001 - a script beside the documents, not a package
"""Write the generated parts of the documents: commands, settings, sources. `make docs`; a test holds them current.

A generated part stands between `<!-- NAME -->` and `<!-- /NAME -->`; everything else is written by hand.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from archive.settings_file import RoomSettings
from deltanews.commands import COMMANDS
from deltanews.rooms import SETTINGS

HOUSE = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "README.zh-CN.md", "docs/settings.md")


def commands() -> str:
    """One row a command, in the order of the help page."""
    rows = [f"| `deltanews {command.words}` | {command.summary} |" for command in COMMANDS]
    return "\n".join(["| command | what it does |", "| --- | --- |", *rows])


def settings() -> str:
    """One table a room: key, default, explanation."""
    return "\n\n".join(_table(room) for room in SETTINGS)


def _table(room: type[RoomSettings]) -> str:
    rows = [
        f"| `{key}` | {_written(field.default)} | {field.description} |" for key, field in room.model_fields.items()
    ]
    heading = f"### `[{room.table}]` and `{room.variable('…')}`"
    introduction = (room.__doc__ or "").splitlines()[0]
    return "\n".join([heading, "", introduction, "", "| key | default | what it is |", "| --- | --- | --- |", *rows])


def _written(default: Any) -> str:
    """Write a default as TOML has it, which for these kinds is JSON; a machine's own folder by its general name."""
    if default is None:
        return "–"
    if isinstance(default, Path):
        default = re.sub(r"^.*/\.local/share/", "~/.local/share/", str(default))
    return f"`{json.dumps(default, ensure_ascii=False)}`"


PARTS = {"commands": commands, "settings": settings}


def filled(text: str) -> str:
    """Return a document with its generated parts as they must be now."""
    for name, write in PARTS.items():
        part = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text = part.sub(lambda found, write=write: f"{found[1]}{write()}\n{found[2]}", text)
    return text


def main() -> None:
    """Write every document anew."""
    for name in DOCUMENTS:
        path = HOUSE / name
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write("The generated parts are current.\n")


if __name__ == "__main__":
    main()
