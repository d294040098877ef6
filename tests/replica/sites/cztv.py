"""中国蓝: today's pages are an application, empty without a browser; the retired n.cztv.com layout is on no list."""

import json
import re
from dataclasses import replace
from html import escape

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at
from tests.replica.publication import Publication
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site


class Cztv(Site):
    """www.cztv.com and n.cztv.com."""

    sources = frozenset({"cztv"})
    hosts = frozenset({"www.cztv.com", "cztv.com", "n.cztv.com"})

    def dress(self, publication: Publication) -> Publication:
        """Addresses of the retired layout: eight digits; today's stand on the application's home page."""
        if publication.section == "home":
            url = f"https://www.cztv.com/newsDetail/{900_000 + publication.serial}"
            return replace(publication, url=url, canonical_url=url)
        path = f"n.cztv.com/news/{13_000_000 + publication.serial}.html"
        return replace(publication, url=f"http://{path}", canonical_url=f"https://{path}")

    def answer(self, request: Request) -> Answer | None:
        """Serve the application, and lists and articles of the retired layout."""
        if request.host in {"www.cztv.com", "cztv.com"}:
            return self._application(request)
        if request.path in {"/zhejiang/", "/national/"}:
            return self._list()
        found = self.page_at(f"https://n.cztv.com{request.path}")
        return found if not isinstance(found, Publication) else self._article(found)

    def _application(self, request: Request) -> Answer | None:
        if request.path == "/" or re.fullmatch(r"/newsDetail/\d{6,}", request.path):
            return Answer.html(fill("cztv_shell.html"))
        if request.path == "/assets/index-R3pl1ca0.js":
            return Answer(body=fill("cztv_app.js").encode(), content_type="text/javascript; charset=utf-8")
        if request.path == "/api/home":
            listed = self.listed("cztv", "home")
            rows = [
                {
                    "id": item.url.rsplit("/", 1)[-1],
                    "title": item.title,
                    "time": f"{item.published_at:%Y-%m-%d %H:%M}",
                }
                for item in listed
            ]
            return Answer.json(json.dumps({"list": rows}, ensure_ascii=False), modified=changed_at(listed))
        if match := re.fullmatch(r"/api/news/(\d{6,})", request.path):
            found = self.page_at(f"https://www.cztv.com/newsDetail/{match[1]}")
            return found if not isinstance(found, Publication) else self._news(found)
        return None

    def _news(self, publication: Publication) -> Answer:
        news = {
            "title": publication.title,
            "time": f"{publication.published_at:%Y-%m-%d %H:%M:%S}",
            "credit": publication.credit,
            "paragraphs": publication.paragraphs,
        }
        return Answer.json(json.dumps(news, ensure_ascii=False), modified=publication.changed_at)

    def _list(self) -> Answer:
        listed = self.listed("cztv")
        items = "\n".join(f'<p><a href="{escape(item.url)}">{escape(item.title)}</a></p>' for item in listed)
        return Answer.html(fill("plain.html", title="新蓝网", body=items), modified=changed_at(listed))

    def _article(self, publication: Publication) -> Answer:
        page = fill("cztv_article_old.html", body=body_html(publication), **meta(publication))
        return Answer.html(page, modified=publication.changed_at)
