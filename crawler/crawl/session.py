"""CrawlSession: a crawl's hold on its domains - their locks, the run that is recorded meanwhile, when to yield."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from enum import StrEnum
from time import monotonic

from archive.links import count_due_links
from archive.lists import count_pending_lists
from archive.rate_limits import limited_until, shorten_rate_limits
from archive.runs import Counts, finish_run, start_run
from archive.source_titles import store_source_titles
from crawler.crawl.crawl import Crawl
from crawler.crawl.domain_lock import YIELD_SECONDS, domain_locks
from crawler.downloader.domains import registered_domains
from crawler.downloader.failures import RateLimitedError


class SessionState(StrEnum):
    """Where a crawl stands."""

    WAITING = "waiting"
    """Another crawl holds a domain of the source."""
    CRAWLING = "crawling"
    YIELDING = "yielding"
    """It has released its domains for others, and goes on after them."""
    DONE = "done"
    FAILED = "failed"


class CrawlSession:
    """Acquired at the start, released at the end, yielded in between by a long crawl; each hold is a run of its own.

    `waiting` → `crawling` (→ `yielding` → `crawling` …) → `done` or `failed`.
    """

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._domains = registered_domains(crawl.source.hosts)
        self._locks = AsyncExitStack()
        self._run_id: int | None = None
        self._acquired_at = 0.0
        self._counts_before = Counts()
        self.state = SessionState.WAITING
        self.waiting_for = ""
        """The domain that another crawl holds, or the empty string."""

    @property
    def is_running(self) -> bool:
        """Whether the domains are held and a run is recorded."""
        return self._run_id is not None

    @property
    def is_overdue(self) -> bool:
        """Whether the domains have been held for so long that others get them first."""
        return monotonic() - self._acquired_at > self._crawl.context.settings.yield_after

    async def acquire(self) -> None:
        """Wait until no other crawl is at the source's domains, and record that a run begins.

        The crawl is stopped where a domain is rate-limited since an earlier one.
        """
        crawl = self._crawl
        context, source = crawl.context, crawl.source
        locks, delay = context.archive.locks, context.settings.delay
        await self._locks.enter_async_context(domain_locks(locks, self._domains, delay=delay, on_wait=self._on_wait))
        self._acquired_at, self._counts_before = monotonic(), replace(crawl.counts)
        crawl.incomplete.clear()  # they are counted in the run that has ended
        self.state, self.waiting_for = SessionState.CRAWLING, ""
        with context.database.write() as connection:
            self._run_id = start_run(connection, source.name, origin=crawl.options.origin, job=crawl.options.job_id)
            store_source_titles(connection, {source.name: source.title})
            shorten_rate_limits(connection)
            for domain in sorted(self._domains):
                if until := limited_until(connection, domain):
                    crawl.stop(str(RateLimitedError(domain, until, "said in an earlier crawl")))

    async def release(self, *, interrupted: bool = False) -> None:
        """Record how the run ended, and release the domains, whether it could be recorded or not."""
        run_id, self._run_id = self._run_id, None
        try:
            if run_id is not None:
                self.count_what_is_left()
                done = self._crawl.counts.less(self._counts_before)
                with self._crawl.context.database.write() as connection:
                    finish_run(connection, run_id, done, error=self._crawl.failure, interrupted=interrupted)
        finally:
            await self._locks.aclose()

    async def yield_domains(self) -> None:
        """Release the domains for those that wait for them, then acquire them again."""
        await self.release()
        self.state = SessionState.YIELDING
        await asyncio.sleep(YIELD_SECONDS)
        self._locks = AsyncExitStack()
        await self.acquire()

    async def close(self, *, interrupted: bool) -> None:
        """End the session."""
        try:
            await self.release(interrupted=interrupted)
        finally:
            self.state = SessionState.FAILED if self._crawl.failure else SessionState.DONE

    def count_what_is_left(self) -> None:
        """Count the links and list pages that are still to be fetched."""
        with self._crawl.context.database.read() as connection:
            name = self._crawl.source.name
            self._crawl.counts.left = count_due_links(connection, name) + count_pending_lists(connection, name)

    def _on_wait(self, domain: str) -> None:
        self.state, self.waiting_for = SessionState.WAITING, domain
