"""杭州网 and 温州网: lists of links, the latter in GB2312; their pages as crawlers know them, of 2019 and 2026."""

import re
from dataclasses import replace
from html import escape

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at
from tests.replica.publication import Publication, Trait
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

HANGZHOU, WENZHOU = "hznews.hangzhou.com.cn", "news.66wz.com"


class Zhejiang(Site):
    """hznews.hangzhou.com.cn and news.66wz.com."""

    sources = frozenset({"hangzhou", "wz66"})
    hosts = frozenset({HANGZHOU, WENZHOU})

    def dress(self, publication: Publication) -> Publication:
        """Both have the day in the address."""
        at, number = publication.published_at, publication.serial
        if publication.source == "hangzhou":
            path = f"{publication.section}/content/{at:%Y-%m/%d}/content_{9_300_000 + number}.htm"
            url = f"https://{HANGZHOU}/{path}"
        else:
            url = f"https://{WENZHOU}/system/{at:%Y/%m/%d}/{105_900_000 + number}.shtml"
        return replace(publication, url=url, canonical_url=url)

    def answer(self, request: Request) -> Answer | None:
        """Serve lists and articles."""
        if request.host == HANGZHOU:
            if match := re.fullmatch(r"/(chengshi|jingji)/(?:index\.htm)?", request.path):
                return self._hangzhou_list(match[1])
            whole = re.sub(r"(content_\d+)_\d\.htm$", r"\1.htm", request.path)
            found = self.page_at(f"https://{HANGZHOU}{whole}")
            return found if not isinstance(found, Publication) else self._hangzhou(found)
        section = {"/wenzhou/jingji/": "jingji", "/piyao/rdzt/index.shtml": "rdzt"}.get(request.path)
        if section:
            return self._wenzhou_list(section)
        found = self.page_at(f"https://{WENZHOU}{request.path}")
        return found if not isinstance(found, Publication) else self._wenzhou(found)

    def _hangzhou_list(self, section: str) -> Answer:
        listed = self.listed("hangzhou", section)
        items = "\n".join(_hangzhou_item(item, relative=bool(index % 2)) for index, item in enumerate(listed))
        others = (
            '<a href="https://auto.hangzhou.com.cn/news/content/2026-11/10/content_9313413.html">车市</a>'
            '<a href="/chengshi/">城市</a><a href="/jingji/">经济</a>'
        )
        page = fill("jspress_list.html", name="杭州网", items=f"<ul>{items}</ul>{others}")
        return Answer.html(page, modified=changed_at(listed))

    def _hangzhou(self, publication: Publication) -> Answer:
        page = fill("hangzhou_article.html", body=body_html(publication, indent="　　"), **meta(publication))
        return Answer.html(page, modified=publication.changed_at)

    def _wenzhou_list(self, section: str) -> Answer:
        listed = self.listed("wz66", section)
        items = "\n".join(
            f'<li><a href="{escape(item.url)}">{escape(item.title)}</a><em>{item.published_at:%Y-%m-%d}</em></li>'
            for item in listed
        )
        name = "newslist" if section == "rdzt" else "columnlist"
        others = '<a href="https://www.66wz.com/wendu/system/2026/11/15/105805522.shtml">问度：今天谁在城里散步</a>'
        page = fill("jspress_list.html", name="温州网", items=f'<ul class="{name}">{items}</ul>{others}')
        return Answer.gb2312(page.replace('charset="utf-8"', 'charset="gb2312"'), modified=changed_at(listed))

    def _wenzhou(self, publication: Publication) -> Answer:
        page = fill("wz66_article.html", body=body_html(publication, indent="　　"), **meta(publication))
        return Answer.gb2312(page, modified=publication.changed_at)


def _hangzhou_item(item: Publication, *, relative: bool) -> str:
    """Write a link; of an article of several pages, one to its first page, too."""
    url = item.url.partition(HANGZHOU)[2] if relative else item.url
    first = f'<a href="{escape(item.url.replace(".htm", "_0.htm"))}">第1页</a>' if item.has(Trait.TWICE_LISTED) else ""
    return f'<li><a href="{escape(url)}">{escape(item.title)}</a>{first}<span>{item.published_at:%m-%d}</span></li>'
