"""安徽网: one column as a crawler of 2022 read it, with articles under both forms of address."""

from dataclasses import replace
from html import escape

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at
from tests.replica.publication import Publication
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site


class Ahwang(Site):
    """www.ahwang.cn."""

    sources = frozenset({"ahwang"})
    hosts = frozenset({"www.ahwang.cn"})

    def dress(self, publication: Publication) -> Publication:
        """Some addresses have the form of 2022."""
        at = publication.published_at
        day = f"{at:%Y/%m%d}" if publication.serial % 2 == 0 else f"{at:%Y%m%d}"
        path = f"www.ahwang.cn/anhui/{day}/{3_100_000 + publication.serial}.html"
        return replace(publication, url=f"http://{path}", canonical_url=f"https://{path}")

    def answer(self, request: Request) -> Answer | None:
        """Serve the column and articles."""
        if request.path == "/anhui/index.html":
            return self._list()
        found = self.page_at(f"https://www.ahwang.cn{request.path}")
        return found if not isinstance(found, Publication) else self._article(found)

    def _list(self) -> Answer:
        listed = self.listed("ahwang", "anhui")
        items = "\n".join(
            f'<li><a href="{escape(item.url)}">{escape(item.title)}</a> <i>{item.published_at:%Y-%m-%d %H:%M}</i></li>'
            for item in listed
        )
        others = (
            '<div class="hot"><a href="/zhuanti/2026/qiushou/">专题：秋收</a></div><a href="/hefei/index.html">合肥</a>'
        )
        page = fill("jspress_list.html", name="安徽网", items=f'<div class="news_list"><ul>{items}</ul></div>{others}')
        return Answer.html(page, modified=changed_at(listed))

    def _article(self, publication: Publication) -> Answer:
        page = fill("ahwang_article.html", body=body_html(publication, indent="　　"), **meta(publication))
        return Answer.html(page, modified=publication.changed_at)
