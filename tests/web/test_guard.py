"""What every request must pass, and what every response carries."""

import socket
from urllib.parse import urlsplit

import httpx
import pytest

from tests.web.conftest import Filled, serving
from tests.web.newsroom import HOSTILE
from tests.web.reading_pages import Page
from web.settings import WebSettings

PATHS = ("/", "/search?q=长三角", "/search?q=(", "/nothing", "/static/style.css", "/sign-in")


@pytest.mark.parametrize("path", PATHS)
def test_nothing_may_run_or_be_loaded_but_our_own_files(reader: httpx.Client, path: str) -> None:
    response = reader.get(path)
    policy = dict(rule.split(" ", 1) for rule in response.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_a_script_or_a_style_of_its_own(reader: httpx.Client, path: str) -> None:
    if path.startswith("/static"):
        return
    page = Page(reader.get(path))
    assert page.root.xpath("//script[not(@src)] | //style | //@style | //@*[starts-with(name(), 'on')]") == []
    loaded = page.root.xpath("//script/@src | //img/@src | //link[@rel!='alternate']/@href | //iframe/@src")
    assert [url for url in loaded if not url.startswith("/static/")] == []


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("localhost:8710", 200),
        ("LOCALHOST", 200),
        ("[::1]:8710", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost@evil.example", 421),
        ("[", 421),
        ("", 421),
    ],
)
def test_only_loopback_s_names_and_those_of_the_settings_are_answered(site: str, host: str, status: int) -> None:
    assert _status(site, f"Host: {host}") == status


def test_two_hosts_are_one_too_many(site: str) -> None:
    assert _status(site, "Host: 127.0.0.1\r\nHost: evil.example") in {400, 421}


def test_a_configured_name_is_answered(filled: Filled) -> None:
    with serving(filled, WebSettings(names=("news.example",))) as site:
        assert httpx.get(site, headers={"Host": "news.example"}).status_code == 200
        assert httpx.get(site, headers={"Host": "other.example"}).status_code == 421


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Cookie": "a=b"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_a_change_comes_from_a_page_of_ours(site: str, headers: dict[str, str], status: int) -> None:
    assert httpx.post(f"{site}/sign-in", headers=headers, data={"password": "x"}).status_code == status


def test_our_own_form_is_heard(site: str) -> None:
    response = httpx.post(f"{site}/sign-in", headers={"Origin": site}, data={"password": "x"})
    assert "密码不对" in response.text


def test_what_is_too_large_is_refused(site: str) -> None:
    assert httpx.post(f"{site}/sign-in", content=b"x" * 64_001).status_code == 413
    assert httpx.get(f"{site}/search", params={"q": "x" * 40_001}).status_code == 414
    assert httpx.request("PUT", f"{site}/search").status_code == 405


def test_a_body_without_a_length_ends_at_the_limit(site: str) -> None:
    chunks = (b"x" * 10_000 for _ in range(20))
    assert httpx.post(f"{site}/sign-in", content=chunks).status_code == 413


def test_too_many_requests_are_told_when_to_come_again(filled: Filled) -> None:
    with serving(filled, WebSettings(requests_per_minute=3)) as site, httpx.Client(base_url=site) as reader:
        answers = [reader.get("/static/icon.svg") for _ in range(8)]  # a minute may begin in between, but not two
        refused = [answer for answer in answers if answer.status_code == 429]
        assert refused
        assert all(1 <= int(answer.headers["retry-after"]) <= 60 for answer in refused)
        told = [reader.get("/api/v1/health") for _ in range(8)]
        assert all(answer.json()["error"] for answer in told if answer.status_code == 429), "programs read JSON"


def test_markup_in_articles_is_inert(reader: httpx.Client) -> None:
    found = Page(reader.get("/search", params={"topic": "<i>主题", "by": "story"}))
    (hit,) = found.root.xpath("//ol[@class='list']/li")
    assert hit.xpath(".//script | .//svg | .//img") == []
    assert HOSTILE.replace("\u202e", "") in hit.text_content()
    assert found.link("原文") == "#", "no address but http and https is followed"
    story = Page(reader.get(found.links("//ol")[0].url))
    assert story.root.xpath("//main//script | //main//svg | //main//img | //@onfocus | //@onload | //@onerror") == []
    assert "{{ 7 * 7 }}" in story.text()
    for sign in "\u202e\u2066\u2069":
        assert sign not in story.response.text


def test_no_fault_names_a_path_of_the_machine(filled: Filled) -> None:
    archive, indexer = filled
    gone = indexer.model_copy(update={"directory": archive.directory / "nowhere"})
    with serving((archive, gone)) as site:
        response = httpx.get(f"{site}/search?q=x")
    assert response.status_code == 503
    assert "deltanews doctor" in response.text
    assert str(archive.directory) not in response.text


def _status(site: str, headers: str) -> int:
    """Send these very headers; httpx would mend them."""
    where = urlsplit(site)
    with socket.create_connection((where.hostname, where.port)) as connection:
        connection.sendall(f"GET /search HTTP/1.1\r\n{headers}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    return int(answer.split()[1])
