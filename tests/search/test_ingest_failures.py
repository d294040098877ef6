"""Writing to a real Elasticsearch through a network that fails: nothing lost, nothing twice, no version goes back."""

import socket
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.search.elasticsearch.bulk import BulkLimits
from indexer.search.elasticsearch.index import ElasticsearchIndex
from indexer.search.elasticsearch.schema import index_name
from indexer.search.index import IndexUnavailableError, SearchRequest
from indexer.search.query.parser import parse_query
from tests.deadline import DEADLINE, PATIENCE
from tests.search.corpus import story
from tests.search.faulty_proxy import Fault, FaultyProxy
from tests.search.ingest import AT, made, open_index, revisions

OpenThrough = Callable[..., ElasticsearchIndex]


@pytest.fixture
def proxy(elasticsearch_url: str) -> Iterator[FaultyProxy]:
    proxy = FaultyProxy(elasticsearch_url)
    yield proxy
    proxy.close()


@pytest.fixture
def cluster(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_url, request_timeout=DEADLINE) as client:
        yield client


@pytest.fixture
def open_through(cluster: Elasticsearch) -> Iterator[OpenThrough]:
    """Open a new index through a proxy; removed at the end."""
    aliases: list[str] = []

    def open_new(proxy: FaultyProxy, **changes: Any) -> ElasticsearchIndex:
        alias = f"test-{uuid.uuid4().hex}"
        aliases.append(alias)
        return open_index(proxy.url, alias, **changes)

    yield open_new
    for alias in aliases:
        cluster.indices.delete(index=index_name(alias), ignore_unavailable=True)
        cluster.indices.delete_index_template(name=alias)


@pytest.mark.parametrize(
    "fault", [fault for fault in Fault if fault not in {Fault.NONE, Fault.REFUSED, Fault.BUSY_ITEMS}]
)
def test_a_fault_in_the_middle_of_a_batch(open_through: OpenThrough, proxy: FaultyProxy, fault: Fault) -> None:
    hanging = {"elasticsearch_request_seconds": 10.0 * PATIENCE} if fault is Fault.HANG else {}
    index = open_through(proxy, **hanging)
    proxy.faults.extend([Fault.NONE, fault, fault, Fault.NONE])
    report = index.write(made(60, revision=4))
    assert report.acknowledged == {f"s{number}": 4 for number in range(60)}
    assert (report.refused, report.stale) == ({}, set())
    # a conflict is settled by asking which version is held; every other fault is sent again
    assert len(proxy.bulks) == (3 if fault is Fault.OTHER_WORDS else 5)
    assert revisions(index) == report.acknowledged


def test_stories_that_the_server_has_no_room_for_are_sent_again_and_the_others_are_not(
    open_through: OpenThrough, proxy: FaultyProxy
) -> None:
    index = open_through(proxy)
    proxy.faults.extend([Fault.BUSY_ITEMS, Fault.BUSY_ITEMS])
    report = index.write(made(20, revision=4))
    assert report.acknowledged == {f"s{number}": 4 for number in range(20)}
    assert (report.refused, report.stale) == ({}, set()), "a story that was written is not sent again"
    assert sorted(proxy.bulks, reverse=True) == proxy.bulks
    assert len(proxy.bulks) == 3
    assert revisions(index) == report.acknowledged


def test_the_waits_between_the_tries_are_random_below_a_bound_that_doubles(
    open_through: OpenThrough, proxy: FaultyProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is asked of the system is looked at, and slept: how long it takes is the machine's affair."""
    index = open_through(proxy)
    asked: list[float] = []
    sleep = time.sleep

    def noting(seconds: float) -> None:
        asked.append(seconds)
        sleep(seconds)

    monkeypatch.setattr(time, "sleep", noting)
    rounds = []
    for revision in range(1, 6):
        asked.clear()
        proxy.faults.extend([Fault.BUSY_ITEMS] * 3)
        assert len(index.write(made(16, revision)).acknowledged) == 16
        rounds.append(tuple(asked))
    assert all(0 <= wait <= bound for waits in rounds for wait, bound in zip(waits, (0.1, 0.2, 0.4), strict=True))
    assert len(set(rounds)) == len(rounds)
    assert len(proxy.bulks) == 5 * 4, "one layer tries again, and once each time"


def test_a_refusal_that_is_not_elasticsearch_s_is_no_story_s_fault(
    open_through: OpenThrough, proxy: FaultyProxy
) -> None:
    index = open_through(proxy)
    proxy.faults.append(Fault.REFUSED)
    with pytest.raises(IndexUnavailableError, match="400"):
        index.write(made(20))
    assert len(index.write(made(20)).acknowledged) == 20


def test_the_revision_that_is_held_is_asked_for_and_not_read_out_of_prose(
    open_through: OpenThrough, proxy: FaultyProxy
) -> None:
    index = open_through(proxy)
    index.write(made(10, revision=7))
    proxy.faults.append(Fault.OTHER_WORDS)
    report = index.write(made(12, revision=4))
    assert report.stale == {f"s{number}" for number in range(10)}
    assert report.acknowledged == {f"s{number}": 7 for number in range(10)} | {"s10": 4, "s11": 4}
    assert revisions(index) == report.acknowledged


def test_a_story_that_conflicts_with_a_deletion_is_not_taken_for_written(
    open_through: OpenThrough, proxy: FaultyProxy, cluster: Elasticsearch
) -> None:
    index = open_through(proxy, elasticsearch_retry_seconds=0.3)
    (name,) = cluster.indices.get_alias(name=index.alias).body
    index.write(made(1, revision=7))
    cluster.delete(index=name, id="s0", version=8, version_type="external")
    with pytest.raises(IndexUnavailableError):
        index.write(made(1, revision=4))
    assert index.write(made(1, revision=9)).acknowledged == {"s0": 9}


def test_one_host_of_several_that_is_down_holds_up_nothing(open_through: OpenThrough, proxy: FaultyProxy) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{free.getsockname()[1]}"
    index = open_through(proxy, elasticsearch_hosts=(dead, proxy.url))
    assert len(index.write(made(100)).acknowledged) == 100
    index.refresh()
    assert index.search(SearchRequest(parse_query("长三角"), limit=1)).total == 100


def test_faults_that_do_not_end_are_told_and_the_batch_can_be_written_again(
    open_through: OpenThrough, proxy: FaultyProxy
) -> None:
    index = open_through(proxy, elasticsearch_retry_seconds=0.3)
    proxy.faults.extend([Fault.NONE, *[Fault.LOSE_ANSWER] * 50])
    with pytest.raises(IndexUnavailableError):
        index.write(made(60))
    proxy.faults.clear()
    assert len(index.write(made(60)).acknowledged) == 60
    assert revisions(index) == {f"s{number}": 1 for number in range(60)}


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    batches=st.lists(
        st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), min_size=1, max_size=50), min_size=1, max_size=4
    ),
    faults=st.lists(
        st.sampled_from([fault for fault in Fault if fault not in {Fault.HANG, Fault.REFUSED}]), max_size=4
    ),
)
def test_any_faults_in_any_order_leave_every_story_at_its_newest_revision(
    open_through: OpenThrough, proxy: FaultyProxy, batches: list[list[tuple[int, int]]], faults: list[Fault]
) -> None:
    index = open_through(proxy)
    proxy.faults.clear()
    proxy.faults.extend(faults)
    expected: dict[str, int] = {}
    for batch in batches:
        report = index.write([story(f"s{name}", "smg", AT, "题", "文", revision=number) for name, number in batch])
        for name, number in batch:
            expected[f"s{name}"] = max(expected.get(f"s{name}", 0), number)
        assert {name: expected[name] for name in report.acknowledged} == report.acknowledged
    assert revisions(index) == expected


def test_a_body_too_large_is_split_and_a_story_too_large_is_refused(
    open_through: OpenThrough, proxy: FaultyProxy
) -> None:
    index = open_through(proxy, limits=BulkLimits(documents=100))
    proxy.max_body = 20_000
    stories = [*made(100), story("large", "smg", AT, "大", "长" * 10_000)]
    report = index.write(stories)
    assert set(report.refused) == {"large"}
    assert "413" in report.refused["large"]
    assert len(report.acknowledged) == 100
    sent = len(proxy.bulks)
    index.write(made(100, revision=2))
    assert all(size <= proxy.max_body for size in proxy.bulks[sent:]), "what was too large once is not tried again"
    assert revisions(index) == {f"s{number}": 2 for number in range(100)}


def test_bulk_requests_are_bounded_by_bytes(open_through: OpenThrough, proxy: FaultyProxy) -> None:
    index = open_through(proxy, limits=BulkLimits(documents=1_000, bytes=30_000))
    assert len(index.write(made(300)).acknowledged) == 300
    assert len(proxy.bulks) > 3
    assert max(proxy.bulks) <= 30_000


def test_one_story_that_the_server_refuses_does_not_hold_up_the_rest(
    open_through: OpenThrough, proxy: FaultyProxy
) -> None:
    index = open_through(proxy)
    unfit = story("unfit", "smg", AT, "题", "文", score=1e300)
    nameless = story("n" * 600, "smg", AT, "题", "文")  # a server refuses the whole request for it
    report = index.write([*made(10), unfit, nameless, *made(30)[10:]])
    assert set(report.refused) == {"unfit", nameless.story_id}
    assert "score" in report.refused["unfit"]
    assert len(report.acknowledged) == 30
    assert len(revisions(index)) == 30


@pytest.mark.parametrize(
    ("block", "says"),
    [("index.blocks.read_only_allow_delete", "free disk space"), ("index.blocks.write", "blocked")],
)
def test_a_block_stops_at_once_and_its_end_lets_the_batch_through(
    open_through: OpenThrough, proxy: FaultyProxy, cluster: Elasticsearch, block: str, says: str
) -> None:
    index = open_through(proxy)
    (name,) = cluster.indices.get_alias(name=index.alias).body
    cluster.indices.put_settings(index=name, settings={block: True})
    with pytest.raises(IndexUnavailableError, match=says):
        index.write(made(5))
    assert len(proxy.bulks) == 1
    cluster.indices.put_settings(index=name, settings={block: None})
    assert len(index.write(made(5)).acknowledged) == 5


def test_an_index_that_vanished_is_told_and_not_made_up_by_the_server(
    open_through: OpenThrough, proxy: FaultyProxy, cluster: Elasticsearch
) -> None:
    index = open_through(proxy)
    cluster.indices.delete(index=index_name(index.alias))
    with pytest.raises(IndexUnavailableError, match="deltanews index"):
        index.write(made(5))
    assert not cluster.indices.exists(index=index.alias)
    index.prepare()
    assert len(index.write(made(5)).acknowledged) == 5


def test_an_index_in_the_alias_s_place_is_told(proxy: FaultyProxy, cluster: Elasticsearch) -> None:
    name = f"test-{uuid.uuid4().hex}"
    cluster.indices.create(index=name)
    with pytest.raises(IndexUnavailableError, match="an index stands where the alias"):
        open_index(proxy.url, name)
    cluster.indices.delete(index=name)
