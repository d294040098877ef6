"""Run the command line: `deltanews` and `python -m deltanews`."""

import gc
import sys

from deltanews.interruption import INTERRUPTED, ended_by_interrupt
from deltanews.streams import open_closed_streams

GARBAGE = 20_000
"""Objects that come to be, beyond those that go, until reference cycles are looked for. Python's own 700 have it walk
all that the libraries and a file of articles consist of again and again: a tenth of a command's processor time."""


def main() -> None:
    """Run the command line and exit: 0 done, 1 failed, 2 wrong use or settings, 130 interrupted."""
    open_closed_streams()
    gc.set_threshold(GARBAGE)
    try:
        with ended_by_interrupt():
            from deltanews.invocation import exit_status  # noqa: PLC0415 - a second in which Ctrl-C is heard

        status = exit_status(sys.argv[1:])
    except KeyboardInterrupt:
        status = INTERRUPTED
    sys.exit(status)


if __name__ == "__main__":
    main()
