"""One call of the command line: what the user typed in, an exit status out; a mistake becomes one line."""

import io
import os
import sys
from collections.abc import Sequence

from pydantic import ValidationError
from typer.exceptions import TyperException

from core.console import print_line
from core.errors import DeltaNewsError, system_message
from core.mistakes import plain_mistake
from deltanews.cli import program

FAILED = 1


def exit_status(words: Sequence[str]) -> int:
    """Run the command that the words name, and return 0 for done, 1 for failed, 2 for wrong use or settings."""
    _write_utf8()
    try:
        status: int = program().main([_argument(word) for word in words], prog_name="deltanews", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; Python flushes once more at exit, and needs a place to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = FAILED
    except TyperException as error:
        status = _complain(_wrong_use(error), error.exit_code)
    except DeltaNewsError as error:
        status = _complain(str(error), error.exit_status)
    except OSError as error:  # a disk, a folder, a lock that others hold: the message says which
        status = _complain(system_message(error), FAILED)
    return status


def _write_utf8() -> None:
    """Write UTF-8 into pipes and files whatever the locale; a terminal shows a mark where it lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # not where a test or an embedder has put something else
            stream.reconfigure(errors="replace", encoding=None if stream.isatty() else "utf-8")


def _argument(word: str) -> str:
    """Return a word of the command line as text: its bytes are UTF-8 in every locale, and what is none is left out.

    The name of a file that is there stays what it is, whatever its bytes.
    """
    try:
        word.encode()
    except UnicodeEncodeError:
        return word if os.path.lexists(word) else os.fsencode(word).decode("utf-8", "ignore")
    return word


def _wrong_use(error: TyperException) -> str:
    """Return what is wrong with the command line, in plain words, and where to read what is right."""
    message = error.format_message()
    if isinstance(error.__cause__, ValidationError):  # a value that does not fit: typer hands on pydantic's words
        option = message.removeprefix("Invalid value for ").partition(": ")[0].replace("'", "")
        return f"{option}: {plain_mistake(error.__cause__.errors()[0]).rstrip('.')}"
    if message.startswith("No such option: ") and not message.isascii():
        return f"{message}; a query that begins with - goes behind --, as in: deltanews search -- -广告"
    context = getattr(error, "ctx", None)
    return f"{message.rstrip('.')} (see {context.command_path} --help)" if context and message else message


def _complain(message: str, status: int) -> int:
    if message:  # a group called without a command prints its help and has nothing to add
        print_line(f"deltanews: {' '.join(message.split())}", stderr=True)
    return status
