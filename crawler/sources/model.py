"""Source: one broadcaster as data, with the evidence for it."""

import re
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal
from urllib.parse import quote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

from crawler.addresses import is_public_host
from crawler.downloader.domains import registered_domain, registered_domains
from crawler.extraction.model import Hints, Pattern
from crawler.extraction.page_addresses import PAGE_PARAMETERS, WHOLE_PARAMETERS
from crawler.sources.section import (
    AnySection,
    FeedSection,
    HtmlSection,
    JmesPath,
    JsonSection,
    ListRequest,
    Section,
    SitemapSection,
)
from crawler.urls import UrlRules, canonical_url, without_session

__all__ = [
    "Detail",
    "FeedSection",
    "FormerHints",
    "HtmlSection",
    "JsonSection",
    "ListRequest",
    "Section",
    "SitemapSection",
    "Source",
    "SourceKind",
]

Grade = Literal["A", "B", "C"]
"""A: seen in a real page, the site's own script or several independent crawlers; B: solid in part; C: weak."""


TimeOfDay = Annotated[str, Field(pattern=r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$")]
"""Hour and minute in Shanghai, as 19:05."""


_WEB_PORTS = frozenset({80, 443})


_CHARACTERS = re.compile(r"\[\^?\]?[^\]]*\]")
"""A set of characters in a pattern: `[?#]` is where an address may end."""


_CARRIES_MORE = re.compile(r"[?#;]")
"""What trackers, places on a page and session ids stand behind: `/a/1.html?spm=C1.2`."""


class SourceKind(StrEnum):
    """Who runs the source; party media are off until one setting switches them on."""

    BROADCASTER = "broadcaster"
    PARTY_MEDIA = "party_media"


class Detail(BaseModel):
    """Where an article's text is JSON at an address of its own, apart from the page that people open."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    """Address of the JSON; `{name}` stands for the group of that name in the source's `article` pattern."""
    body: JmesPath
    """To the text, HTML or plain."""
    title: JmesPath | None = None
    published_at: JmesPath | None = None
    credit: JmesPath | None = None


class FormerHints(BaseModel):
    """Hints for a layout that the site has left: pages stored at that time stay readable."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    until: date
    """Last day on which the site is known to have had this layout."""
    article: Pattern | None = None
    """Addresses of that layout, where they tell it better than the day does."""
    hints: Hints


class Source(BaseModel):
    """One broadcaster (or paper): a spider of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    province: Literal["上海", "江苏", "浙江", "安徽", "全国"]
    kind: SourceKind = SourceKind.BROADCASTER
    homepage: str
    hosts: tuple[str, ...] = Field(min_length=1)
    """Hosts that it may be crawled on; one that starts with a dot stands for all its subdomains."""
    private: bool = False
    """Whether its hosts may have loopback or private addresses; only a user's own file may say so."""
    article: Pattern | None = None
    """Addresses that are articles; without it, links are chosen by their shape."""
    examples: tuple[str, ...] = ()
    """Addresses of articles that were seen in the evidence; each must match `article`."""
    enabled: bool = True
    """Whether it is crawled without being named; the loader decides where the file does not (`loader.load_sources`)."""
    disabled_because: str = ""
    enabled_because: str = ""
    """Why it is on; the loader says it where the file does not."""
    unsupported: str = ""
    """Why it cannot be crawled at all, as where only a signed route exists."""
    render: Literal["none", "browser"] = "none"
    """`browser`: its pages are empty without JavaScript, so that it needs the extra `js` (docs/sources.md)."""
    interval: int = Field(default=60, ge=5)
    """Minutes between two crawls."""
    crawl_at: tuple[TimeOfDay, ...] = ()
    """Times of the day, in Shanghai, at which the service crawls it besides, as after a programme was aired."""
    requests_per_hour: int | None = Field(default=None, ge=10)
    """Most requests in any sixty minutes, of whatever kind; what is left then waits for a later crawl."""
    grade: Grade
    """How well the way to its articles is proven: lists and addresses. C is off by default."""
    page_grade: Grade
    """How well the structure of an article page is proven; extraction is generic, so C is no reason to leave it off."""
    evidence: str
    """Where its addresses and structure were seen."""
    newest_evidence: str = Field(pattern=r"^\d{4}(?:-(?:0[1-9]|1[0-2]))?$")
    """Year, or year and month, of the newest thing seen."""
    assumptions: tuple[str, ...] = ()
    """What nobody saw: the first places to look when the source fails."""
    verified_on: date
    """The day on which this record was last compared with its evidence. For the bundled files this was stored public
    material, never the live site; `deltanews sources check` compares with the live site."""
    sections: tuple[AnySection, ...] = Field(min_length=1)
    hints: Hints = Hints()
    former_hints: tuple[FormerHints, ...] = ()
    detail: Detail | None = None
    url_rules: UrlRules = UrlRules()

    @model_validator(mode="after")
    def _is_consistent(self) -> "Source":
        names = [section.name for section in self.sections]
        if len(names) != len(set(names)):
            raise ValueError("two sections have one name")
        for section in self.sections:
            if section.headers.get("Referer", self.homepage) != self.homepage:
                raise ValueError(f"the Referer of section {section.name} can only be the homepage, {self.homepage}")
        for example in self.examples:
            if not self.is_article(example):
                raise ValueError(f"`article` does not match the example {example}, or `hosts` lack its host")
        groups = re.compile(self.article or "").groupindex
        if self.detail and not all(name in groups for name in re.findall(r"{(\w+)}", self.detail.url)):
            raise ValueError("detail.url: each {name} needs a group (?P<name>…) in `article`")
        return self

    def has_old_evidence(self, day: date) -> bool:
        """Tell whether its newest evidence is, or may be, older than a year on that day."""
        year, _, month = self.newest_evidence.partition("-")
        return (int(year) + 1, int(month or 1)) < (day.year, day.month)

    @property
    def sections_on(self) -> tuple[Section, ...]:
        """The sections that a crawl reads which names none."""
        return tuple(section for section in self.sections if section.enabled)

    def allows(self, host: str) -> bool:
        """Tell whether a host is the source's own."""
        host = host.lower()
        named = re.fullmatch(r"[\w.-]+", host)  # `evil.example\\.jstv.com` is no subdomain
        return any(bool(named) and host.endswith(own) if own.startswith(".") else host == own for own in self.hosts)

    def owns(self, url: str) -> bool:
        """Tell whether it is a web address on the source's own hosts."""
        try:
            parts = urlsplit(url)
            return parts.scheme in {"http", "https"} and self.allows(parts.hostname or "")
        except ValueError:
            return False

    def is_kin(self, url: str) -> bool:
        """Tell whether a web address is on the source's own hosts, or on a public host of the same registered domain.

        Where a site has moved its lists or articles to, they are found by it; of a private source nothing else is kin.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        host = parts.hostname or ""
        if self.private or parts.scheme not in {"http", "https"} or port not in {None, *_WEB_PORTS} or parts.username:
            return self.owns(url)
        return is_public_host(host) and registered_domain(host) in registered_domains(self.hosts)

    def uses_port(self, host: str, port: int) -> bool:
        """Tell whether an address of the file has that port of a host; of a host without one, the web's own two."""
        named = {own_port for own_host, own_port in self._ports if own_host == host.lower()}
        return port in named or (port in _WEB_PORTS and (not named or bool(named & _WEB_PORTS)))

    def section(self, name: str) -> Section | None:
        """Return the section of that name."""
        return next((section for section in self.sections if section.name == name), None)

    def is_article(self, url: str, section: Section | None = None) -> bool:
        """Tell whether an address is an article: on the source's own host, by the section's or source's pattern.

        The pattern is searched in the address as it is linked and, where that carries more, in its canonical form.
        """
        pattern = (section and section.article) or self.article
        return bool(pattern and self.owns(url) and self._match(pattern, url))

    def takes(self, url: str) -> bool:
        """Tell whether it is an article of any of its lists, by the pattern of the list or its own."""
        return any(self.is_article(url, section) for section in self.sections)

    def canonical_url(self, url: str) -> str:
        """Return the one address that all spellings of an article's address share."""
        return canonical_url(url, self._effective_url_rules, with_route=self._has_routes)

    def part_url(self, url: str) -> str:
        """Return the one address of an article's further page: the parameter that tells the page counts as well."""
        rules = self._effective_url_rules
        if rules.query is not None:
            rules = rules.model_copy(update={"query": (*rules.query, *PAGE_PARAMETERS, *WHOLE_PARAMETERS)})
        return canonical_url(url, rules, with_route=self._has_routes)

    def fetch_url(self, url: str) -> str | None:
        """Return the address that serves an article's text as JSON, None where the page itself holds it."""
        match = self.detail and self._match(self.article or "", url)
        if not self.detail or not match:
            return None
        return re.sub(r"{(\w+)}", lambda name: quote(match[name[1]] or ""), self.detail.url)

    def _match(self, pattern: str, url: str) -> re.Match[str] | None:
        match = re.search(pattern, without_session(url))
        if match is None and _CARRIES_MORE.search(url):
            return re.search(pattern, self.canonical_url(url))
        return match

    def hints_for(self, url: str, day: date | None = None) -> Hints:
        """Return the hints for a page: those of the layout that its address, or else its day, belongs to."""
        for former in sorted(self.former_hints, key=lambda former: former.until):
            if re.search(former.article, url) if former.article else day and day <= former.until:
                return former.hints
        return self.hints

    @cached_property
    def _has_routes(self) -> bool:
        """Whether a pattern of articles asks for a `#`: they are told apart by what a program on one page shows."""
        patterns = (self.article, *(section.article for section in self.sections))
        return any("#" in _CHARACTERS.sub("", pattern) for pattern in patterns if pattern)

    @cached_property
    def _ports(self) -> frozenset[tuple[str, int]]:
        """Host and port of every address that the file names."""
        lists = (url for section in self.sections for url in (*section.urls, section.pages or ""))
        named = set()
        for url in (self.homepage, *lists, *self.examples, self.detail.url if self.detail else ""):
            try:
                parts = urlsplit(url)
                port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
            except ValueError:
                continue
            if parts.hostname and port:
                named.add((parts.hostname, port))
        return frozenset(named)

    @cached_property
    def _effective_url_rules(self) -> UrlRules:
        """The rules, with `www.` folded where both names are the source's own (the first one listed counts)."""
        folded: dict[str, str] = {}
        for index, host in enumerate(self.hosts):
            www = f"www.{host}"
            if www in self.hosts:
                first = index < self.hosts.index(www)
                folded |= {www: host} if first else {host: www}
        return self.url_rules.model_copy(update={"hosts": folded | dict(self.url_rules.hosts)})
