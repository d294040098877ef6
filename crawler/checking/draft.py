"""The draft of a source file, made by looking at a page: kind, links, and where an article shows its fields."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from core.errors import UsageError
from crawler.checking.selectors import field_selectors
from crawler.crawl.single_page import Fetch, FetchError
from crawler.discovery import read_list
from crawler.discovery.address_pattern import address_pattern
from crawler.discovery.json_shape import json_paths
from crawler.discovery.model import FoundLink
from crawler.discovery.own_links import absolute
from crawler.downloader.domains import registered_domain
from crawler.extraction.decoding import decode
from crawler.extraction.document import parse
from crawler.extraction.extract import extract
from crawler.extraction.model import Extraction, Hints
from crawler.sources.model import ListRequest, Source
from crawler.sources.toml_text import Value, toml_table

PREVIEW = 10
"""Articles shown with a draft."""


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


async def draft_source(url: str, fetch: Fetch, *, name: str = "", province: str = "全国", today: date) -> Draft:
    """Look at a page of links and at its first article, and return a draft. FetchError, DraftError."""
    page = await fetch(url)
    if page.status != 200:
        raise FetchError(f"{url}: HTTP {page.status}")
    text = decode(page.body, content_type=page.content_type).text
    parts = urlsplit(page.url)
    domain = registered_domain(parts.hostname or "")
    section: dict[str, Value] = {"name": "news", "title": "新闻", "urls": [url], **_kind(page.body, text)}
    title, feeds = _site(text, page.url) if section["kind"] == "html" else ("", ())
    head: dict[str, Value] = {
        "name": name or re.sub(r"\W+", "_", domain.partition(".")[0].lower()).lstrip("_0123456789") or "source",
        "title": title or domain,
        "province": province,
        "homepage": f"{parts.scheme}://{parts.netloc}/",
        "hosts": [domain, f".{domain}"],
        "enabled": True,
        "grade": "C",
        "page_grade": "C",
        "evidence": f"drafted by `deltanews sources add` from {url}",
        "newest_evidence": f"{today:%Y-%m}",
        "assumptions": ["`article` was made of the addresses of one page: read it."],
        "verified_on": today,
    }
    request = ListRequest(url=page.url)
    guess = Source.model_validate({**head, "sections": [section]})
    found = read_list(guess, guess.sections[0], request, page)
    if not found.links:
        reason = "; ".join(found.problems) or "give the address of a list of articles"
        if section["kind"] == "html" and "<script" in text and not re.search(r"<a\s", text):
            reason = "it is empty without JavaScript: see 'Pages that need a browser' in docs/sources.md"
        raise DraftError(f"{url}: no links that look like articles: {reason}")
    addresses = [link.url for link in found.links]
    pattern = address_pattern(addresses)
    addresses = [address for address in addresses if re.search(pattern, address)]
    head["hosts"] = sorted({urlsplit(address).hostname or "" for address in [*addresses, page.url, url]})
    head |= {"article": pattern, "examples": addresses[:2]}
    links = tuple(link for link in found.links if link.url in addresses)
    extraction, hints = await _read_article(fetch, links[0])
    tables = [toml_table("", head), toml_table("[[sections]]", section), _proposed(hints)]
    return Draft(
        name=str(head["name"]), text="\n".join(tables), links=links[:PREVIEW], extraction=extraction, remarks=feeds
    )


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


def _site(text: str, url: str) -> tuple[str, tuple[str, ...]]:
    """Return the site's name by its page's title, and its feeds, which are the better list where there are any."""
    document = parse(text, url)
    title = re.split(r"[_|\-—–]", document.head_title)[-1].strip() or document.head_title
    feeds = [
        address
        for link in document.tree.iter("link")
        if re.search(r"application/(?:rss|atom)\+xml", link.get("type") or "")
        and (address := absolute(url, link.get("href")))
    ]
    return title, tuple(f"the page names a feed, which is easier to follow: {feed}" for feed in feeds[:3])


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
