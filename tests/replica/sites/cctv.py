"""央视网: numbered JSONP lists, and pages that hold the body in markup or in the script variable `contentdate`."""

import json
import re
from dataclasses import replace
from hashlib import sha256

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at, page_of
from tests.replica.publication import Publication, Trait
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

SECTIONS = frozenset({"china", "society", "economy", "news", "tech", "world", "law"})
PAGE_SIZE = 2


class Cctv(Site):
    """news.cctv.com, and local.cctv.com for what its 地方 channel wrote."""

    sources = frozenset({"cctv"})
    hosts = frozenset({"news.cctv.com", "local.cctv.com"})

    def dress(self, publication: Publication) -> Publication:
        """An address holds the day, a kind, 16 letters and the day again."""
        at = publication.published_at
        letters = (
            sha256(f"cctv {publication.serial}".encode())
            .hexdigest()
            .translate(str.maketrans("0123456789", "GHJKLMNPQR"))
        )
        kind = "VIDE" if publication.has(Trait.VIDEO) else "ARTI"
        host = "local" if publication.section == "society" and publication.serial % 20 else "news"
        url = f"https://{host}.cctv.com/{at:%Y/%m/%d}/{kind}{letters[:16]}{at:%y%m%d}.shtml"
        lead = f"央视网消息：{publication.paragraphs[0]}" if publication.original else publication.paragraphs[0]
        paragraphs = (lead, *publication.paragraphs[1:])
        return replace(publication, url=url, canonical_url=url, paragraphs=paragraphs, reporters=())

    def answer(self, request: Request) -> Answer | None:
        """Serve lists and articles."""
        pattern = r"/2019/07/gaiban/cmsdatainterface/page/(\w+?)_(\d+)\.jsonp"
        if match := re.fullmatch(pattern, request.path):
            return self._list(match[1], int(match[2]), request)
        found = self.page_at(f"https://{request.host}{request.path}")
        return found if not isinstance(found, Publication) else self._article(found)

    def _list(self, section: str, number: int, request: Request) -> Answer | None:
        listed = self.listed("cctv", section)
        shown, _ = page_of(listed, number, PAGE_SIZE, endless=request.endless)
        if section not in SECTIONS or (not shown and number > 1):
            return None
        rows = [
            {
                "id": publication.url.rsplit("/", 1)[1].removesuffix(".shtml"),
                "title": publication.title,
                "url": publication.url,
                "brief": publication.paragraphs[0][:60],
                "keywords": "长三角 新闻",
                "focus_date": f"{publication.published_at:%Y-%m-%d %H:%M:%S}",
                "image": "",
                "image2": "",
                "image3": "",
            }
            for publication in shown
        ]
        data = json.dumps({"data": {"total": len(listed), "list": rows}}, ensure_ascii=False)
        callback = request.query.get("cb", section)
        return Answer.json(f"{callback}({data})", kind="application/javascript", modified=changed_at(listed))

    def _article(self, publication: Publication) -> Answer:
        markup, script = body_html(publication), ""
        if publication.has(Trait.SCRIPTED):
            quoted = markup.replace("'", "&#39;").replace("\n", "")
            markup, script = "", f"var contentdate = '{quoted}';"
        values = meta(publication)
        page = fill(
            "cctv_article.html",
            body=markup,
            script=script,
            stamp=f"{publication.published_at:%Y%m%d%H%M%S}",
            printed=f"{publication.published_at:%Y年%m月%d日 %H:%M}",
            **values,
        )
        return Answer.html(page, modified=publication.changed_at)
