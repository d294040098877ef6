"""The proxy: host names of others over HTTP and TLS, kept connections, conditional requests, a stop that ends all."""

import threading
import time

import pytest
import urllib3
from urllib3.exceptions import HTTPError, SSLError

from tests.deadline import DEADLINE, wait_until
from tests.replica import Kind, Replica

LIST = "https://www.kankanews.com/k24"


def test_a_host_is_played_over_both_schemes_under_its_own_name(client: urllib3.ProxyManager) -> None:
    plain = client.request("GET", "http://news.jstv.com/jiangsu/")
    secure = client.request("GET", "https://news.jstv.com/jiangsu/")
    assert plain.status == secure.status == 200
    assert plain.data == secure.data


def test_tls_holds_only_for_those_who_trust_the_authority(replica: Replica) -> None:
    with urllib3.ProxyManager(replica.proxy_url, retries=False) as stranger, pytest.raises(SSLError):
        stranger.request("GET", LIST)


def test_a_host_that_is_not_played_is_an_error_and_recorded(replica: Replica, client: urllib3.ProxyManager) -> None:
    assert client.request("GET", "http://shlf-1314.example/detail/a1b2c3d4e5f").status == 502
    assert [record.host for record in replica.log] == ["shlf-1314.example"]


def test_many_requests_share_a_connection(client: urllib3.ProxyManager) -> None:
    for _ in range(20):
        assert client.request("GET", LIST).status == 200
    assert client.connection_from_url(LIST).num_connections == 1


def test_lists_are_conditional_and_change_with_what_is_published(
    replica: Replica, client: urllib3.ProxyManager
) -> None:
    first = client.request("GET", LIST)
    by_tag, by_date = {"If-None-Match": first.headers["ETag"]}, {"If-Modified-Since": first.headers["Last-Modified"]}
    assert [client.request("GET", LIST, headers=known).status for known in (by_tag, by_date)] == [304, 304]

    known = replica.articles("kankanews")[0]
    added = replica.publish("kankanews", "k24", "新的一条", ["今天。" * 30], replica.articles()[0].published_at)
    assert client.request("GET", LIST, headers=by_tag).status == 200
    assert added.url.rpartition("/")[2] in client.request("GET", LIST).data.decode()

    revised = replica.revise(known, paragraphs=["改过的一段。"])
    assert "改过的一段。" in client.request("GET", known.url).data.decode()
    replica.remove(revised)
    assert client.request("GET", known.url).status == 410
    assert revised not in replica.articles()


def test_the_log_tells_who_asked_what_when(replica: Replica, client: urllib3.ProxyManager) -> None:
    before = time.monotonic()
    client.request("GET", "https://www.kankanews.com/robots.txt", headers={"User-Agent": "looker"})
    answer = client.request("GET", LIST, headers={"If-None-Match": '"old"'})
    robots, page = replica.log.of("kankanews.com")
    assert robots.is_robots
    assert (robots.user_agent, robots.conditional) == ("looker", False)
    assert before <= robots.started <= robots.ended <= page.started <= page.ended <= time.monotonic()
    assert (page.method, page.url, page.status, page.bytes) == ("GET", LIST, 200, len(answer.data))
    assert page.conditional


def test_a_stop_ends_requests_that_hang(client: urllib3.ProxyManager) -> None:
    replica = Replica()
    replica.start()
    replica.faults.switch_on(Kind.HANG)
    failed = threading.Event()

    def ask() -> None:
        with urllib3.ProxyManager(replica.proxy_url, retries=False, timeout=DEADLINE) as waiting:
            try:
                waiting.request("GET", "http://news.jstv.com/jiangsu/")
            except HTTPError:
                failed.set()

    asking = threading.Thread(target=ask)
    asking.start()
    wait_until(lambda: replica.faults.hit, "the request is read")
    replica.stop()
    asking.join(timeout=DEADLINE)
    assert failed.is_set()
    assert [record.status for record in replica.log] == [0]
