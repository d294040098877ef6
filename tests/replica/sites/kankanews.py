"""看看新闻: server-rendered Nuxt pages, and the signed API that answers errors with status 200."""

import re
from dataclasses import replace
from hashlib import sha256
from html import escape

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at, page_of
from tests.replica.publication import UNLISTED, Publication, Trait
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
LIST_SIZE = 30


class Kankanews(Site):
    """www.kankanews.com and kapi.kankanews.com."""

    sources = frozenset({"kankanews"})
    hosts = frozenset({"www.kankanews.com", "kankanews.com", "kapi.kankanews.com"})

    def dress(self, publication: Publication) -> Publication:
        """The id tells neither order nor date."""
        if publication.section == UNLISTED:
            path = (
                f"www.kankanews.com/a/{publication.published_at:%Y-%m-%d}/{39_042_000 + publication.serial:010d}.shtml"
            )
            return replace(publication, url=f"http://{path}", canonical_url=f"https://{path}")
        digest = sha256(f"kankanews {publication.serial}".encode()).digest()
        url = "https://www.kankanews.com/detail/" + "".join(ALPHABET[byte % 62] for byte in digest[:11])
        names = " ".join(publication.reporters)
        return replace(
            publication,
            url=url,
            canonical_url=url,
            byline=f"（看看新闻Knews记者：{names}）" if names else None,
        )

    def answer(self, request: Request) -> Answer | None:
        """Serve the rolling list, articles, and the API's refusal."""
        if request.host == "kapi.kankanews.com":
            return Answer.json('{"code":"4003","message":"sign failed","result":null}')
        if request.path.rstrip("/") == "/k24":
            return self._rolling(request)
        if match := re.fullmatch(r"/detail/[A-Za-z0-9]{11}|/a/[\d-]{10}/\d{10}\.shtml", request.path):
            found = self.page_at(f"https://www.kankanews.com{match[0]}")
            return found if not isinstance(found, Publication) else self._article(found)
        return None

    def _rolling(self, request: Request) -> Answer:
        listed = self.listed("kankanews", "k24")
        number = int(request.query.get("page") or 1)
        shown, more = page_of(listed, number, LIST_SIZE, endless=request.endless)
        items = "\n".join(_item(publication) for publication in shown)
        following = f'<a class="next" href="/k24?page={number + 1}">下一页</a>' if more else ""
        return Answer.html(fill("kankanews_k24.html", items=items, following=following), modified=changed_at(listed))

    def _article(self, publication: Publication) -> Answer:
        values = meta(publication)
        if publication.section == UNLISTED:
            return Answer.html(fill("kankanews_old.html", body=body_html(publication), **values))
        byline = f"看看新闻Knews记者 {values['reporter']}" if publication.reporters else ""
        video = ""
        if publication.has(Trait.VIDEO):
            video = r"https:\u002F\u002Fvideo.kankanews.com\u002Freplica\u002Findex.m3u8"
        page = fill(
            "kankanews_detail.html",
            body=body_html(publication),
            byline=byline,
            video=video,
            credit_line=f"来源：{values['credit']}",
            editor_line=f"编辑：{values['editor']}" if publication.editors else "",
            column="看呀STV" if video else "时讯",
            **values,
        )
        return Answer.html(page, modified=publication.changed_at)


def _item(publication: Publication) -> str:
    path = publication.url.removeprefix("https://www.kankanews.com")
    title = escape(publication.title)
    again = f'<a class="cover" href="{path}?appid=571459"><img alt="{title}"/></a>'
    return (
        f'<div class="k24-item"><span class="time">{publication.published_at:%H:%M}</span>'
        f"{again if publication.has(Trait.TWICE_LISTED) else ''}"
        f'<a href="{path}" target="_blank"><h3>{title}</h3></a><p>{escape(publication.paragraphs[0][:40])}</p></div>'
    )
