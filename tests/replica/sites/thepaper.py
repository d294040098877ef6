"""澎湃新闻: a list by POST, and pages that hold their text in markup and in `__NEXT_DATA__`."""

import json
import re
from dataclasses import replace

from tests.replica.exchange import Answer, Request
from tests.replica.publication import Publication
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

CHANNELS = {"25950": "shishi", "25951": "caijing"}


class Thepaper(Site):
    """www.thepaper.cn, m.thepaper.cn and api.thepaper.cn."""

    sources = frozenset({"thepaper"})
    hosts = frozenset({"www.thepaper.cn", "thepaper.cn", "m.thepaper.cn", "api.thepaper.cn"})

    def dress(self, publication: Publication) -> Publication:
        """The number rises; the phone's page is the same article."""
        url = f"https://www.thepaper.cn/newsDetail_forward_{32_000_000 + publication.serial}"
        byline = f"澎湃新闻记者 {' '.join(publication.reporters)}" if publication.reporters else None
        return replace(publication, url=url, canonical_url=url, byline=byline)

    def answer(self, request: Request) -> Answer | None:
        """Serve the list and articles."""
        if request.path == "/contentapi/nodeCont/getByChannelId":
            return self._list(request)
        if match := re.fullmatch(r"/(?:newsDetail_forward_|detail/)(\d+)", request.path):
            found = self.page_at(f"https://www.thepaper.cn/newsDetail_forward_{match[1]}")
            return found if not isinstance(found, Publication) else self._article(found, match[1])
        return None

    def _list(self, request: Request) -> Answer:
        try:
            channel = CHANNELS[json.loads(request.body)["channelId"]]
        except (ValueError, KeyError, TypeError):
            return Answer.json('{"code":400,"desc":"参数错误","data":null}')
        rows: list[dict[str, str | int]] = [
            {
                "contId": publication.url.rpartition("_")[2],
                "name": publication.title,
                "pubTimeLong": int(publication.published_at.timestamp() * 1000),
                "pic": "",
                "link": "",
            }
            for publication in self.listed("thepaper", channel)
        ]
        # What leads to another site, and what is no article at all.
        rows.insert(1, {"contId": "31000001", "name": "推广", "pubTimeLong": 0, "link": "http://tuiguang.example/1"})
        rows.append({"contId": "", "name": "热榜", "pubTimeLong": 0, "link": ""})
        return Answer.json(json.dumps({"code": 200, "data": {"hasNext": False, "list": rows}}, ensure_ascii=False))

    def _article(self, publication: Publication, number: str) -> Answer:
        body = body_html(publication)
        detail = {
            "contId": number,
            "name": publication.title,
            "author": " ".join(publication.reporters),
            "source": publication.credit,
            "pubTime": f"{publication.published_at:%Y-%m-%d %H:%M}",
            "publishTime": int(publication.published_at.timestamp() * 1000),
            "content": body,
            "summary": publication.paragraphs[0][:60],
        }
        data = {"props": {"pageProps": {"detailData": {"contentDetail": detail}}}}
        script = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
        page = fill("thepaper_article.html", body=body, data=script, **meta(publication))
        return Answer.html(page, modified=publication.changed_at)
