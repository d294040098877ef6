"""A source's turn: while one process crawls a registered domain, no other does, nor another source of this process."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from core.locks import is_held, process_lock

POLL_SECONDS = 0.2
"""How often a waiting source asks for its turn; file locks cannot wake an event loop."""

YIELD_SECONDS = 5 * POLL_SECONDS
"""How long a domain is left to others then: whoever waits has asked several times meanwhile."""


@asynccontextmanager
async def turn(
    locks: Path, domains: Iterable[str], *, delay: float, waiting: Callable[[str], None]
) -> AsyncIterator[None]:
    """Hold the locks of all domains; wait for them as long as it takes, without blocking the event loop.

    They are taken in one order everywhere, so that two sources never wait for each other. `delay` seconds pass before
    the first request: whoever held a lock may have sent its last one just now. `waiting` is told a domain in use.
    """
    async with AsyncExitStack() as held:
        for domain in sorted(set(domains)):
            lock = process_lock(locks, f"domain-{domain}")
            await _take(lock, domain, waiting)
            held.callback(lock.release)
        await asyncio.sleep(delay)
        yield


def is_any_locked(locks: Path, domains: Iterable[str]) -> bool:
    """Tell whether some process crawls one of the domains."""
    return any(is_held(locks, f"domain-{domain}") for domain in domains)


async def _take(lock: FileLock, domain: str, waiting: Callable[[str], None]) -> None:
    told = False
    while True:
        try:
            lock.acquire(blocking=False)
        except Timeout:
            if not told:
                waiting(domain)
                told = True
            await asyncio.sleep(POLL_SECONDS)
        else:
            return
