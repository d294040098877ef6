"""央广网: TRS pages of the four provincial channels; the older template in GB2312."""

import re
from dataclasses import replace
from html import escape

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at
from tests.replica.paging import Pager, pager_html, printed_page
from tests.replica.publication import Publication, Trait
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

CHANNELS = {
    "cnr_shanghai": ("www.cnr.cn/shanghai/", "上海", "shtt"),
    "cnr_jiangsu": ("js.cnr.cn/", "江苏", "rdzt/qnjs/qnjsgdxw"),
    "cnr_zhejiang": ("www.cnr.cn/zj/", "浙江", "zjyw"),
    "cnr_anhui": ("www.cnr.cn/ah/", "安徽", "ahxw"),
}
LISTS = {place: source for source, (place, _, _) in CHANNELS.items()} | {"www.cnr.cn/js/": "cnr_jiangsu"}
CITIES = {"cnr_shanghai": "上海", "cnr_jiangsu": "南京", "cnr_zhejiang": "杭州", "cnr_anhui": "合肥"}


class Cnr(Site):
    """www.cnr.cn and js.cnr.cn."""

    sources = frozenset(CHANNELS)
    hosts = frozenset({"www.cnr.cn", "cnr.cn", "js.cnr.cn"})

    def dress(self, publication: Publication) -> Publication:
        """An address holds the day twice and a nine-digit id; the lead names city, day and reporters."""
        place, _, column = CHANNELS[publication.source]
        at = publication.published_at
        url = f"https://{place}{column}/{at:%Y%m%d}/t{at:%Y%m%d}_{527_700_000 + publication.serial * 7:09d}.shtml"
        paragraphs = publication.paragraphs
        if publication.reporters:
            names = " ".join(publication.reporters)
            lead = f"央广网{CITIES[publication.source]}{at.month}月{at.day}日消息（记者{names}）{paragraphs[0]}"
            paragraphs = (lead, *paragraphs[1:])
        return replace(publication, url=url, canonical_url=url, paragraphs=paragraphs)

    def answer(self, request: Request) -> Answer | None:
        """Serve the channels' front pages and articles, by https alone."""
        if request.url.startswith("http:"):
            return Answer.redirect(request.url.replace("http:", "https:", 1))
        if source := LISTS.get(request.place):
            return self._channel(source)
        if match := re.fullmatch(r"(.*/t\d{8}_\d{9})(?:_(\d+))?\.shtml", request.path):
            host = "www.cnr.cn" if request.host == "cnr.cn" else request.host
            found = self.page_at(f"https://{host}{match[1]}.shtml")
            return found if not isinstance(found, Publication) else self._article(found, int(match[2] or 0) + 1)
        return None

    def _channel(self, source: str) -> Answer:
        listed = self.listed(source)
        items = "\n".join(
            f'<li><a href="{escape(_spelled(publication))}">{escape(publication.title)}</a>'
            f"<span>{publication.published_at:%m-%d}</span></li>"
            for publication in listed
        )
        return Answer.html(
            fill("cnr_channel.html", channel=CHANNELS[source][1], items=items), modified=changed_at(listed)
        )

    def _article(self, whole: Publication, number: int) -> Answer | None:
        publication = printed_page(whole, number)
        if publication is None:
            return None
        old = publication.has(Trait.LEGACY)
        stem, _, ending = whole.canonical_url.rpartition(".")
        pager = pager_html(
            whole, number, Pager.SCRIPT, lambda page: f"{stem}_{page - 1}.{ending}" if page > 1 else f"{stem}.{ending}"
        )
        page = fill(
            "cnr_article_old.html" if old else "cnr_article.html",
            body=body_html(publication, indent="　　") + pager,
            channel=CHANNELS[publication.source][1],
            **meta(publication),
        )
        answer = Answer.gb2312(page) if old else Answer.html(page)
        return replace(answer, modified=publication.changed_at)


def _spelled(publication: Publication) -> str:
    """Write some addresses as the older pages do: by http, or from the root."""
    if publication.has(Trait.TWICE_LISTED):
        return publication.url.replace("https:", "http:")
    return publication.url if publication.serial % 2 else "/" + publication.url.split("/", 3)[3]
