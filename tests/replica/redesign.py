"""A site after a redesign: the same articles at other addresses, in other markup, behind other keys, pages or hosts."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from crawler.downloader.domains import registered_domain
from crawler.sources.model import Source
from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import Newsroom
from tests.replica.publication import Publication
from tests.replica.spoiling import new_markup

Play = Callable[[Request], Answer]


class Redesign(StrEnum):
    """The ways in which a site changes."""

    ADDRESSES = "addresses"
    """Every article moves to another address; its old one redirects there."""
    MARKUP = "markup"
    """Every class and id has another name."""
    KEYS = "keys"
    """Every key of a JSON list has another name, and what is an array at its top stands in an object."""
    PAGING = "paging"
    """Further pages are at other addresses, and the old ones are gone."""
    HTTPS = "https"
    """Everything by https; http redirects there."""
    HOST = "host"
    """Everything on another host of the same registered domain; the old one redirects there."""


PAGED = {
    "jstv": r"(?P<list>https?://news\.jstv\.com/\w+/)list_(?P<number>\d+)\.shtml",
    "ahtv": r"(?P<list>https?://www\.ahtv\.cn/pindao/ahzh/pk)/index_(?P<number>\d+)\.html",
}
"""Where further pages of a source's lists stand, by its name."""
KEYS = {
    "url": "href", "link": "jump", "title": "headline", "name": "headline", "NewsTitle": "headline", "data": "payload",
    "list": "records", "id": "docNo", "contId": "docNo",
}  # fmt: skip
"""New names of keys; others get an x at their end."""
_TOKEN = re.compile(r"""(?<=["'>])[^"'<>\s\\]{5,400}(?=\\?["'<])""")


@dataclass(frozen=True)
class RedesignedSite:
    """What stands between a site and its visitors."""

    kind: Redesign
    source: Source
    newsroom: Newsroom
    hosts: frozenset[str]
    """The hosts of the site as it was."""

    @property
    def new_hosts(self) -> frozenset[str]:
        """Hosts that it did not have before."""
        return frozenset(map(_new_host, self.hosts)) if self.kind is Redesign.HOST else frozenset()

    def answer(self, request: Request, play: Play) -> Answer:
        """Answer as the site does now; `play` answers as it did."""
        changed: Mapping[Redesign, Callable[[Request, Play], Answer]] = {
            Redesign.ADDRESSES: self._addresses,
            Redesign.MARKUP: lambda request, play: _if_html(play(request), new_markup),
            Redesign.KEYS: lambda request, play: _new_keys(play(request)),
            Redesign.PAGING: self._paging,
            Redesign.HTTPS: self._https,
            Redesign.HOST: self._host,
        }
        return changed[self.kind](request, play)

    def _addresses(self, request: Request, play: Play) -> Answer:
        published = self.newsroom.all()
        moved = {new_address(publication): publication for publication in published}
        if publication := moved.get(self.source.canonical_url(request.url)):
            return play(replace(request, url=publication.canonical_url))
        old = self.newsroom.get(self.source.canonical_url(request.url))
        if old is not None:
            return Answer.redirect(new_address(old))

        def renewed(match: re.Match[str]) -> str:
            address = urljoin(request.url, unescape(match[0]).replace("\\/", "/"))
            found = self.newsroom.get(self.source.canonical_url(address)) if self.source.owns(address) else None
            return escape(new_address(found)) if found else match[0]

        return _in_text(play(request), lambda text: _TOKEN.sub(renewed, text))

    def _paging(self, request: Request, play: Play) -> Answer:
        pattern = PAGED[self.source.name]
        if re.fullmatch(pattern, request.url):
            return Answer.plain(404, "没有这一页")
        number = parse_qs(urlsplit(request.url).query).get("p", ["1"])[0]
        if number != "1":
            numbered = {"jstv": "{}list_{}.shtml", "ahtv": "{}/index_{}.html"}[self.source.name]
            request = replace(request, url=numbered.format(request.url.partition("?")[0], number))
        here = request.url
        answer = play(request)

        def renewed(match: re.Match[str]) -> str:
            found = re.fullmatch(pattern, urljoin(here, unescape(match[0])))
            return f"{found['list']}?p={found['number']}" if found else match[0]

        return _if_html(answer, lambda text: _TOKEN.sub(renewed, text))

    def _https(self, request: Request, play: Play) -> Answer:
        if request.url.startswith("http:"):
            return Answer.redirect(request.url.replace("http:", "https:", 1))
        answer = play(replace(request, url=request.url.replace("https:", "http:", 1)))
        if answer.status == 302:
            answer = play(request)
        return _in_text(answer, lambda text: text.replace("http:", "https:"))

    def _host(self, request: Request, play: Play) -> Answer:
        parts = urlsplit(request.url)
        if request.host in self.hosts:
            return Answer.redirect(parts._replace(netloc=_new_host(request.host)).geturl())
        old = next(host for host in self.hosts if _new_host(host) == request.host)
        answer = play(replace(request, url=parts._replace(netloc=old).geturl()))
        for host in self.hosts:
            answer = _in_text(answer, partial(_on_new_host, host))
        location = answer.headers.get("Location", "")
        return (
            replace(answer, headers={**answer.headers, "Location": location.replace(old, request.host)})
            if location
            else answer
        )


def address_after(kind: Redesign, publication: Publication) -> str:
    """Return where an article stands after its site changed so."""
    if kind is Redesign.ADDRESSES:
        return new_address(publication)
    parts = urlsplit(publication.canonical_url)
    return parts._replace(netloc=_new_host(parts.netloc)).geturl() if kind is Redesign.HOST else parts.geturl()


def new_address(publication: Publication) -> str:
    """Return where an article stands after its site moved all to other addresses."""
    host = urlsplit(publication.canonical_url).netloc
    return f"https://{host}/xinwen/{publication.published_at:%Y-%m/%d}/c{10_000_000 + publication.serial}.html"


def _new_host(host: str) -> str:
    domain = registered_domain(host)
    return f"{'-'.join(['xin', *host.removesuffix(domain).strip('.').split('.')]).strip('-')}.{domain}"


def _on_new_host(host: str, text: str) -> str:
    return text.replace(f"//{host}/", f"//{_new_host(host)}/")


def _new_keys(answer: Answer) -> Answer:
    if "json" not in answer.content_type and "javascript" not in answer.content_type:
        return answer
    call = re.fullmatch(r"(?s)(\w+\()(.*)(\))", answer.text)
    before, text, after = call.groups() if call else ("", answer.text, "")
    data = _renamed(json.loads(text))
    data = {"payload": data} if isinstance(data, list) else {"result": data}
    return replace(answer, body=f"{before}{json.dumps(data, ensure_ascii=False)}{after}".encode())


def _renamed(data: Any) -> Any:  # Any: JSON
    if isinstance(data, dict):
        return {KEYS.get(key, f"{key}x"): _renamed(value) for key, value in data.items()}
    return [_renamed(value) for value in data] if isinstance(data, list) else data


def _if_html(answer: Answer, change: Callable[[str], str]) -> Answer:
    return _in_text(answer, change) if "html" in answer.content_type else answer


def _in_text(answer: Answer, change: Callable[[str], str]) -> Answer:
    if answer.body.startswith(b"\x1f\x8b"):
        return answer
    return replace(answer, body=change(answer.text).encode(answer.encoding, "xmlcharrefreplace"))
