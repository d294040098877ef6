"""转发网: an aggregator that does not exist; it reprints with pinyin glosses, the text twice, and adverts between."""

import re
from dataclasses import replace
from html import escape

from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import changed_at
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
        if not re.fullmatch(r"/post/\d+\.html", request.path):
            return None
        found = self.page_at(f"https://{HOST}{request.path}")
        return found if not isinstance(found, Publication) else self._post(found)

    def _post(self, publication: Publication) -> Answer:
        page = fill("zhuanfa_post.html", body=body_html(publication), **meta(publication))
        return Answer.html(page, modified=publication.changed_at)
