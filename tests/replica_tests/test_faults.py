"""Each fault, as a client sees it."""

import gzip
import socket
from urllib.parse import urlsplit

import pytest
import urllib3
from urllib3.exceptions import HTTPError, ReadTimeoutError

from tests.deadline import DEADLINE
from tests.replica import Fault, Kind, Replica

PAGE = "http://news.jstv.com/jiangsu/"
OTHER = "https://www.cnr.cn/ah/"
ROBOTS = "http://news.jstv.com/robots.txt"


@pytest.mark.parametrize(
    ("fault", "status", "headers"),
    [
        (Fault(Kind.SERVER_ERROR), 500, {}),
        (Fault(Kind.SERVER_ERROR, status=503), 503, {}),
        (Fault(Kind.TOO_MANY_REQUESTS, retry_after="7"), 429, {"Retry-After": "7"}),
        (Fault(Kind.GONE), 404, {}),
        (Fault(Kind.GONE, status=410), 410, {}),
        (Fault(Kind.ERROR_PAGE), 200, {"Content-Type": "text/html; charset=utf-8"}),
        (Fault(Kind.REDIRECT), 302, {"Location": "http://127.0.0.1:9/"}),
        (Fault(Kind.REDIRECT_LOOP), 302, {"Location": PAGE + "?turn=1"}),
    ],
)
def test_an_answer_in_place_of_the_page(fault: Fault, status: int, headers: dict[str, str]) -> None:
    with Replica(faults=[fault]) as replica, urllib3.ProxyManager(replica.proxy_url, retries=False) as client:
        answer = client.request("GET", PAGE, redirect=False)
        assert answer.status == status
        assert headers.items() <= dict(answer.headers).items()


def test_a_fault_hits_only_addresses_that_match(replica: Replica, client: urllib3.ProxyManager) -> None:
    replica.faults.switch_on(Kind.SERVER_ERROR, r"news\.jstv\.com/jiangsu")
    assert client.request("GET", PAGE).status == 500
    assert client.request("GET", OTHER).status == 200


def test_a_fault_ends_after_its_times_or_when_it_is_switched_off(
    replica: Replica, client: urllib3.ProxyManager
) -> None:
    def status() -> int:
        return client.request("GET", PAGE).status

    replica.faults.switch_on(Kind.SERVER_ERROR, times=2)
    assert [status() for _ in range(3)] == [500, 500, 200]
    fault = replica.faults.switch_on(Kind.SERVER_ERROR)
    assert status() == 500
    replica.faults.switch_off(fault)
    assert status() == 200


def test_robots_txt_fails_only_where_a_fault_means_it(replica: Replica, client: urllib3.ProxyManager) -> None:
    replica.faults.switch_on(Kind.SERVER_ERROR, r"jstv\.com")
    assert client.request("GET", ROBOTS).status == 200
    replica.faults.clear()
    replica.faults.switch_on(Kind.SERVER_ERROR, r"jstv\.com/robots\.txt")
    assert client.request("GET", ROBOTS).status == 500
    replica.faults.clear()
    replica.faults.switch_on(Kind.ROBOTS, text="User-agent: *\nCrawl-delay: 3\n")
    assert client.request("GET", ROBOTS).data == b"User-agent: *\nCrawl-delay: 3\n"
    assert client.request("GET", PAGE).status == 200


def test_an_error_page_says_what_it_is_to_a_reader_only(replica: Replica, client: urllib3.ProxyManager) -> None:
    replica.faults.switch_on(Kind.ERROR_PAGE, text="请输入验证码")
    assert "<h1>请输入验证码</h1>" in client.request("GET", PAGE).data.decode()


def test_robots_txt_forbids_all_where_nothing_else_is_said(replica: Replica, client: urllib3.ProxyManager) -> None:
    replica.faults.switch_on(Kind.ROBOTS)
    assert client.request("GET", ROBOTS).data == b"User-agent: *\nDisallow: /\n"


def test_hang_sends_nothing(replica: Replica, client: urllib3.ProxyManager) -> None:
    replica.faults.switch_on(Kind.HANG)
    with pytest.raises(ReadTimeoutError):
        client.request("GET", PAGE, timeout=0.2)


def test_a_validator_that_lies_says_unchanged_to_whoever_asks_on_a_condition(
    replica: Replica, client: urllib3.ProxyManager
) -> None:
    known = client.request("GET", PAGE).headers["ETag"]
    replica.publish("jstv", "jiangsu", "长三角新闻", ["示范区发布新规。"])
    asked = {"If-None-Match": known}
    assert client.request("GET", PAGE, headers=asked).status == 200, "it has changed"
    replica.faults.switch_on(Kind.UNCHANGED)
    assert client.request("GET", PAGE, headers=asked).status == 304
    assert client.request("GET", PAGE).status == 200


def test_drip_sends_one_byte_at_a_time(replica: Replica, client: urllib3.ProxyManager) -> None:
    replica.faults.switch_on(Kind.DRIP, times=1, pause=0.001)
    assert client.request("GET", PAGE + "none").status == 404, "it arrives whole"
    replica.faults.switch_on(Kind.DRIP, pause=DEADLINE)
    proxy = urlsplit(replica.proxy_url)
    with socket.create_connection((proxy.hostname, proxy.port)) as connection:
        connection.sendall(f"GET {PAGE} HTTP/1.1\r\nHost: news.jstv.com\r\n\r\n".encode())
        assert connection.recv(1 << 16) == b"H", "the second byte waits for its pause"


def test_truncated_breaks_off(replica: Replica, client: urllib3.ProxyManager) -> None:
    replica.faults.switch_on(Kind.TRUNCATED)
    with pytest.raises(HTTPError):
        client.request("GET", PAGE)


def test_size_is_as_asked_for(replica: Replica, client: urllib3.ProxyManager) -> None:
    replica.faults.switch_on(Kind.HUGE, times=1, size=3_000_000)
    assert len(client.request("GET", PAGE).data) >= 3_000_000
    replica.faults.switch_on(Kind.GZIP_BOMB, size=32 * 1024 * 1024)
    bomb = client.request("GET", PAGE, decode_content=False).data
    assert len(bomb) < 64 * 1024
    assert len(gzip.decompress(bomb)) == 32 * 1024 * 1024


def test_wrong_charset_declares_what_it_is_not(replica: Replica, client: urllib3.ProxyManager) -> None:
    right = client.request("GET", PAGE).data.decode()
    replica.faults.switch_on(Kind.WRONG_CHARSET)
    answer = client.request("GET", PAGE)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.data.decode("gb18030") == right


def test_new_markup_keeps_links_and_loses_the_old_names(replica: Replica, client: urllib3.ProxyManager) -> None:
    listing = "https://apin.eastday.com/apiplus/special/specialnewslistbyurl?specialUrl=1632798465040016"
    replica.faults.switch_on(Kind.NEW_MARKUP)
    page = client.request("GET", PAGE).data.decode()
    assert "mix-list" not in page
    assert replica.articles("jstv", "jiangsu")[0].url in page
    assert '"list":' not in client.request("GET", listing).data.decode()


def test_endless_lists_repeat_their_last_page_and_name_a_next_one(
    replica: Replica, client: urllib3.ProxyManager
) -> None:
    assert client.request("GET", PAGE + "list_9.shtml").status == 404
    replica.faults.switch_on(Kind.ENDLESS)
    page = client.request("GET", PAGE + "list_9.shtml")
    assert page.status == 200
    assert "list_10.shtml" in page.data.decode()
