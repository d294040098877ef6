"""Standard streams that the caller closed (`>&-`), opened onto nothing before anything else takes their numbers."""

import os
import sys


def open_closed_streams() -> None:
    """Give each closed standard stream a place: else a database gets its number, and whatever is printed fails."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            if descriptor != number:
                os.dup2(descriptor, number)
                os.close(descriptor)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))
