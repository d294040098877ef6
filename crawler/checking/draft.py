"""The draft of a source file, made by looking at a page: kind, links, and where an article shows its fields."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Self
from urllib.parse import urljoin, urlsplit

from archive.warc import RawPage
from core.clock import CLOCK
from core.errors import UsageError
from crawler.checking.list_candidates import data_of, feeds_of, is_home, paging_of, sitemaps_of
from crawler.checking.selectors import field_selectors
from crawler.crawl.single_page import Fetch, FetchError
from crawler.discovery import read_list
from crawler.discovery.address_pattern import address_pattern, plain_articles
from crawler.discovery.json_shape import json_paths
from crawler.discovery.model import FoundLink
from crawler.downloader.domains import registered_domain
from crawler.extraction.decoding import decode
from crawler.extraction.document import parse
from crawler.extraction.extract import extract
from crawler.extraction.model import Extraction, Hints
from crawler.sources.model import ListRequest, Source
from crawler.sources.toml_text import Value, toml_table

PREVIEW = 10
"""Articles shown with a draft."""


FEW = 3
"""Articles from which a page or a feed is a list."""
MOST_FEEDS = 3
MOST_CANDIDATES = 6
"""Lists behind a page that are asked for."""


class DraftError(UsageError):
    """No draft can be made of a page; the message says why."""


@dataclass(frozen=True)
class Draft:
    """A source file to be read and corrected by a person, and what it would find today."""

    name: str
    text: str
    """The file."""
    links: tuple[FoundLink, ...]
    extraction: Extraction
    """The first article, read."""
    remarks: tuple[str, ...] = ()


async def draft_source(
    url: str, fetch: Fetch, *, name: str = "", province: str = "全国", today: date, private: bool = False
) -> Draft:
    """Look at a page of links and at its first article, and return a draft. FetchError, DraftError.

    Of a home page the feed is the list, where it names one; where a page holds no articles itself, the JSON that fills
    it, or a sitemap of robots.txt. `private`: its host may be one of a private network.
    """
    asked = await _answered(url, fetch)
    text = decode(asked.body, content_type=asked.content_type).text
    head = _head(url, asked, text, name=name, province=province, today=today, private=private)
    try:
        kind = str(_kind(asked.body, text)["kind"])
    except DraftError:
        if not is_home(asked.url):
            raise
        kind = "html"
    taken, remarks = None, list[str]()
    if kind == "html":
        taken, remarks = await _behind(asked, text, fetch, head)
    if taken is None:
        taken = _Listed.of(head, url, asked)
    if not taken.articles:
        reason = "; ".join(taken.problems) or "give the address of a list of articles"
        if kind == "html" and "<script" in text and not re.search(r"<a\s", text):
            reason = "it is empty without JavaScript: see 'Pages that need a browser' in docs/sources.md"
        raise DraftError(f"{url}: no links that look like articles: {reason}")
    addresses = [link.url for link in taken.articles]
    pattern = address_pattern(addresses)
    links = tuple(link for link in taken.articles if re.search(pattern, link.url))
    lists = [urlsplit(address).hostname or "" for address in (taken.url, asked.url, url)]
    head["hosts"] = sorted({*(urlsplit(link.url).hostname or "" for link in links), *lists})
    head |= {"article": pattern, "examples": [link.url for link in links[:2]]}
    extraction, hints = await _read_article(fetch, links[0])
    tables = [toml_table("", head), toml_table("[[sections]]", taken.section), _proposed(hints)]
    return Draft(
        name=str(head["name"]),
        text="\n".join(tables),
        links=links[:PREVIEW],
        extraction=extraction,
        remarks=tuple(remarks),
    )


def private_host(url: str, today: date) -> Source:
    """Return a source of one address, whose host may be visited though it is none of the public internet."""
    page = RawPage(url, 200, (), b"", CLOCK.now())
    head = _head(url, page, "", name="", province="全国", today=today, private=True)
    return Source.model_validate({**head, "sections": [{"name": "news", "title": "", "kind": "html", "urls": [url]}]})


@dataclass(frozen=True)
class _Listed:
    """A list that was looked at."""

    url: str
    section: dict[str, Value]
    articles: tuple[FoundLink, ...]
    problems: tuple[str, ...]

    @classmethod
    def of(cls, head: Mapping[str, Value], url: str, page: RawPage) -> Self:
        """Read a list without knowing its articles. DraftError where it is of no kind."""
        text = decode(page.body, content_type=page.content_type).text
        kind = _kind(page.body, text)
        paging = paging_of(str(kind["kind"]), text, page.url)
        section: dict[str, Value] = {"name": "news", "title": "新闻", "urls": [url], **kind, **paging}
        guess = Source.model_validate({**head, "sections": [section]})
        found = read_list(guess, guess.sections[0], ListRequest(url=page.url), page)
        return cls(url, section, plain_articles(found.links), found.problems)


async def _behind(
    asked: RawPage, text: str, fetch: Fetch, head: Mapping[str, Value]
) -> tuple[_Listed | None, list[str]]:
    """Return the list behind a page that is taken in its place, None for the page itself, and what is to be said."""
    itself = _Listed.of(head, asked.url, asked)
    has_articles = len(itself.articles) >= FEW
    feeds = list(feeds_of(text, asked.url))[:MOST_FEEDS]
    if has_articles and not is_home(asked.url):
        return None, [f"not taken, for the page lists articles itself: {feed.what}, {feed.url}" for feed in feeds]
    candidates = [*feeds, *([] if has_articles else data_of(text, asked.url))]
    if not has_articles:
        with suppress(FetchError):
            robots = await fetch(urljoin(asked.url, "/robots.txt"))
            candidates += sitemaps_of(robots.body.decode("utf-8", "replace") if robots.status == 200 else "")
    remarks = []
    for candidate in candidates[:MOST_CANDIDATES]:
        try:
            listed = _Listed.of(head, candidate.url, await _answered(candidate.url, fetch))
        except (FetchError, DraftError) as error:
            remarks.append(f"not taken: {candidate.what}: {error}")
            continue
        if len(listed.articles) >= FEW or (listed.articles and not itself.articles):
            return listed, [*remarks, f"taken: {candidate.what}, {candidate.url}"]
        remarks.append(f"not taken: {candidate.what}, {candidate.url}: it names {len(listed.articles)} articles")
    return None, [*remarks, "taken: the page itself"] if candidates and itself.articles else remarks


async def _answered(url: str, fetch: Fetch) -> RawPage:
    page = await fetch(url)
    if page.status != 200:
        raise FetchError(f"{url}: HTTP {page.status}")
    return page


def _head(
    url: str, page: RawPage, text: str, *, name: str, province: str, today: date, private: bool
) -> dict[str, Value]:
    """Return the head of the file, with all hosts of the domain until the articles' are known."""
    parts = urlsplit(page.url)
    domain = registered_domain(parts.hostname or "")
    is_page = "<html" in text[:2000].lower()
    hosts = [parts.hostname or ""] if private else [domain, f".{domain}"]
    return {
        "name": name or re.sub(r"\W+", "_", domain.partition(".")[0].lower()).lstrip("_0123456789") or "source",
        "title": (_site_title(text, page.url) if is_page else "") or domain,
        "province": province,
        "homepage": f"{parts.scheme}://{parts.netloc}/",
        "hosts": hosts,
        **({"private": True} if private else {}),
        "enabled": True,
        "grade": "C",
        "page_grade": "C",
        "evidence": f"drafted by `deltanews sources add` from {url}",
        "newest_evidence": f"{today:%Y-%m}",
        "assumptions": ["`article` was made of the addresses of one page: read it."],
        "verified_on": today,
    }


def _kind(body: bytes, text: str) -> dict[str, Value]:
    """Return the section's kind, and for JSON the paths to its items."""
    start = text[:2000].lower()
    if body.startswith(b"\x1f\x8b") or "<urlset" in start or "<sitemapindex" in start:
        return {"kind": "sitemap"}
    if re.search(r"<(?:rss|feed|rdf:rdf)\b", start):
        return {"kind": "feed"}
    if "<html" in start or "<!doctype" in start or start.lstrip().startswith("<"):
        return {"kind": "html"}
    paths = json_paths(text)
    if not paths:
        raise DraftError("neither a page, a feed, a sitemap nor JSON with a list of addresses")
    return {"kind": "json", **paths}


def _site_title(text: str, url: str) -> str:
    """Return the site's name by its page's title."""
    title = parse(text, url).head_title
    return re.split(r"[_|\-—–]", title)[-1].strip() or title


async def _read_article(fetch: Fetch, link: FoundLink) -> tuple[Extraction, dict[str, str]]:
    page = await fetch(link.url)
    extraction = extract(page.body, page.url, Hints(), content_type=page.content_type, fetched_at=page.fetched_at)
    tree = parse(decode(page.body, content_type=page.content_type).text, page.url).tree
    return extraction, field_selectors(tree, extraction)


def _proposed(hints: dict[str, str]) -> str:
    """Write selectors as comments: the generic extraction has found the fields without them."""
    order: Sequence[str] = ("title", "body", "published_at", "credit")
    lines = [f'# {name} = ["{hints[name]}"]' for name in order if name in hints]
    return "\n".join(["# Where the generic extraction fails, say where a field stands:", "# [hints]", *lines]) + "\n"
