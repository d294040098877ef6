"""The time as a test sets it, for the processes that it starts: it stands still until the test lets it pass."""

from datetime import datetime, timedelta
from pathlib import Path

START = 1000.0
"""What the steady clock shows at first; the machine started that many seconds ago."""


class TimeOfTheTest:
    """Both clocks of `core.clock`, in the file that `path` names."""

    def __init__(self, path: Path, now: datetime) -> None:
        self.path = path
        self.steady = START
        self.now = now
        self._write()

    def passes(self, span: timedelta) -> None:
        """Let both clocks go on."""
        self.steady += span.total_seconds()
        self.now += span
        self._write()

    def is_set(self, step: timedelta) -> None:
        """Set the wall clock back or forth; no time passes."""
        self.now += step
        self._write()

    def _write(self) -> None:
        new = self.path.with_suffix(".new")
        new.write_text(f"{self.steady!r} {self.now.timestamp()!r}", encoding="ascii")
        new.replace(self.path)  # whoever reads sees the old time or the new one
