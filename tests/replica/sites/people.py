"""人民网's provincial channels: GBK, plain http, and each article once more in traditional script."""

import re
from dataclasses import replace
from html import escape

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at
from tests.replica.publication import Publication
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

LISTS = {
    "sh.people.com.cn/GB/138654/index.html": ("people_sh", "yaowen"),
    "sh.people.com.cn/GB/346252/index.html": ("people_sh", "yuanchuang"),
    "js.people.com.cn/GB/360297/index.html": ("people_js", "yaowen"),
    "js.people.com.cn/GB/360301/index.html": ("people_js", "jingji"),
    "ah.people.com.cn/GB/358073/358428/index.html": ("people_ah", "yaowen"),
    "ah.people.com.cn/GB/227131/index.html": ("people_ah", "news"),
}


class People(Site):
    """sh., js. and ah.people.com.cn."""

    sources = frozenset({"people_sh", "people_js", "people_ah"})
    hosts = frozenset({"sh.people.com.cn", "js.people.com.cn", "ah.people.com.cn"})

    def dress(self, publication: Publication) -> Publication:
        """An address holds the day, the channel's number and the article's."""
        at, host = publication.published_at, f"{publication.source.removeprefix('people_')}.people.com.cn"
        path = f"/n2/{at:%Y/%m%d}/c360301-{41_700_000 + publication.serial}.html"
        return replace(publication, url=f"http://{host}{path}", canonical_url=f"https://{host}{path}")

    def answer(self, request: Request) -> Answer | None:
        """Serve lists and articles, over http alone: the certificate is another's."""
        if request.url.startswith("https:"):
            return Answer.plain(421, "the certificate is another's")
        if request.place in LISTS:
            return self._list(*LISTS[request.place])
        found = self.page_at(f"https://{request.host}{re.sub('^/BIG5', '', request.path)}")
        return found if not isinstance(found, Publication) else self._article(found)

    def _list(self, source: str, section: str) -> Answer:
        listed = self.listed(source, section)
        items = "\n".join(
            f'<li><a href="{escape(_path(item))}">{escape(item.title)}</a> <em>{item.published_at:%Y-%m-%d}</em></li>'
            for item in listed
        )
        others = "".join(f'<a href="/BIG5{escape(_path(item))}">繁體</a>' for item in listed)
        body = f'<ul class="list_16">{items}</ul>{others}<a href="http://leaders.people.com.cn/n2/2026/1101/c58278-1.html">人事</a>'
        return _gbk(fill("jspress_list.html", name="人民网", items=body), listed)

    def _article(self, publication: Publication) -> Answer:
        printed = f"{publication.published_at:%Y年%m月%d日%H:%M}"
        page = fill(
            "people_article.html", body=body_html(publication, indent="　　"), printed=printed, **meta(publication)
        )
        return _gbk(page, [publication])


def _path(item: Publication) -> str:
    return "/" + item.url.split("/", 3)[3]


def _gbk(page: str, of: list[Publication]) -> Answer:
    text = page.replace('charset="utf-8"', 'charset="GBK"')
    body = text.encode("gbk", "xmlcharrefreplace")
    return Answer(body=body, content_type="text/html", encoding="gbk", modified=changed_at(of))
