"""A terminal of a given width, and what a command shows there."""

import os
import pty
import re
import subprocess
import sys
import termios
from contextlib import suppress


def on_a_terminal(columns: int, *arguments: str) -> str:
    """Run the command line with a terminal of so many columns for its output; return what that got, without styles."""
    reader, writer = pty.openpty()
    termios.tcsetwinsize(writer, (24, columns))
    environment = os.environ | {"COLUMNS": str(columns)}
    process = subprocess.Popen([sys.executable, "-m", "deltanews", *arguments], stdout=writer, env=environment)
    os.close(writer)
    shown = b""
    with suppress(OSError):  # a terminal whose last writer is gone
        while part := os.read(reader, 65536):
            shown += part
    os.close(reader)
    assert process.wait() == 0
    return re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).replace("\r\n", "\n")
