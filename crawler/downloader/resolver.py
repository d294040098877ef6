"""Name resolution that refuses private addresses at connect time, whatever a name's owner lets it point to."""

import asyncio
import socket
from collections.abc import Sequence
from typing import Self

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawler.addresses import is_public_address

TRUSTED_HOSTS = "DELTANEWS_TRUSTED_HOSTS"
"""Scrapy setting: host names that may have private addresses (the proxy, hosts of sources marked private)."""


async def are_names_answered(name: str) -> bool:
    """Ask for a name that could not be resolved once more, and tell whether a name server answers at all.

    Twisted does not say why a name was not resolved: because there is no such name, or because nobody was reached.
    """
    try:
        await asyncio.get_running_loop().getaddrinfo(name, None)
    except socket.gaierror as error:
        return error.errno != socket.EAI_AGAIN
    return True


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver, less every answer that is not an address of the public internet."""

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float, trusted: frozenset[str]) -> None:
        super().__init__(reactor, cache_size, timeout)
        self._trusted = trusted

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Build the resolver from Scrapy's settings."""
        settings = crawler.settings
        return cls(
            reactor,
            settings.getint("DNSCACHE_SIZE"),
            settings.getfloat("DNS_TIMEOUT"),
            frozenset(settings.getlist(TRUSTED_HOSTS)),
        )

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> "Deferred[str]":  # noqa: N802 - Twisted's name
        """Resolve a name; DNSLookupError where its address is private and the name is not trusted."""
        answer = super().getHostByName(name, timeout)
        return answer if name in self._trusted else answer.addCallback(_public, name)


def _public(address: str, name: str) -> str:
    if not is_public_address(address):
        raise DNSLookupError(f"{name} points to {address}, which is no public address")
    return address
