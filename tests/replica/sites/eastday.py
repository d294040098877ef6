"""东方网: a JSON list without signature, and pages that hold the body in markup or in a script."""

import json
import re
from dataclasses import replace
from hashlib import md5

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at
from tests.replica.publication import UNLISTED, Publication, Trait
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

SPECIALS = {
    "1632798465040016": "shanghai",
    "1578098222011690": "china",
    "1578272800010598": "finance",
    "1578272609010588": "society",
}
PATHS = {"shanghai": "bjzx", "china": "zq/zh", "finance": "self/yw", "society": "self/citynews"}


class Eastday(Site):
    """apin.eastday.com for lists, nw.eastday.com for articles."""

    sources = frozenset({"eastday"})
    hosts = frozenset({"apin.eastday.com", "nw.eastday.com", "sh.eastday.com", "www.eastday.com"})

    def dress(self, publication: Publication) -> Publication:
        """An address holds the day and 32 hexadecimal digits; the lead names the reporter."""
        at = publication.published_at
        if publication.section == UNLISTED:
            path = f"sh.eastday.com/m/{at:%Y%m%d}/u1a{14_400_000 + publication.serial}.html"
            return replace(publication, url=f"http://{path}", canonical_url=f"https://{path}")
        digest = md5(f"eastday {publication.serial}".encode(), usedforsecurity=False).hexdigest()
        url = f"https://nw.eastday.com/{PATHS[publication.section]}/{at:%Y%m%d}/{digest}.html"
        paragraphs = publication.paragraphs
        if publication.reporters:
            names = "、".join(publication.reporters)
            lead = f"东方网记者{names}{at.month}月{at.day}日报道:{paragraphs[0]}"
            paragraphs = (lead, *paragraphs[1:])
        return replace(publication, url=url, canonical_url=url, paragraphs=paragraphs)

    def answer(self, request: Request) -> Answer | None:
        """Serve the list API and articles."""
        if request.path.lower() == "/apiplus/special/specialnewslistbyurl":
            return self._list(request)
        if request.host in {"nw.eastday.com", "sh.eastday.com"}:
            found = self.page_at(f"https://{request.place}")
            return found if not isinstance(found, Publication) else self._article(found)
        return None

    def _list(self, request: Request) -> Answer:
        section = SPECIALS.get(request.query.get("specialUrl", ""))
        if section is None:
            return Answer.json('{"data":null,"code":404,"message":"专题不存在"}')
        skip, limit = int(request.query.get("skipCount") or 0), int(request.query.get("limitCount") or 20)
        listed = self.listed("eastday", section)
        if request.endless:
            skip = min(skip, max(0, len(listed) - limit))
        rows = [
            {
                "title": publication.title,
                "url": publication.url,
                "abstracts": publication.paragraphs[0][:60],
                "time": f"{publication.published_at:%Y-%m-%d %H:%M:%S}",
                "imgUrl": [],
                "imgurls_hd": [],
            }
            for publication in listed[skip : skip + limit]
        ]
        answer = {"data": {"title": section, "list": rows}}
        return Answer.json(json.dumps(answer, ensure_ascii=False), modified=changed_at(listed))

    def _article(self, publication: Publication) -> Answer:
        values = meta(publication)
        if publication.section == UNLISTED:
            page = fill("eastday_old.html", body=body_html(publication, indent="　　"), **values)
            return Answer.gb2312(page)
        body = body_html(publication, indent="　　")
        markup, script = body, ""
        if publication.has(Trait.SCRIPTED):
            # The escaping that a JavaScript string in a page needs: </p> would end the script otherwise.
            quoted = re.sub("</", r"<\\/", json.dumps(body, ensure_ascii=False))
            markup, script = "", f"var contentHtml = {quoted};"
        page = fill("eastday_article.html", body=markup, script=script, **values)
        return Answer.html(page, modified=publication.changed_at)
