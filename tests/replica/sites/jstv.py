"""荔枝网: TideCMS pages as the saved page of 2020 has them, columns, and the server-rendered search."""

import re
from dataclasses import replace
from html import escape
from urllib.parse import urlencode

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at, page_of
from tests.replica.publication import Publication, Trait
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

COLUMNS = {"jiangsu": "江苏", "sz": "时政", "caijing": "财经", "original": "原创"}
COLUMN_SIZE = 6
SEARCH_SIZE = 5


class Jstv(Site):
    """news.jstv.com and so.jstv.com."""

    sources = frozenset({"jstv"})
    hosts = frozenset({"news.jstv.com", "so.jstv.com", "v.jstv.com", "www.jstv.com"})

    def dress(self, publication: Publication) -> Publication:
        """The id is the moment of publication in milliseconds, some seconds after the printed time."""
        at = publication.published_at
        number = int(at.timestamp()) * 1000 + 11_000 + publication.serial % 1000
        path = f"{at:%Y%m%d}/{number}.shtml"
        byline = f"荔枝新闻记者/{' '.join(publication.reporters)}" if publication.reporters else None
        if publication.has(Trait.SIGNED):
            names = " ".join(publication.reporters)
            byline = f"(江苏广电融媒体新闻中心记者/ {names} 编辑:{' '.join(publication.editors)})"
        return replace(
            publication,
            url=f"http://news.jstv.com/a/{path}",
            canonical_url=f"https://news.jstv.com/a/{path}",
            byline=byline,
            editors=publication.editors if publication.has(Trait.SIGNED) else (),
        )

    def answer(self, request: Request) -> Answer | None:
        """Serve columns, their deeper pages, the search, articles and their mobile twins."""
        if request.host == "so.jstv.com":
            return self._search(request)
        if match := re.fullmatch(r"/(?:wap/)?a/(\d{8}/\d{12,13})\.shtml", request.path):
            found = self.page_at(f"https://news.jstv.com/a/{match[1]}.shtml")
            return found if not isinstance(found, Publication) else self._article(found)
        if match := re.fullmatch(r"/(\w+)/(?:index\.shtml|list_(\d+)\.shtml)?", request.path):
            return self._column(match[1], int(match[2] or 1), request)
        return None

    def _column(self, name: str, number: int, request: Request) -> Answer | None:
        if name not in COLUMNS:
            return None
        listed = self.listed("jstv", name)
        shown, more = page_of(listed, number, COLUMN_SIZE, endless=request.endless)
        if not shown:
            return None
        items = "\n".join(_column_item(publication) for publication in shown)
        following = f'<a class="next" href="/{name}/list_{number + 1}.shtml">下一页</a>' if more else ""
        page = fill("jstv_column.html", column=COLUMNS[name], items=items, number=str(number), following=following)
        return Answer.html(page, modified=changed_at(listed))

    def _search(self, request: Request) -> Answer:
        word, number = request.query.get("keyword", ""), int(request.query.get("page") or 1)
        hits = [found for found in self.listed("jstv") if word and word in found.title + found.body]
        hits.sort(key=lambda publication: publication.published_at, reverse=True)
        shown, more = page_of(hits, number, SEARCH_SIZE, endless=request.endless)
        items = "\n".join(
            f'<li><div class="lzxw_per_r"><h3><a href="{escape(hit.url)}" target="_blank">{escape(hit.title)}</a></h3>'
            f'<p>{escape(hit.paragraphs[0][:60])}…</p><span class="time">{hit.published_at:%Y-%m-%d %H:%M:%S}</span>'
            "</div></li>"
            for hit in shown
        )
        query = urlencode({"keyword": word, "page": number + 1})
        following = f'<a class="next" href="/?{escape(query)}">下一页</a>' if more else ""
        page = fill("jstv_search.html", word=escape(word), count=str(len(hits)), items=items, following=following)
        return Answer.html(page, modified=changed_at(hits))

    def _article(self, publication: Publication) -> Answer:
        values = meta(publication)
        values["source"] = f"来源：{values['credit']}"
        values["column"] = COLUMNS.get(publication.section, "江苏")
        body = _signed(publication) if publication.has(Trait.SIGNED) else body_html(publication)
        page = fill("jstv_article.html", body=body, **values)
        return Answer.html(page, modified=publication.changed_at)


def _signed(publication: Publication) -> str:
    """Return the body of a page whose names stand at its end, as on the real one of 2019."""
    rights = "(本条新闻版权归江苏省广播电视总台所有，转载请注明出处)"
    closing = "".join(f"<p>{escape(line)}</p>\n" for line in (publication.byline or "", rights, "我要说两句"))
    return f"{body_html(replace(publication, byline=None))}\n{closing}"


def _column_item(publication: Publication) -> str:
    url, title = escape(publication.url), escape(publication.title)
    mobile = ""
    if publication.has(Trait.TWICE_LISTED):
        mobile = f'<a class="more" href="{url.replace("/a/", "/wap/a/", 1)}">手机看</a>'
    return (
        f'<li><p class="tit"><a href="{url}" target="_blank" title="{title}">{title}</a></p>'
        f'<p class="word">{escape(publication.paragraphs[0][:50])}…{mobile}'
        f'<span class="time fR">{publication.published_at:%Y-%m-%d %H:%M}</span></p></li>'
    )
