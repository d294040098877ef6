"""The service as a process of its own, watched by what it logs."""

import json
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from tests.deadline import DEADLINE, wait_until
from tests.product import Product


class RunningService:
    """`deltanews run` of a product; killed at the end of the block, should it still live."""

    def __init__(self, product: Product) -> None:
        self.process: subprocess.Popen[str] = product.start("run")
        self.lines: list[str] = []
        """All that it said on stderr."""
        self.events: list[dict[str, Any]] = []
        """What it logged; whatever else it said is no event."""
        self._news = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.process.kill()
        self.process.communicate()

    def matching(self, event: str, **fields: object) -> list[dict[str, Any]]:
        return [each for each in self.events if {"event": event, **fields}.items() <= each.items()]

    def wait_for(self, event: str, *, times: int = 1, **fields: object) -> dict[str, Any]:
        """Wait until it has logged an event so many times, and return the last of them."""
        with self._news:
            done = self._news.wait_for(lambda: len(self.matching(event, **fields)) >= times, DEADLINE)
        told = "\n".join(self.lines)
        assert done, f"no {event} {fields} in {DEADLINE:.0f} s; it said:\n{told}"
        return self.matching(event, **fields)[times - 1]

    def wait_until(self, condition: Callable[[], object]) -> None:
        """Wait for something that it does not log."""
        try:
            wait_until(condition, "what the service should have done")
        except AssertionError as error:
            error.add_note("\n".join(self.lines))
            raise

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal, wait for the end and return the exit status."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        status = self.process.wait(DEADLINE)
        self._reader.join(DEADLINE)
        return status

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            with self._news:
                self.lines.append(line.rstrip("\n"))
                if line.startswith("{"):
                    self.events.append(json.loads(line))
                self._news.notify_all()


def processes_of(product: Product) -> list[str]:
    """Return the command lines of all processes that work with the product's settings."""
    mark = f"DELTANEWS_CONFIG={product.folder / 'deltanews.toml'}\0".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue  # it ended meanwhile, or is another user's
    return found


def wait_until_alone(product: Product) -> None:
    """Wait until no process works with the product's settings."""
    wait_until(lambda: not processes_of(product), "the service's processes end")
