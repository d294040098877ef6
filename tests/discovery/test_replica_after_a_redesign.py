"""The shipped sources against the replica's sites after a redesign: what their lists still give."""

import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest

from crawler.discovery import read_list, start_requests
from crawler.discovery.list_reader import GUESSED
from crawler.discovery.list_requests import day_before
from crawler.sources.loader import load_sources
from crawler.sources.model import ListRequest, Section, Source
from tests.deadline import DEADLINE
from tests.discovery.list_pages import answer
from tests.replica import Kind, Replica

Fetch = Callable[[ListRequest], tuple[str, bytes, str | None] | None]

SOURCES = [source for source in load_sources(party_media=True).values() if source.enabled]
ADDRESSES_BUILT_FROM_IDS = {"shobserver", "thepaper"}
"""Their JSON holds no address: with its keys renamed nothing can be recognized any more, and that must be said."""
A_LINK_A_PAGE = {"xhrb", "ahrb"}
"""Printed papers whose pages hold one or two articles: one link alone has no shape, and that must be said."""


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica() as replica:
        yield replica


@pytest.fixture(scope="module")
def fetch(replica: Replica) -> Fetch:
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({"http": replica.proxy_url, "https": replica.proxy_url}),
        urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=str(replica.ca_file))),
    )

    def fetch_list(asked: ListRequest) -> tuple[str, bytes, str | None] | None:
        headers: dict[str, str] = {**asked.headers}
        headers |= {"Content-Type": asked.content_type} if asked.content_type else {}
        data = asked.body.encode() if asked.method == "POST" else None
        request = urllib.request.Request(asked.url, data=data, headers=headers, method=asked.method)
        try:
            with opener.open(request, timeout=DEADLINE) as response:
                return response.url, response.read(), response.headers.get("Content-Type")
        except urllib.error.HTTPError:
            return None  # a list that has no such further page

    return fetch_list


@pytest.fixture(scope="module")
def before(fetch: Fetch) -> dict[tuple[str, str], set[str]]:
    return {
        (source.name, section.name): found(fetch, source, section)[0]
        for source in SOURCES
        for section in source.sections
    }


def found(fetch: Fetch, source: Source, section: Section) -> tuple[set[str], list[str]]:
    """Return the articles of all pages of a section, and the problems."""
    waiting, articles, problems = list(start_requests(section)), set[str](), list[str]()
    while waiting:
        request = waiting.pop(0)
        if before := day_before(section, request):
            waiting.append(before)
        if fetched := fetch(request):
            page = read_list(source, section, request, answer(*fetched))
            articles |= {source.canonical_url(link.url) for link in page.links}
            problems += page.problems
            waiting += page.more
    return articles, problems


def test_every_list_of_the_replica_is_read_without_a_problem(
    fetch: Fetch, before: dict[tuple[str, str], set[str]]
) -> None:
    assert all(before.values())
    for source in SOURCES:
        for section in source.sections:
            assert found(fetch, source, section)[1] == [], f"{source.name} {section.name}"


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_with_every_class_and_key_renamed_nothing_is_lost_in_silence(
    source: Source, fetch: Fetch, replica: Replica, before: dict[tuple[str, str], set[str]]
) -> None:
    fault = replica.faults.switch_on(Kind.NEW_MARKUP)
    for section in source.sections:
        articles, problems = found(fetch, source, section)
        if source.name in ADDRESSES_BUILT_FROM_IDS and section.kind == "json":
            assert (articles, bool(problems)) == (set(), True)
        elif source.name in A_LINK_A_PAGE:
            assert articles == before[source.name, section.name] or (articles and problems)
        else:
            assert articles == before[source.name, section.name]
    replica.faults.switch_off(fault)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_with_other_addresses_articles_are_told_by_their_shape(
    source: Source, fetch: Fetch, before: dict[tuple[str, str], set[str]]
) -> None:
    moved = source.model_copy(update={"article": "no such address"})
    for section in source.sections:
        articles, problems = found(fetch, moved, section)
        assert articles >= before[source.name, section.name] or (source.name in A_LINK_A_PAGE and articles)
        assert problems[0].startswith(GUESSED)
