"""江声网: a broadcaster that does not exist, for kinds of lists that no shipped source has, and a modern page."""

import gzip
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from email.utils import format_datetime
from html import escape

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at, page_of
from tests.replica.paging import Pager, pager_html, printed_page
from tests.replica.publication import Publication
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

HOST = "www.jiangsheng.example"
PAGE_SIZE = 2


class Jiangsheng(Site):
    """www.jiangsheng.example: RSS, Atom, sitemaps under an index, pages with a next link, HTML in JSON, a daily."""

    sources = frozenset({"jiangsheng"})
    hosts = frozenset({HOST, "jiangsheng.example"})

    def dress(self, publication: Publication) -> Publication:
        """Every list writes the address with a parameter that says where it was found."""
        address = f"https://{HOST}/news/{publication.published_at:%Y/%m}/{publication.serial}.html"
        return replace(publication, url=f"{address}?from={publication.section}", canonical_url=address)

    def answer(self, request: Request) -> Answer | None:
        """Serve lists and articles."""
        listed = {
            "/rss.xml": self._rss,
            "/atom.xml": self._atom,
            "/sitemap_index.xml": self._index,
            "/sitemaps/2026-11.xml.gz": self._sitemap,
            "/more/": self._more,
            "/api/fragment": self._fragment,
        }.get(request.path)
        if listed:
            return listed(request)
        if issue := re.fullmatch(r"/paper/(\d{4}-\d\d-\d\d)\.json", request.path):
            return self._issue(issue[1])
        found = self.page_at(f"https://{HOST}{request.path.replace('/amp/', '/')}")
        if not isinstance(found, Publication):
            return found
        return self._article(found, request.query.get("page") or "1")

    def _rss(self, request: Request) -> Answer:
        items = self.listed("jiangsheng", "rss")
        rows = "".join(
            f"<item><title>{escape(item.title)}</title><link>{escape(item.url)}</link>"
            f"<description><![CDATA[<p>{escape(item.paragraphs[0])}</p>]]></description>"
            f"<pubDate>{format_datetime(item.published_at)}</pubDate></item>\n"
            for item in items
        )
        return _xml(f'<rss version="2.0"><channel><title>江声网</title>\n{rows}</channel></rss>', items)

    def _atom(self, request: Request) -> Answer:
        items = self.listed("jiangsheng", "atom")
        rows = "".join(
            f'<entry><title>{escape(item.title)}</title><link rel="alternate" href="{escape(item.url)}"/>'
            f"<id>{escape(item.canonical_url)}</id><updated>{item.published_at.isoformat()}</updated></entry>\n"
            for item in items
        )
        return _xml(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>江声网</title>\n{rows}</feed>', items)

    def _index(self, request: Request) -> Answer:
        items = self.listed("jiangsheng", "sitemap")
        newest = changed_at(items)
        rows = (
            f"<sitemap><loc>https://{HOST}/sitemaps/2026-11.xml.gz</loc><lastmod>{newest:%Y-%m-%d}</lastmod></sitemap>"
        )
        return _xml(f'<sitemapindex xmlns="{SITEMAPS}">{rows}</sitemapindex>', items)

    def _sitemap(self, request: Request) -> Answer:
        items = self.listed("jiangsheng", "sitemap")
        rows = "".join(
            f"<url><loc>{escape(item.url)}</loc><news:news><news:publication><news:name>江声网</news:name>"
            f"<news:language>zh</news:language></news:publication><news:title>{escape(item.title)}</news:title>"
            f"<news:publication_date>{item.published_at.isoformat()}</news:publication_date></news:news></url>\n"
            for item in items
        )
        names = f'xmlns="{SITEMAPS}" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
        plain = _xml(f"<urlset {names}>\n{rows}</urlset>", items)
        return replace(plain, body=gzip.compress(plain.body, mtime=0), content_type="application/gzip")

    def _more(self, request: Request) -> Answer:
        items = self.listed("jiangsheng", "more")
        shown, goes_on = page_of(items, int(request.query.get("p") or 1), PAGE_SIZE, endless=request.endless)
        links = "".join(f'<li><a href="{escape(item.url)}">{escape(item.title)}</a></li>\n' for item in shown)
        following = int(request.query.get("p") or 1) + 1
        tail = f'<a rel="next" href="/more/?p={following}">下一页</a>' if goes_on else ""
        return Answer.html(fill("plain.html", title="更多", body=f"<ul>{links}</ul>{tail}"), modified=changed_at(items))

    def _fragment(self, request: Request) -> Answer:
        items = self.listed("jiangsheng", "fragment")
        shown, _ = page_of(items, int(request.query.get("page") or 1), PAGE_SIZE, endless=request.endless)
        links = "".join(
            f'<li><a href="{escape(item.url)}">{escape(item.title)}</a><i>{item.published_at:%m-%d}</i></li>'
            for item in shown
        )
        return Answer.json(json.dumps({"code": 0, "html": links}, ensure_ascii=False), modified=changed_at(items))

    def _issue(self, day: str) -> Answer | None:
        """Serve the newspaper of a day; a day on which nothing was published has none."""
        items = [item for item in self.listed("jiangsheng", "paper") if f"{item.published_at:%Y-%m-%d}" == day]
        rows = [{"title": item.title, "url": item.url} for item in items]
        answer = json.dumps({"day": day, "articles": rows}, ensure_ascii=False)
        return Answer.json(answer, modified=changed_at(items)) if items else None

    def _article(self, whole: Publication, number: str) -> Answer | None:
        publication = whole if number == "all" else printed_page(whole, int(number))
        if publication is None:
            return None
        address = whole.canonical_url
        pager = ""
        if number != "all":
            pager = pager_html(
                whole, int(number), Pager.NUMBERS, lambda page: f"{address}?page={page}", whole=f"{address}?page=all"
            )
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": publication.title,
            "datePublished": publication.published_at.isoformat(),
            "author": [{"@type": "Person", "name": name} for name in publication.reporters],
            "publisher": {"@type": "Organization", "name": "江声网"},
        }
        script = re.sub("</", r"<\\/", json.dumps(data, ensure_ascii=False))
        page = fill(
            "jiangsheng_article.html",
            body=body_html(publication) + pager,
            data=script,
            moment=publication.published_at.isoformat(),
            **meta(publication),
        )
        return Answer.html(page, modified=publication.changed_at)


SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _xml(text: str, publications: Iterable[Publication]) -> Answer:
    return Answer(
        body=f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode(),
        content_type="application/xml; charset=utf-8",
        modified=changed_at(publications),
    )
