"""Sources whose pages are empty without JavaScript: crawled with a real browser, as politely as any."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

import pytest

from core.time import SHANGHAI
from tests.product import Product
from tests.replica import Kind, Replica
from tests.replica.log import too_soon
from tests.replica.publication import Publication

SOURCE = "cztv"
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=SHANGHAI)
TITLE = "长三角一体化示范区第{}批成果发布"
TEXT = "浙江与上海、江苏、安徽共同推进长三角一体化发展，示范区第{}批制度创新成果发布，惠及区内企业和居民。"


@pytest.fixture
def news(replica: Replica) -> list[Publication]:
    """Two articles on the application's home page."""
    return [
        replica.publish(
            SOURCE,
            "home",
            f"长三角一体化示范区第{number}批成果发布",
            [TEXT.format(number)] * 2,
            NOW - timedelta(hours=number),
        )
        for number in (1, 2)
    ]


def test_articles_that_only_scripts_show_are_found_and_read(
    product: Product, replica: Replica, news: list[Publication]
) -> None:
    figures = product.crawl(SOURCE)[SOURCE]
    assert (figures["failure"], figures["articles"]) == (None, 2)
    got = {article["canonical_url"]: article for article in product.articles()}
    for wanted in news:
        article = got[wanted.canonical_url]
        assert article["title"] == wanted.title
        assert all(paragraph in article["body"] for paragraph in wanted.paragraphs)
        assert datetime.fromisoformat(article["published_at"]) == wanted.published_at


def test_what_a_browser_asks_for_is_fetched_by_the_politeness_policy(
    product: Product, replica: Replica, news: list[Publication]
) -> None:
    product.configure(crawler={"delay": 0.7, "contact": "mailto:news@example.org"})
    product.crawl(SOURCE)
    records = list(replica.log)
    assert {record.host for record in records} == {"www.cztv.com"}
    assert records[0].is_robots
    assert sum(record.is_robots for record in records) == 1
    assert all("DeltaNews/" in record.user_agent for record in records)
    assert all(later.started >= earlier.ended for earlier, later in pairwise(records))
    assert too_soon(records, 0.7) == []
    asked = [record.url.removeprefix("https://www.cztv.com") for record in records]
    assert sum(url.endswith(".js") for url in asked) == 1  # once for all pages
    assert not any(url.endswith((".css", ".png")) for url in asked)


def test_what_robots_txt_forbids_is_withheld_from_the_browser_too(
    product: Product, replica: Replica, news: list[Publication]
) -> None:
    replica.faults.switch_on(Kind.ROBOTS, "cztv", text="User-agent: *\nDisallow: /api/news/\n")
    product.crawl(SOURCE, expect=(1,))
    assert not any("/api/news/" in record.url for record in replica.log)


def test_an_unchanged_shell_is_no_unchanged_list(product: Product, replica: Replica, news: list[Publication]) -> None:
    product.crawl(SOURCE)
    added = replica.publish(SOURCE, "home", "长三角又有新进展", [TEXT.format("三")] * 2, NOW)
    assert product.crawl(SOURCE)[SOURCE]["articles"] == 1
    assert added.canonical_url in {article["canonical_url"] for article in product.articles()}


def test_without_a_browser_nothing_is_lost_and_one_line_says_what_to_do(
    product: Product, replica: Replica, news: list[Publication], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("PATH", str(tmp_path))
        elsewhere.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
        failure = product.crawl(SOURCE, expect=(1,))[SOURCE]["failure"]
    assert "the browser cannot be started" in failure
    assert "playwright install chromium" in failure
    assert product.crawl(SOURCE)[SOURCE]["articles"] == 2


class _Site(BaseHTTPRequestHandler):
    """A site whose page tries every way out."""

    out: ClassVar[str] = ""
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status, kind, body = 200, "text/html; charset=utf-8", ""
        if self.path in {"/list", "/a/1.html"}:
            page = (Path(__file__).parent / "every_way_out.html").read_text(encoding="utf-8")
            body = page.replace("OUT", self.out).replace("PORT", self.out.rsplit(":", 1)[-1])
        elif self.path == "/worker.js":
            kind, body = "text/javascript", f"fetch('http://{self.out}/worker', {{mode: 'no-cors'}})"
        elif self.path == "/redirect":
            status = 302
        else:
            status = 404
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if status == 302:
            self.send_header("Location", f"http://{self.out}/redirected")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


class _Bystander(ThreadingHTTPServer):
    """A service on this machine that is nobody's business; it counts connections."""

    connections = 0

    def process_request(self, *arguments: object) -> None:
        type(self).connections += 1
        super().process_request(*arguments)  # type: ignore[arg-type]


@pytest.fixture
def serving() -> Iterator[tuple[str, _Bystander]]:
    """A site that tries every way out, and the service that it tries to reach."""
    bystander, site = _Bystander(("127.0.0.1", 0), BaseHTTPRequestHandler), ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    _Site.out = f"localhost:{bystander.server_port}"
    _Site.asked.clear()
    threads = [threading.Thread(target=server.serve_forever) for server in (bystander, site)]
    for thread in threads:
        thread.start()
    yield f"http://127.0.0.1:{site.server_port}", bystander
    for server in (bystander, site):
        server.shutdown()
        server.server_close()
    for thread in threads:
        thread.join()


def test_a_page_that_tries_every_way_out_reaches_nothing_and_is_read(
    tmp_path: Path, serving: tuple[str, _Bystander]
) -> None:
    site, bystander = serving
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "local.toml").write_text(
        f"""
name = "local"
title = "本地台"
province = "安徽"
homepage = "{site}/"
hosts = ["127.0.0.1"]
private = true
render = "browser"
article = '^{site}/a/\\d+\\.html$'
enabled = true
grade = "B"
page_grade = "B"
evidence = "our own"
newest_evidence = "2026-11"
verified_on = 2026-11-25
[[sections]]
name = "news"
title = "新闻"
kind = "html"
urls = ["{site}/list"]
""",
        encoding="utf-8",
    )
    product = Product(
        tmp_path / "product", crawler={"source_folders": [str(folder)], "bundled_sources": False, "delay": 0}
    )
    assert product.crawl()["local"]["relevant"] == 1
    assert {"/redirect", "/worker.js"} <= set(_Site.asked)  # its scripts did run, to their end
    assert product.articles()[0]["title"] == "长三角一体化示范区发布新规"
    assert bystander.connections == 0
