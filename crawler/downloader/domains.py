"""Registered domains (eTLD+1): what a site is, for politeness, whatever its subdomains."""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tldextract import TLDExtract


@cache
def _extractor() -> "TLDExtract":
    from tldextract import TLDExtract  # noqa: PLC0415 - it loads requests, and most processes ask for no domain

    # The list that comes with the package: no request leaves for it, and nothing is written.
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def registered_domain(host: str) -> str:
    """Return the registered domain of a host name: `news.jstv.com` → `jstv.com`; an address stays itself."""
    return _extractor()(host.strip(".")).top_domain_under_public_suffix or host.strip(".").lower()


def registered_domains(hosts: Iterable[str]) -> frozenset[str]:
    """Return the registered domains of a source's hosts, those that stand for subdomains (`.jstv.com`) included."""
    return frozenset(registered_domain(host) for host in hosts)


def domain_of(url: str) -> str:
    """Return the registered domain of an URL's host."""
    return registered_domain(urlsplit(url).hostname or "")
