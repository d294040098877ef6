"""转发网: an aggregator that does not exist; it reprints with pinyin glosses, the text twice, and adverts between."""

import re
from dataclasses import replace
from html import escape

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at
from tests.replica.paging import Pager, pager_html, printed_page
from tests.replica.publication import Publication, Trait
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

HOST = "www.zhuanfa.example"


class Zhuanfa(Site):
    """www.zhuanfa.example."""

    sources = frozenset({"zhuanfa"})
    hosts = frozenset({HOST})

    def dress(self, publication: Publication) -> Publication:
        """Whatever it takes over, it glosses."""
        url = f"https://{HOST}/post/{publication.serial}.html"
        return replace(publication, url=url, canonical_url=url, editors=(), traits=publication.traits | {Trait.GLOSSED})

    def answer(self, request: Request) -> Answer | None:
        """Serve the front page and posts."""
        if request.path == "/":
            listed = self.listed("zhuanfa")
            links = "".join(f'<h2><a href="{escape(item.url)}">{escape(item.title)}</a></h2>\n' for item in listed)
            return Answer.html(fill("plain.html", title="转发网", body=links), modified=changed_at(listed))
        match = re.fullmatch(r"(/post/\d+)(?:\.html|/(\d+)/)", request.path)
        if match is None:
            return None
        found = self.page_at(f"https://{HOST}{match[1]}.html")
        return found if not isinstance(found, Publication) else self._post(found, int(match[2] or 1))

    def _post(self, whole: Publication, number: int) -> Answer | None:
        publication = printed_page(whole, number)
        if publication is None:
            return None
        stem = whole.canonical_url.removesuffix(".html")
        pager = pager_html(whole, number, Pager.NEXT, lambda page: f"{stem}/{page}/")
        body = body_html(publication).replace("<h4>", f"{pager}<h4>", 1)  # above what others say of it
        page = fill("zhuanfa_post.html", body=body, **meta(publication))
        return Answer.html(page, modified=publication.changed_at)
