"""澎湃新闻: lists by POST behind a wall, a list in HTML, pages with their text in markup and in `__NEXT_DATA__`."""

import json
import re
from dataclasses import replace
from html import escape

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at, page_of
from tests.replica.publication import Publication, Trait
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

PAGE_SIZE = 4

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
        if request.host == "api.thepaper.cn":
            return self._api(request)
        if request.path == "/list_25491":
            return self._delta()
        if match := re.fullmatch(r"/(?:newsDetail_forward_|detail/)(\d+)", request.path):
            found = self.page_at(f"https://www.thepaper.cn/newsDetail_forward_{match[1]}")
            return found if not isinstance(found, Publication) else self._article(found, match[1])
        return None

    def _api(self, request: Request) -> Answer | None:
        """Serve a channel; the wall before it lets nobody pass who does not say where he comes from."""
        if not request.headers.get("referer"):
            return replace(Answer.html("<title>403 Forbidden</title><h1>403 Forbidden</h1>"), status=403)
        if request.path != "/contentapi/nodeCont/getByChannelId":
            return None
        if not request.headers.get("content-type", "").startswith("application/json"):
            return Answer.json('{"code":99998,"desc":"系统错误","data":null}')
        try:
            asked = json.loads(request.body)
            return self._channel(CHANNELS[asked["channelId"]], asked.get("startTime") or None)
        except (ValueError, KeyError, TypeError):
            return Answer.json('{"code":400,"desc":"参数错误","data":null}')

    def _channel(self, channel: str, start_time: int | None) -> Answer:
        """Serve a page of a channel: editors' order, pinned items first; `startTime` says where the next begins."""
        listed = self.listed("thepaper", channel)
        if start_time is not None:
            listed = [item for item in listed if _milliseconds(item) < start_time and not item.has(Trait.PINNED)]
        shown, more = page_of(listed, 1, PAGE_SIZE)
        rows: list[dict[str, str | int]] = [
            {
                "contId": publication.url.rpartition("_")[2],
                "name": publication.title,
                "pubTimeLong": _milliseconds(publication),
                "pic": "",
                "link": "",
                "praiseTimes": "1.2万",
            }
            for publication in shown
        ]
        # What leads to another site, and what is no article at all.
        rows.insert(1, {"contId": "31000001", "name": "推广", "pubTimeLong": 0, "link": "http://tuiguang.example/1"})
        rows.append({"contId": "", "name": "热榜", "pubTimeLong": 0, "link": ""})
        data = {"hasNext": more, "startTime": _milliseconds(shown[-1]) if shown else None, "list": rows}
        return Answer.json(json.dumps({"code": 200, "data": data}, ensure_ascii=False))

    def _delta(self) -> Answer:
        """Serve the list that is all about the delta, rendered by the server."""
        listed = self.listed("thepaper", "delta")
        items = "\n".join(
            f'<div class="small_toplink"><a href="/newsDetail_forward_{item.url.rpartition("_")[2]}">'
            f"<h2>{escape(item.title)}</h2></a>"
            f"<p>{escape(item.paragraphs[0][:40])}…</p><span>{item.published_at:%Y-%m-%d %H:%M}</span></div>"
            for item in listed
        )
        return Answer.html(fill("thepaper_list.html", items=items), modified=changed_at(listed))

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


def _milliseconds(publication: Publication) -> int:
    return int(publication.published_at.timestamp() * 1000)
