"""Connectivity: whether a crawl of several sources reaches anything at all, or the network or the proxy is down.

One dead site says nothing of the others. Where every source of a crawl has met silence and none an answer, it is not
the sites: the crawl ends at once, with one reason, in place of every source's retries. So it does, even of one source,
where the failure itself is not the site's: the proxy is silent, or no name server answers.
"""

import asyncio
from collections.abc import Iterable

from core.settings import masked
from crawler.downloader.failures import Blame

MIN_SOURCES = 3
"""Sources from which silence everywhere is taken for the network's; of fewer, all sites may well be down."""


class Connectivity:
    """Shared by the spiders of one process."""

    def __init__(self, proxy: str | None = None) -> None:
        self._proxy = proxy
        self._expected: dict[str, frozenset[str]] = {}
        self._count = 0
        self._silent: dict[str, str] = {}
        self._blamed: set[Blame] = set()
        self._answered = False
        self._down = asyncio.Event()

    def expect(self, source: str, domains: Iterable[str]) -> None:
        """Take note of a source that will be crawled, and of its registered domains."""
        self._expected[source] = frozenset(domains)
        self._count += 1

    def forget(self, source: str) -> None:
        """Take note that a source's crawl has ended."""
        self._expected.pop(source, None)
        self._decide()

    def record_response(self) -> None:
        """Take note that some site has answered, whatever it was."""
        self._answered = True

    def record_no_response(self, domain: str, reason: str, against: Blame) -> None:
        """Take note that a request to a registered domain failed without an answer, and whom that speaks against."""
        self._silent.setdefault(domain, reason)
        self._blamed.add(against)
        self._decide()

    @property
    def down_reason(self) -> str | None:
        """Why nothing more needs to be requested, in one line for the user, or None."""
        if not self._down.is_set():
            return None
        reason = next(iter(self._silent.values()))
        if self._proxy:
            return f"nothing could be reached through the proxy {masked(self._proxy)} ([crawler] proxy): {reason}"
        return f"nothing could be reached: {reason}; check the network, or set [crawler] proxy where one is needed"

    async def wait(self, seconds: float) -> None:
        """Wait for so many seconds, or until it is known that nothing can be reached."""
        try:
            await asyncio.wait_for(self._down.wait(), seconds)
        except TimeoutError:
            return

    def _decide(self) -> None:
        silent = self._silent.keys()
        of_all = bool(silent) and all(domains & silent for domains in self._expected.values())
        not_the_sites = self._count >= MIN_SOURCES or Blame.NAME_SERVERS in self._blamed
        if not self._answered and (Blame.PROXY in self._blamed or (of_all and not_the_sites)):
            self._down.set()
