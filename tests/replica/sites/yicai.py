"""第一财经: a JSON list whose addresses are relative, and pages with their text in `#multi-text`."""

import json
import re
from dataclasses import replace

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at, page_of
from tests.replica.publication import Publication
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

PAGE_SIZE = 3


class Yicai(Site):
    """www.yicai.com and m.yicai.com."""

    sources = frozenset({"yicai"})
    hosts = frozenset({"www.yicai.com", "yicai.com", "m.yicai.com"})

    def dress(self, publication: Publication) -> Publication:
        """The number rises."""
        url = f"https://www.yicai.com/news/{103_400_000 + publication.serial}.html"
        return replace(publication, url=url, canonical_url=url, reporters=())

    def answer(self, request: Request) -> Answer | None:
        """Serve the list and articles."""
        if request.path == "/api/ajax/getlatest":
            return self._list(request)
        if re.fullmatch(r"/news/\d{9}\.html", request.path):
            found = self.page_at(f"https://www.yicai.com{request.path}")
            return found if not isinstance(found, Publication) else self._article(found)
        return None

    def _list(self, request: Request) -> Answer:
        number = int(request.query.get("page") or 1)
        listed = self.listed("yicai", "latest")
        shown, _ = page_of(listed, number, PAGE_SIZE, endless=request.endless)
        rows = [
            {
                "NewsID": int(publication.url.rsplit("/", 1)[1].removesuffix(".html")),
                "NewsTitle": publication.title,
                "url": publication.url.removeprefix("https://www.yicai.com"),
                "CreateDate": f"{publication.published_at:%Y-%m-%dT%H:%M:%S}",
                "NewsNotes": publication.paragraphs[0][:60],
                "NewsSource": publication.credit,
                "ChannelName": "一财快讯",
            }
            for publication in shown
        ]
        if number == 1:  # what is no text: a video, and what members pay for
            rows.insert(1, {"NewsID": 103_399_998, "NewsTitle": "直播回放", "url": "/video/103399998.html"})
            rows.append({"NewsID": 103_399_999, "NewsTitle": "会员专享", "url": "/vip/103399999.html"})
        return Answer.json(json.dumps(rows, ensure_ascii=False), modified=changed_at(listed))

    def _article(self, publication: Publication) -> Answer:
        page = fill("yicai_article.html", body=body_html(publication), **meta(publication))
        return Answer.html(page, modified=publication.changed_at)
