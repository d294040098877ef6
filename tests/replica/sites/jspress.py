"""新华报业网 and 中国江苏网: lists at addresses that crawlers knew, and pages in the order of one stored text."""

import re
from dataclasses import replace
from html import escape

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at
from tests.replica.publication import Publication
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

LISTS = {"www.xhby.net/xjiangsu": ("xhby", "新华报业网"), "jsnews.jschina.com.cn/jsyw/": ("jschina", "中国江苏网")}


class JiangsuPress(Site):
    """www.xhby.net and www.jschina.com.cn with its sub-domain jsnews."""

    sources = frozenset({"xhby", "jschina"})
    hosts = frozenset({"www.xhby.net", "xhby.net", "www.jschina.com.cn", "jsnews.jschina.com.cn"})

    def dress(self, publication: Publication) -> Publication:
        """The first eight hexadecimal digits of an id are the second of publication."""
        at = publication.published_at
        number = f"s{int(at.timestamp()):08x}e4b0{publication.serial:012x}"
        if publication.source == "xhby":
            url = f"https://www.xhby.net/content/{number}.html"
        else:
            url = f"https://jsnews.jschina.com.cn/jsyw/{at:%Y%m}/t{at:%Y%m%d}_{number}.shtml"
        return replace(publication, url=url, canonical_url=url)

    def answer(self, request: Request) -> Answer | None:
        """Serve lists and articles."""
        if request.place in LISTS:
            return self._list(*LISTS[request.place])
        if re.search(r"/(?:t\d{8}_)?s[0-9a-f]{24}\.s?html$", request.path):
            found = self.page_at(f"https://{request.host}{request.path}")
            return found if not isinstance(found, Publication) else self._article(found)
        return None

    def _list(self, source: str, name: str) -> Answer:
        listed = self.listed(source)
        items = "\n".join(f'<li><a href="{escape(item.url)}">{escape(item.title)}</a></li>' for item in listed)
        return Answer.html(fill("jspress_front.html", name=name, items=items), modified=changed_at(listed))

    def _article(self, publication: Publication) -> Answer:
        name = "新华报业网" if publication.source == "xhby" else "中国江苏网"
        page = fill(
            "jspress_article.html",
            body=body_html(publication, indent="　　"),
            name=name,
            slashed=f"{publication.published_at:%Y/%m/%d %H:%M}",
            **meta(publication),
        )
        return Answer.html(page, modified=publication.changed_at)
