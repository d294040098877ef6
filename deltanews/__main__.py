"""Run the command line: `deltanews` and `python -m deltanews`; a mistake becomes one line and an exit status."""

import io
import os
import sys

from typer.exceptions import TyperException

from core.console import print_line
from core.errors import DeltaNewsError
from deltanews.cli import program

FAILED = 1
INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit: 0 done, 1 failed, 2 wrong use or settings, 130 interrupted."""
    _write_utf8()
    try:
        status = program().main(
            [_argument(word) for word in sys.argv[1:]], prog_name="deltanews", standalone_mode=False
        )
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; Python flushes once more at exit, and needs a place to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = FAILED
    except TyperException as error:
        status = _complain(_with_hint(error.format_message()), error.exit_code)
    except DeltaNewsError as error:
        status = _complain(str(error), error.exit_status)
    except OSError as error:  # a disk, a folder, a lock that others hold: the message says which
        status = _complain(str(error), FAILED)
    sys.exit(status)


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


def _with_hint(message: str) -> str:
    """Return a message about the command line; where a word of a query was taken for an option, with a hint."""
    if message.startswith("No such option: ") and not message.isascii():
        return f"{message}; a query that begins with - goes behind --, as in: deltanews search -- -广告"
    return message


def _complain(message: str, status: int) -> int:
    if message:  # a group called without a command prints its help and has nothing to add
        print_line(f"deltanews: {' '.join(message.split())}", stderr=True)
    return status


if __name__ == "__main__":
    main()
