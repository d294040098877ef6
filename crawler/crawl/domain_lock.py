"""Domain locks: while one process crawls a registered domain, no other does, nor another source of this process."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from core.locks import is_held, process_lock

POLL_SECONDS = 0.2
"""How often a waiting source tries to acquire a lock; file locks cannot wake an event loop."""

YIELD_SECONDS = 5 * POLL_SECONDS
"""How long a domain is left to others on a yield: each that waits has tried several times meanwhile."""


@asynccontextmanager
async def domain_locks(
    locks: Path, domains: Iterable[str], *, delay: float, on_wait: Callable[[str], None]
) -> AsyncIterator[None]:
    """Hold the locks of all domains; wait for them as long as it takes, without blocking the event loop.

    They are acquired in one order everywhere, so that two sources never wait for each other. `delay` seconds pass
    before the first request: the previous holder may have sent its last one just now. `on_wait` is called with a domain
    that another crawl holds.
    """
    async with AsyncExitStack() as held:
        for domain in sorted(set(domains)):
            lock = process_lock(locks, f"domain-{domain}")
            await _acquire(lock, domain, on_wait)
            held.callback(lock.release)
        await asyncio.sleep(delay)
        yield


def is_any_locked(locks: Path, domains: Iterable[str]) -> bool:
    """Tell whether some process crawls one of the domains."""
    return any(is_held(locks, f"domain-{domain}") for domain in domains)


async def _acquire(lock: FileLock, domain: str, on_wait: Callable[[str], None]) -> None:
    waiting = False
    while True:
        try:
            lock.acquire(blocking=False)
        except Timeout:
            if not waiting:
                on_wait(domain)
                waiting = True
            await asyncio.sleep(POLL_SECONDS)
        else:
            return
