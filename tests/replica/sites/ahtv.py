"""安徽广播电视台: a column with numbered pages, a search by POST, video pages; the text page is invented."""

import re
from dataclasses import replace
from html import escape
from urllib.parse import urlencode

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at, page_of
from tests.replica.publication import Precision, Publication, Trait
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

COLUMN = "/pindao/ahzh/pk"
COLUMN_SIZE = 6
SEARCH_SIZE = 5


class Ahtv(Site):
    """www.ahtv.cn."""

    sources = frozenset({"ahtv"})
    hosts = frozenset({"www.ahtv.cn", "ahtv.cn"})

    def dress(self, publication: Publication) -> Publication:
        """The column's items stand below it; what only the search finds has the form of older articles."""
        at = publication.published_at
        number = 700_000 + publication.serial
        path = f"{COLUMN}/split/{number}.html" if publication.section == "pk" else f"/c/{at:%Y-%m-%d}/{number}.html"
        url = f"https://www.ahtv.cn{path}"
        precision: Precision = "day" if publication.has(Trait.VIDEO) else "minute"
        return replace(publication, url=url, canonical_url=url, precision=precision)

    def answer(self, request: Request) -> Answer | None:
        """Serve the column, the search and articles."""
        if request.path.rstrip("/") == "/search":
            return self._search(request)
        if match := re.fullmatch(rf"{COLUMN}(?:/|/index(?:_(\d+))?\.html)?", request.path):
            return self._column(int(match[1] or 1), request)
        found = self.page_at(f"https://www.ahtv.cn{request.path}")
        return found if not isinstance(found, Publication) else self._article(found)

    def _column(self, number: int, request: Request) -> Answer | None:
        listed = self.listed("ahtv", "pk")
        shown, more = page_of(listed, number, COLUMN_SIZE, endless=request.endless)
        if not shown:
            return None
        items = "\n".join(
            f'<li><a href="{escape(item.url)}" title="{escape(item.title)}"><img alt=""/>{escape(item.title)}</a></li>'
            for item in shown
        )
        following = f'<a href="{COLUMN}/index_{number + 1}.html">下一页</a>' if more else ""
        return Answer.html(fill("ahtv_column.html", items=items, following=following), modified=changed_at(listed))

    def _search(self, request: Request) -> Answer:
        asked = request.form if request.method == "POST" else request.query
        word, number = asked.get("search_text", ""), int(asked.get("page") or 1)
        hits = [found for found in self.listed("ahtv") if word and word in found.title + found.body]
        hits.sort(key=lambda publication: publication.published_at, reverse=True)
        shown, more = page_of(hits, number, SEARCH_SIZE, endless=request.endless)
        items = "\n".join(
            f'<li><a href="{escape(hit.url)}" title="{escape(hit.title)}" target="_blank">{escape(hit.title)}</a>'
            f'<span class="publish-time">{hit.published_at:%Y-%m-%d %H:%M}</span></li>'
            for hit in shown
        )
        query = urlencode({"search_text": word, "column_sign": "", "page": number + 1})
        following = f'<a href="/search/?{escape(query)}">下一页</a>' if more else ""
        page = fill("ahtv_search.html", word=escape(word), items=items, following=following)
        return Answer.html(page, modified=changed_at(hits))

    def _article(self, publication: Publication) -> Answer:
        video = ""
        if publication.has(Trait.VIDEO):
            video = '<input type="hidden" id="m3u8" value="https://vod.ahtv.cn/replica/index.m3u8"/>'
        # Video pages print the day alone; texts print hour and day without a blank between them.
        printed = f"{publication.published_at:%Y-%m-%d}" if video else f"{publication.published_at:%Y年%m月%d日%H:%M}"
        page = fill("ahtv_article.html", body=body_html(publication), video=video, printed=printed, **meta(publication))
        return Answer.html(page, modified=publication.changed_at)
