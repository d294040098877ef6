"""Keeper: a child process that is to live as long as the service; one that dies is started again."""

import threading
import time

from core.log import get_logger
from scheduler.children import Children

log = get_logger("scheduler.keeper")

LONGEST_PAUSE = 300.0
"""Seconds before a further start at most; the first pause is a second, each further one twice as long."""
STEADY = 60.0
"""Seconds after which a child that dies counts as one that had worked: the pauses begin anew."""


class Keeper:
    """Keeps one child process alive, in a thread that waits for its end."""

    def __init__(self, name: str, module: str, *, grace: float) -> None:
        """`name` is what the log calls it; `module` is what it runs, as `web.child`."""
        self._name, self._grace = name, grace
        self._children = Children(module)
        self._renewed = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=f"keeper of {name}", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def renew(self) -> None:
        """Have the child end and a new one start at once, which reads the settings anew."""
        self._renewed.set()
        self._children.end((self._name,), self._grace)

    def stop(self) -> None:
        """Ask the child to end, kill it where it has not within its grace time, and start no other."""
        self._stopped.set()
        self._renewed.set()
        self._children.stop(self._grace)
        if self._thread.is_alive():
            self._thread.join()

    def _keep(self) -> None:
        failures = 0
        while not self._stopped.is_set():
            self._renewed.clear()
            started = time.monotonic()
            self._children.run((self._name,))
            if self._stopped.is_set():
                return
            if self._renewed.is_set():
                failures = 0
                continue
            failures = 0 if time.monotonic() - started > STEADY else failures
            pause = min(2.0**failures, LONGEST_PAUSE)
            failures += 1
            log.warning("it is started again", job=self._name, after_seconds=pause)
            self._renewed.wait(pause)
