"""中国蓝: today's pages are a shell without text; the retired n.cztv.com layout stands on no shipped list."""

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
        """Addresses of the retired layout: eight digits."""
        path = f"n.cztv.com/news/{13_000_000 + publication.serial}.html"
        return replace(publication, url=f"http://{path}", canonical_url=f"https://{path}")

    def answer(self, request: Request) -> Answer | None:
        """Serve the shell, and lists and articles of the retired layout."""
        if request.host in {"www.cztv.com", "cztv.com"}:
            if request.path == "/" or re.fullmatch(r"/newsDetail/\d{6,}", request.path):
                return Answer.html(fill("cztv_shell.html"))
            return None
        if request.path in {"/zhejiang/", "/national/"}:
            return self._list()
        found = self.page_at(f"https://n.cztv.com{request.path}")
        return found if not isinstance(found, Publication) else self._article(found)

    def _list(self) -> Answer:
        listed = self.listed("cztv")
        items = "\n".join(f'<p><a href="{escape(item.url)}">{escape(item.title)}</a></p>' for item in listed)
        return Answer.html(fill("plain.html", title="新蓝网", body=items), modified=changed_at(listed))

    def _article(self, publication: Publication) -> Answer:
        page = fill("cztv_article_old.html", body=body_html(publication), **meta(publication))
        return Answer.html(page, modified=publication.changed_at)
