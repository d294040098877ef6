"""中安在线: columns in the markup that a crawler reads; the text page of today is reconstructed from TRS habit."""

import re
from dataclasses import replace
from html import escape

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at
from tests.replica.publication import Publication
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

COLUMNS = {"szxw": "时政新闻", "shxw": "社会新闻", "cjxw": "财经新闻", "kjxw": "科技新闻"}


class Anhuinews(Site):
    """ah.anhuinews.com."""

    sources = frozenset({"anhuinews"})
    hosts = frozenset({"ah.anhuinews.com", "www.anhuinews.com"})

    def dress(self, publication: Publication) -> Publication:
        """Its pages close with the reporters in brackets."""
        at = publication.published_at
        path = f"ah.anhuinews.com/{publication.section}/{at:%Y%m}/t{at:%Y%m%d}_{7_400_000 + publication.serial}.html"
        byline = f"（记者 {' '.join(publication.reporters)}）" if publication.reporters else None
        return replace(publication, url=f"http://{path}", canonical_url=f"https://{path}", byline=byline)

    def answer(self, request: Request) -> Answer | None:
        """Serve columns and articles."""
        if (match := re.fullmatch(r"/(\w+)/", request.path)) and match[1] in COLUMNS:
            return self._column(match[1])
        found = self.page_at(f"https://ah.anhuinews.com{request.path}")
        return found if not isinstance(found, Publication) else self._article(found)

    def _column(self, name: str) -> Answer:
        listed = self.listed("anhuinews", name)
        items = "\n".join(
            f'<div class="item"><div class="title"><a href="{escape(_spelled(item))}">{escape(item.title)}</a></div>'
            f'<div class="time">{item.published_at:%Y-%m-%d %H:%M}</div></div>'
            for item in listed
        )
        page = fill("anhuinews_column.html", column=COLUMNS[name], items=items)
        return Answer.html(page, modified=changed_at(listed))

    def _article(self, publication: Publication) -> Answer:
        printed = replace(publication, byline=None)
        page = fill(
            "anhuinews_article.html",
            body=body_html(printed),
            closing=f"<p>{escape(publication.byline)}</p>" if publication.byline else "",
            column=COLUMNS[publication.section],
            **meta(publication),
        )
        return Answer.html(page, modified=publication.changed_at)


def _spelled(publication: Publication) -> str:
    """Write an address relative to its column, as TRS lists do: `./202611/t…html`."""
    return "./" + publication.url.split("/", 4)[4]
