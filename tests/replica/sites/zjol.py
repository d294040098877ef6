"""浙江在线: TRS pages; the lists link to `…_ext.shtml`. Old ids of zj.zjol.com.cn serve other articles elsewhere."""

import re
from dataclasses import replace
from html import escape

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at
from tests.replica.publication import Publication, Trait
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

COLUMNS = {"home": "浙江", "zjxw": "浙江新闻", "hznews": "杭州", "nbnews": "宁波", "huzhounews": "湖州"}
CITIES = {"home": "杭州", "zjxw": "杭州", "hznews": "杭州", "nbnews": "宁波", "huzhounews": "湖州"}


class Zjol(Site):
    """zjnews.zjol.com.cn, and tidenews.com.cn, which reuses its numbers."""

    sources = frozenset({"zjol"})
    hosts = frozenset({"zjnews.zjol.com.cn", "www.zjol.com.cn", "zj.zjol.com.cn", "tidenews.com.cn"})

    def dress(self, publication: Publication) -> Publication:
        """The list's spelling has `_ext`; the lead names city, day and reporters."""
        at = publication.published_at
        number = 31_900_000 + publication.serial
        folder = "zjnews" if publication.section == "home" else f"zjnews/{publication.section}"
        path = f"{folder}/{at:%Y%m}/t{at:%Y%m%d}_{number}"
        paragraphs = publication.paragraphs
        if publication.reporters:
            names = " ".join(publication.reporters)
            city = CITIES[publication.section]
            paragraphs = (f"浙江在线{city}{at.month}月{at.day}日讯（记者 {names}）{paragraphs[0]}", *paragraphs[1:])
        return replace(
            publication,
            url=f"https://zjnews.zjol.com.cn/{path}_ext.shtml",
            canonical_url=f"https://zjnews.zjol.com.cn/{path}.shtml",
            paragraphs=paragraphs,
        )

    def answer(self, request: Request) -> Answer | None:
        """Serve columns, articles under both spellings, and the reused numbers."""
        if request.path == "/news.html":
            page = fill("plain.html", title="本地天气一周早知道", body="<p>这个编号如今属于另一篇文章。</p>")
            return Answer.html(page)
        if request.place == "zjnews.zjol.com.cn/":
            return self._home()
        if (match := re.fullmatch(r"/zjnews/([a-z]+)/", request.path)) and match[1] in COLUMNS:
            return self._column(match[1])
        if match := re.fullmatch(r"(/zjnews/(?:\w+/)?\d{6}/t\d{8}_\d+)(?:_ext)?\.shtml", request.path):
            found = self.page_at(f"https://zjnews.zjol.com.cn{match[1]}.shtml")
            return found if not isinstance(found, Publication) else self._article(found)
        return None

    def _home(self) -> Answer:
        """Serve the home page: its own reports and the first of the columns."""
        own, column = self.listed("zjol", "home"), self.listed("zjol", "zjxw")
        items = "\n".join(
            f'<li><a href="{escape(item.url)}"><h3>{escape(item.title)}</h3></a></li>' for item in (*own, *column[:3])
        )
        return Answer.html(fill("zjol_home.html", items=items), modified=changed_at((*own, *column)))

    def _column(self, name: str) -> Answer:
        listed = self.listed("zjol", name)
        items = "\n".join(_item(publication) for publication in listed)
        page = fill("zjol_column.html", column=COLUMNS[name], items=items)
        return Answer.html(page, modified=changed_at(listed))

    def _article(self, publication: Publication) -> Answer:
        page = fill(
            "zjol_article.html",
            body=body_html(publication, indent="　　"),
            column=COLUMNS[publication.section],
            **meta(publication),
        )
        return Answer.html(page, modified=publication.changed_at)


def _item(publication: Publication) -> str:
    title, url = escape(publication.title), escape(publication.url)
    twin = ""
    if publication.has(Trait.TWICE_LISTED):
        twin = f'<a class="pic" href="{escape(publication.canonical_url)}"><img alt="{title}"/></a>'
    return f'<li>{twin}<a href="{url}">{title}</a><span class="time">{publication.published_at:%m-%d %H:%M}</span></li>'
