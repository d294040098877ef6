"""How long a test waits for an event before it gives up: one figure for all of them.

No test asserts a time. What waits, waits for an event, and DEADLINE only ends what hangs; it is far more than a slow
or busy machine needs. The environment variable TEST_PATIENCE multiplies it: TEST_PATIENCE=4 make test.
"""

import os
import time
from collections.abc import Callable

PATIENCE = float(os.environ.get("TEST_PATIENCE", "1"))
DEADLINE = 600 * PATIENCE
"""Seconds for one event: a process that ends, a node that answers, a line in a log."""
TEST_LIMIT = 3 * DEADLINE
"""Seconds for a whole test, after which pytest-timeout ends it."""
DRILL_LIMIT = 24 * DEADLINE
"""Seconds for a whole drill of `tests/drills/`."""
PAUSE = 0.02
"""Seconds between two looks at what tells nobody that it has changed."""


def wait_until(happened: Callable[[], object], what: str) -> None:
    """Look until something has happened; AssertionError with `what` where it never does."""
    end = time.monotonic() + DEADLINE
    while not happened():
        assert time.monotonic() < end, f"waited {DEADLINE:.0f} s in vain: {what}"
        time.sleep(PAUSE)
