"""Site: what plays the hosts of one content management system."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import Newsroom
from tests.replica.publication import Publication


class Site(ABC):
    """One family of pages: gives its publications their addresses, and answers requests to its hosts."""

    sources: ClassVar[frozenset[str]]
    """Names of the sources whose publications it prints."""
    hosts: ClassVar[frozenset[str]]

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom

    @abstractmethod
    def dress(self, publication: Publication) -> Publication:
        """Give a publication its addresses, and its text the form in which this site prints it."""

    @abstractmethod
    def answer(self, request: Request) -> Answer | None:
        """Answer a request to one of the hosts; None where the site has no such page."""

    def page_at(self, canonical_url: str) -> Publication | Answer | None:
        """Return what is published there, the answer for what is gone, or None."""
        if self.newsroom.is_gone(canonical_url):
            return Answer.plain(410, "内容已下线")
        return self.newsroom.get(canonical_url)

    def listed(self, source: str, section: str | None = None) -> list[Publication]:
        """Return what a list shows, in its order."""
        return self.newsroom.of(source, section)


def serving(sites: Iterable[Site]) -> dict[str, Site]:
    """Return the sites by host; a host is played by one site only."""
    by_host: dict[str, Site] = {}
    for site in sites:
        for host in site.hosts:
            assert host not in by_host, f"{host} is played twice"
            by_host[host] = site
    return by_host
