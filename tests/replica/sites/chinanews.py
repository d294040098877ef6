"""中国新闻网: feeds of 30 items, several of which name one article; the page is invented."""

import re
from dataclasses import replace
from email.utils import format_datetime
from html import escape

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at
from tests.replica.publication import Publication
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

FEEDS = {
    "importnews": "importnews",
    "scroll-news": "scroll",
    "china": "china",
    "society": "society",
    "finance": "finance",
}
FOLDERS = {"finance": "cj", "society": "sh"}


class Chinanews(Site):
    """www.chinanews.com.cn."""

    sources = frozenset({"chinanews"})
    hosts = frozenset({"www.chinanews.com.cn"})

    def dress(self, publication: Publication) -> Publication:
        """An address holds the channel, the day and a number."""
        at, folder = publication.published_at, FOLDERS.get(publication.section, "gn")
        url = f"https://www.chinanews.com.cn/{folder}/{at:%Y/%m-%d}/{10_800_000 + publication.serial}.shtml"
        lead = f"中新网{at.month}月{at.day}日电 {publication.paragraphs[0]}"
        return replace(publication, url=url, canonical_url=url, paragraphs=(lead, *publication.paragraphs[1:]))

    def answer(self, request: Request) -> Answer | None:
        """Serve feeds and articles."""
        if (match := re.fullmatch(r"/rss/([\w-]+)\.xml", request.path)) and match[1] in FEEDS:
            return self._feed(FEEDS[match[1]])
        found = self.page_at(f"https://www.chinanews.com.cn{request.path}")
        return found if not isinstance(found, Publication) else self._article(found)

    def _feed(self, section: str) -> Answer:
        """Serve a feed; the rolling one names what stands in the others, too, and a video."""
        listed = self.listed("chinanews", None if section == "scroll" else section)
        rows = "".join(
            f"<item><title><![CDATA[{item.title}]]></title><link>{escape(item.url.replace('https:', 'http:'))}</link>"
            f"<description><![CDATA[{item.paragraphs[0][:60]}]]></description>"
            f"<pubDate>{format_datetime(item.published_at)}</pubDate></item>\n"
            for item in listed
        )
        video = (
            "<item><title>视频：一分钟看完</title><link>https://www.chinanews.com.cn/shipin/cns-d/2026/11-19/news1.shtml</link>"
            "</item>"
        )
        head = '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>中国新闻网</title>'
        text = f"{head}\n{rows}{video}</channel></rss>"
        return Answer(body=text.encode(), content_type="text/xml", modified=changed_at(listed))

    def _article(self, publication: Publication) -> Answer:
        page = fill("chinanews_article.html", body=body_html(publication, indent="　　"), **meta(publication))
        return Answer.html(page, modified=publication.changed_at)
