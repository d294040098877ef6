"""A site of a few pages on this machine, and a source file for it: what a server may send is written in the test."""

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from tests.product import Product

TEXT = "长三角一体化示范区执委会今天发布新规，沪苏浙三地将统一标准，推动要素自由流动，惠及区内企业和居民。"


@dataclass
class Answer:
    """What the site answers at one path."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class SmallSite:
    """Serves `pages` (path to answer) on a loopback port while it is open; `asked` are the paths in their order."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.languages: list[str | None] = []
        """What each request said of the languages that it would like."""
        self.doors: dict[str, str] = {}
        """Paths that are shown only to who brings a cookie, which the first answer sets as it sends him back."""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.languages.append(self.headers.get("Accept-Language"))
                answer = site.pages.get(self.path, Answer(status=404))
                cookie = site.doors.get(self.path)
                if cookie is not None and cookie not in self.headers.get("Cookie", ""):
                    answer = Answer(status=302, headers={"Location": self.path, "Set-Cookie": f"{cookie}; Path=/"})
                elif "ETag" in answer.headers and self.headers.get("If-None-Match") == answer.headers["ETag"]:
                    answer = Answer(status=304)
                self.send_response(answer.status)
                for name, value in ({"Content-Type": "text/html; charset=utf-8"} | answer.headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def put(self, path: str, body: str | bytes, *, status: int = 200, **headers: str) -> None:
        """Put a page at a path; `Retry_After="5"` becomes a header."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = Answer(data, status, {name.replace("_", "-"): value for name, value in headers.items()})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def article(title: str, *, head: str = "", body: str | None = None) -> str:
    """Return an article page."""
    text = "".join(f"<p>{TEXT}</p>" for _ in range(3)) if body is None else body
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>"
        f'<div class="info">2026-11-18 09:30 来源：本地台</div><div class="article-content">{text}</div>'
        '<div class="bottom">本地台 版权所有 © 2009-2026</div></body></html>'
    )


ARTICLE = r"/a/(?P<id>\d+)\.html$"


def product_of(
    folder: Path, site: SmallSite, section: str = 'kind = "html"', more: str = "", article: str = ARTICLE
) -> Product:
    """Return a product whose one source, `local`, is the site; its list is at /list, its articles at /a/N.html."""
    sources = folder / "sources"
    sources.mkdir(parents=True)
    (sources / "local.toml").write_text(source_file("local", site.url, section, more, article), encoding="utf-8")
    settings = {"source_folders": [str(sources)], "bundled_sources": False, "delay": 0, "backoff": 0.05, "workers": 1}
    return Product(folder / "product", crawler=settings)


def source_file(name: str, url: str, section: str = 'kind = "html"', more: str = "", article: str = ARTICLE) -> str:
    """Return the file of a source at an address of this machine."""
    return f"""
name = "{name}"
title = "本地台"
province = "安徽"
homepage = "{url}/"
hosts = ["{urlsplit(url).hostname}"]
private = true
article = '{article}'
grade = "B"
page_grade = "B"
evidence = "our own"
newest_evidence = "2026-11"
verified_on = 2026-11-25
[[sections]]
name = "news"
title = "新闻"
urls = ["{url}/list"]
{section}
{more}
"""
