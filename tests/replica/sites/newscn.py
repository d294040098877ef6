"""新华网长三角: a front page of relative links; its sisters hold the same articles on hosts of their own."""

from dataclasses import replace
from hashlib import md5
from html import escape

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at
from tests.replica.publication import Publication
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site


class Newscn(Site):
    """csj.news.cn."""

    sources = frozenset({"xinhua_csj"})
    hosts = frozenset({"csj.news.cn"})

    def dress(self, publication: Publication) -> Publication:
        """An address holds the day and 32 hexadecimal digits."""
        number = md5(f"csj {publication.serial}".encode(), usedforsecurity=False).hexdigest()
        url = f"https://csj.news.cn/{publication.published_at:%Y%m%d}/{number}/c.html"
        return replace(publication, url=url, canonical_url=url)

    def answer(self, request: Request) -> Answer | None:
        """Serve the front page and articles."""
        if request.path == "/index.htm":
            return self._front()
        found = self.page_at(f"https://csj.news.cn{request.path}")
        return found if not isinstance(found, Publication) else self._article(found)

    def _front(self) -> Answer:
        listed = self.listed("xinhua_csj")
        items = "\n".join(
            f'<li><a href="{escape(item.url.removeprefix("https://csj.news.cn/"))}">{escape(item.title)}</a></li>'
            for item in listed
        )
        twins = "".join(
            f'<a href="{escape(item.url.replace("csj.", "zj."))}">{escape(item.title)}</a>' for item in listed[:1]
        )
        page = fill(
            "jspress_list.html", name="新华网长三角", items=f'<ul>{items}</ul>{twins}<a href="/gd.htm">更多</a>'
        )
        return Answer.html(page, modified=changed_at(listed))

    def _article(self, publication: Publication) -> Answer:
        page = fill("newscn_article.html", body=body_html(publication, indent="　　"), **meta(publication))
        return Answer.html(page, modified=publication.changed_at)
