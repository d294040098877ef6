"""Source files and replica fit: the lists of a section lead to the oracle's articles of it, and to none beyond it."""

import pytest
import urllib3

from crawler.discovery.list_reader import read_list
from crawler.discovery.list_requests import day_before, may_be_missing, start_requests
from crawler.discovery.model import FoundLink
from crawler.sources.loader import load_sources
from crawler.sources.model import Section, Source
from tests.discovery.list_pages import answer
from tests.replica import SOURCES, Replica
from tests.replica.corpus import BEIJING

ALL = load_sources(folders=[SOURCES])
CRAWLED = {name: source for name, source in ALL.items() if name != "cztv"}  # cztv's pages need a browser


def links_of(source: Source, section: Section, client: urllib3.ProxyManager) -> list[FoundLink]:
    """Read a section's lists to their end, as far as the source file lets them be read."""
    links: list[FoundLink] = []
    waiting = list(start_requests(section))
    while waiting:
        request = waiting.pop()
        if before := day_before(section, request):
            waiting.append(before)
        headers = {"Content-Type": request.content_type, **request.headers}
        response = client.request(request.method, request.url, body=request.body or None, headers=headers)
        if response.status == 404:
            assert may_be_missing(request), f"{request.url}: only past the last page, or of today"
            continue
        page = read_list(source, section, request, answer(request.url, response.data, response.headers["Content-Type"]))
        assert not page.problems
        links += page.links
        waiting += page.more
    return links


@pytest.mark.parametrize("source", CRAWLED.values(), ids=CRAWLED)
def test_lists_reach_every_article_and_no_other(source: Source, replica: Replica, client: urllib3.ProxyManager) -> None:
    oracle = {article.canonical_url: article for article in replica.articles(source.name)}
    reached: set[str] = set()
    for section in source.sections:
        links = links_of(source, section, client)
        found = {source.canonical_url(link.url) for link in links}
        own = {url for url, article in oracle.items() if article.section == section.name}
        assert own <= found, section.name
        reached |= found
        for link in links:
            article = oracle[source.canonical_url(link.url)]
            if link.listed_at:
                assert link.listed_at.astimezone(BEIJING).date() == article.published_at.date()
    assert reached == set(oracle)


@pytest.mark.parametrize("source", ALL.values(), ids=ALL)
def test_addresses_are_what_the_source_file_says(source: Source, replica: Replica) -> None:
    for article in [*replica.articles(), *replica.unlisted()]:
        if article.source == source.name:
            assert source.is_article(article.url), article.url
            assert source.canonical_url(article.url) == article.canonical_url
            assert source.canonical_url(article.canonical_url) == article.canonical_url


def test_every_shipped_source_is_played(replica: Replica) -> None:
    played = {article.source for article in [*replica.articles(), *replica.unlisted()]}
    assert played == set(ALL)
