"""Run as a program: run commands of `deltanews` one after another, each in a fork, on terminals and into pipes.

It reads a JSON object a line, `{"words": [...], "columns": 80}`, and answers with one, `{"shown": "...", "status": 0}`.
`columns` of null is a pipe. A fork costs milliseconds, where a start of Python and its libraries costs seconds.
"""

import json
import os
import pty
import re
import sys
import termios
from contextlib import suppress
from importlib import import_module

from deltanews.__main__ import main
from deltanews.command_table import COMMANDS

STYLES = re.compile(r"\x1b\[[0-9;]*m")


def shown_by(words: list[str], columns: int | None) -> tuple[str, int]:
    """Run one command; return what its standard output got, without styles, and its exit status."""
    reader, writer = os.pipe() if columns is None else pty.openpty()
    if columns is not None:
        termios.tcsetwinsize(writer, (24, columns))
    child = os.fork()
    if child == 0:
        os.dup2(writer, 1)
        os.close(reader)
        os.close(writer)
        os.environ |= {"COLUMNS": str(columns)} if columns is not None else {}
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as the process
        sys.argv = ["deltanews", *words]
        try:
            main()
        except SystemExit as ended:
            sys.stdout.flush()
            os._exit(int(ended.code or 0))  # an exit in good order would take apart all that was loaded
    os.close(writer)
    shown = b""
    with suppress(OSError):  # a terminal whose last writer is gone
        while part := os.read(reader, 65536):
            shown += part
    os.close(reader)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return STYLES.sub("", shown.decode()).replace("\r\n", "\n"), status


if __name__ == "__main__":
    for command in COMMANDS:
        import_module(command.target.partition(":")[0])
    for line in sys.stdin:
        text, status = shown_by(**json.loads(line))
        print(json.dumps({"shown": text, "status": status}), flush=True)
