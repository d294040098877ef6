"""新华报业网 and 中国江苏网: lists and fields as crawlers know them, the rest in the order of one stored text."""

import re
from dataclasses import replace
from html import escape

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at
from tests.replica.publication import Publication
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site


class JiangsuPress(Site):
    """www.xhby.net and jsnews.jschina.com.cn."""

    sources = frozenset({"xhby", "jschina"})
    hosts = frozenset({"www.xhby.net", "xhby.net", "www.jschina.com.cn", "jsnews.jschina.com.cn"})

    def dress(self, publication: Publication) -> Publication:
        """The first eight hexadecimal digits of an id are the second of publication."""
        at = publication.published_at
        number = f"s{int(at.timestamp()):08x}e4b0{publication.serial:012x}"
        if publication.source == "xhby":
            url = f"https://www.xhby.net/content/{number}.{'html' if publication.serial % 2 else 'shtml'}"
        else:
            url = f"https://jsnews.jschina.com.cn/jsyw/{at:%Y%m}/t{at:%Y%m%d}_{number}.shtml"
        return replace(publication, url=url, canonical_url=url)

    def answer(self, request: Request) -> Answer | None:
        """Serve lists and articles."""
        if request.place == "www.xhby.net/xjiangsu":
            return self._xhby_list()
        if request.place == "jsnews.jschina.com.cn/jsyw/":
            return self._jschina_list()
        if re.search(r"/(?:t\d{8}_)?s[0-9a-f]{24}\.s?html$", request.path):
            found = self.page_at(f"https://{request.host}{request.path}")
            return found if not isinstance(found, Publication) else self._article(found)
        return None

    def _xhby_list(self) -> Answer:
        listed = self.listed("xhby")
        items = "\n".join(
            f'<div class="article-li"><a href="{escape(item.url)}"><h3>{escape(item.title)}</h3></a>'
            f"<span>{item.published_at:%Y/%m/%d %H:%M}</span></div>"
            for item in listed
        )
        return Answer.html(fill("jspress_list.html", name="新华报业网", items=items), modified=changed_at(listed))

    def _jschina_list(self) -> Answer:
        listed = self.listed("jschina")
        rows = "\n".join(
            f'<tr><td><a href="{escape("." + item.url.partition("/jsyw")[2])}">{escape(item.title)}</a></td>'
            f"<td>{item.published_at:%Y-%m-%d}</td></tr>"
            for item in listed
        )
        items = f'<div class="NewsList"><table>\n{rows}\n</table></div>'
        return Answer.html(fill("jspress_list.html", name="中国江苏网", items=items), modified=changed_at(listed))

    def _article(self, publication: Publication) -> Answer:
        page = fill(
            f"{publication.source}_article.html",
            body=body_html(publication, indent="　　"),
            slashed=f"{publication.published_at:%Y/%m/%d %H:%M}",
            **meta(publication),
        )
        return Answer.html(page, modified=publication.changed_at)
