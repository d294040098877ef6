"""Run as a program: run commands, each in a fork, and kill one with SIGKILL at its n-th step that the disk sees.

It reads a JSON object a line, `{"words": [...], "variables": {...}, "at": 7}`, and answers with one:
`{"status": -9, "steps": 7}`. A step is a commit, or a file of the archive or its back-up that is opened, renamed or
removed.
"""

import json
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from deltanews.__main__ import main

MODULES = ("archive.commands.backup", "indexer.commands.forget", "indexer.commands.restore")
"""Of the commands; a start of Python and its libraries costs seconds, a fork does not."""

STEPS = {"open", "os.rename", "os.remove", "sqlite3.connect"}


def run(words: list[str], variables: dict[str, str], at: int | None) -> dict[str, int]:
    """Run one command; return its exit status and how many steps it came to make."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.environ |= variables
        folder = str(Path(variables["DELTANEWS_ARCHIVE_DIRECTORY"]).parent)
        made = 0

        def step() -> None:
            nonlocal made
            made += 1
            os.write(writer, b".")
            if made == at:
                os.kill(os.getpid(), signal.SIGKILL)

        def heard(name: str, arguments: tuple[Any, ...]) -> None:
            if name in STEPS and str(arguments[0]).startswith(folder) and "/locks/" not in str(arguments[0]):
                step()

        sys.addaudithook(heard)
        event.listen(Engine, "commit", lambda _connection: step())
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        sys.argv = ["deltanews", *words]
        main()
    os.close(writer)
    steps = 0
    while dots := os.read(reader, 4096):
        steps += len(dots)
    os.close(reader)
    return {"status": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), "steps": steps}


if __name__ == "__main__":
    for module in MODULES:
        import_module(module)
    for line in sys.stdin:
        print(json.dumps(run(**json.loads(line))), flush=True)
