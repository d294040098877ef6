"""上观新闻: JSON lists, a page that is only a shell, and the text as JSON on a second host."""

import json
import re
from dataclasses import replace

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at
from tests.replica.publication import Publication
from tests.replica.sites.markup import body_html, fill
from tests.replica.sites.site import Site

LISTS = {"topnewslist": "top", "morenewslist": "more", "recommandnewslist": "recommended", "quicknewslist": "quick"}
SHELL = "/staticsg/res/html/web/newsDetail.html"


class Shobserver(Site):
    """www.shobserver.com and www.jfdaily.com, which hold the same files."""

    sources = frozenset({"shobserver"})
    hosts = frozenset({"www.shobserver.com", "www.jfdaily.com"})

    def dress(self, publication: Publication) -> Publication:
        """The id rises; `sid` says where a link was found."""
        address = f"https://www.shobserver.com{SHELL}?id={1_185_000 + publication.serial}"
        byline = f"上观新闻记者 {' '.join(publication.reporters)}" if publication.reporters else None
        return replace(publication, url=f"{address}&sid=11", canonical_url=address, byline=byline, editors=())

    def answer(self, request: Request) -> Answer | None:
        """Serve lists, the shell and the text."""
        if match := re.fullmatch(r"/staticsg/data/web/home/(\w+)\.json", request.path):
            return self._list(match[1])
        number = request.query.get("id", "")
        if request.path in {SHELL, "/news/detail", "/wx/detail.do"}:
            return Answer.html(fill("plain.html", title="上观新闻", body='<div id="app"></div>'))
        if request.path == "/news/getNewsDetail":
            found = self.page_at(f"https://www.shobserver.com{SHELL}?id={number}")
            if found is None:  # an error with status 200
                return Answer.json('{"result":false,"message":"新闻不存在","object":null}')
            return found if isinstance(found, Answer) else self._detail(found)
        return None

    def _list(self, name: str) -> Answer | None:
        if name not in LISTS:
            return None
        listed = self.listed("shobserver", LISTS[name])
        rows = [self._row(publication) for publication in listed]
        if name == "topnewslist":
            # A special topic: no article, to be left out by its type.
            rows.insert(1, {"id": 1_100_001, "title": "专题｜同城生活", "newstype": "1", "relatecontentid": 77})
        return Answer.json(json.dumps({"data": rows}, ensure_ascii=False), modified=changed_at(listed))

    def _row(self, publication: Publication) -> dict[str, str | int | None]:
        return {
            "id": 1_185_000 + publication.serial,
            "title": publication.title,
            "summary": publication.paragraphs[0][:60],
            "sectionname": "区域",
            "subsectionname": "长三角",
            "publishtime": int(publication.published_at.timestamp() * 1000),
            "newstype": "0",
            "picurl": "https://images.shobserver.cn/news/690_390/replica.jpg",
            "relatecontentid": None,
        }

    def _detail(self, publication: Publication) -> Answer:
        text = {
            **self._row(publication),
            "source": publication.credit,
            "author": " ".join(publication.reporters),
            "detail": body_html(publication),
        }
        answer = json.dumps({"result": True, "object": text}, ensure_ascii=False)
        return Answer.json(answer, modified=publication.changed_at)
