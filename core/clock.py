"""The clock: what time it is, and how much of it has passed. Only this file asks the operating system.

A wall clock is set back and forth (NTP, a person, a machine that starts without a battery); an interval that must be
kept is measured on the steady clock, which never jumps. It counts the time that the machine was suspended too, and is
the same for every process since the machine started.
"""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

TEST_VARIABLE = "_DELTANEWS_TEST_CLOCK"
"""Names a file with two numbers, the steady clock's seconds and the wall clock's seconds since 1970; time stands still
until a test writes others. For tests alone; child processes inherit it."""

STALLED = 0.5
"""Seconds between two readings of the steady clock from which on what was read between them is of no known time."""

_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # the latter stops while a Linux machine is suspended


class Clock:
    """The machine's two clocks."""

    poll_seconds = 5.0
    """How long a process that waits for a time may go without reading the clock."""

    def now(self) -> datetime:
        """Return the present time in UTC, as the wall clock has it."""
        return datetime.now(UTC)

    def steady(self) -> float:
        """Return seconds since the machine started."""
        return time.clock_gettime(_STEADY)

    def apart(self) -> float:
        """Return the wall clock's seconds since 1970 less the steady clock's, both read at one time.

        A process that is held up between the two readings, on a busy machine or one that was suspended, reads again.
        """
        while True:
            before, now, after = self.steady(), self.now().timestamp(), self.steady()
            if after - before < STALLED:
                return now - before

    def time_at(self, steady: float) -> datetime:
        """Return the time at which the steady clock shows these seconds, if nobody sets the wall clock until then."""
        return datetime.fromtimestamp(self.apart() + steady, UTC)


class FileClock(Clock):
    """Both clocks as a test wrote them into a file."""

    poll_seconds = 0.2

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        """Return the file's second number as a time."""
        return datetime.fromtimestamp(self._read()[1], UTC)

    def steady(self) -> float:
        """Return the file's first number."""
        return self._read()[0]

    def apart(self) -> float:
        """Return the file's second number less its first, as one reading."""
        steady, wall = self._read()
        return wall - steady

    def _read(self) -> tuple[float, float]:
        steady, wall = self._path.read_text(encoding="ascii").split()
        return float(steady), float(wall)


def system_clock() -> Clock:
    """Return the machine's clock; under a test that sets the time, that test's."""
    path = os.environ.get(TEST_VARIABLE)
    return FileClock(Path(path)) if path else Clock()


CLOCK = system_clock()
"""The clock of this process."""
