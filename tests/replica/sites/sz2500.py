"""名城苏州: its front page, of which nobody knows more than the form of its links; pages as of about 2018."""

from dataclasses import replace
from html import escape

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at
from tests.replica.publication import Publication
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site


class Sz2500(Site):
    """news.2500sz.com."""

    sources = frozenset({"sz2500"})
    hosts = frozenset({"news.2500sz.com"})

    def dress(self, publication: Publication) -> Publication:
        """An address holds the day and a number."""
        path = f"news.2500sz.com/doc/{publication.published_at:%Y/%m/%d}/{1_230_000 + publication.serial}.shtml"
        return replace(publication, url=f"http://{path}", canonical_url=f"https://{path}")

    def answer(self, request: Request) -> Answer | None:
        """Serve the front page and articles."""
        if request.path == "/":
            return self._front()
        found = self.page_at(f"https://news.2500sz.com{request.path}")
        return found if not isinstance(found, Publication) else self._article(found)

    def _front(self) -> Answer:
        listed = self.listed("sz2500")
        items = "\n".join(
            f'<p><a href="{escape(item.url.removeprefix("http://news.2500sz.com"))}">{escape(item.title)}</a></p>'
            for item in listed
        )
        others = '<a href="/special/2026/">专题</a><a href="http://www.csztv.cn/doc/2026/11/01/1.shtml">苏州电视</a>'
        return Answer.html(
            fill("jspress_list.html", name="名城苏州", items=items + others), modified=changed_at(listed)
        )

    def _article(self, publication: Publication) -> Answer:
        page = fill("sz2500_article.html", body=body_html(publication, indent="　　"), **meta(publication))
        return Answer.html(page, modified=publication.changed_at)
