"""Which of the links found are the source's articles, each once."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import quote, urljoin, urlsplit

from crawler.discovery.model import FoundLink
from crawler.sources.model import Section, Source

OTHER_HOST = "on another host"
NO_ARTICLE = "not by the pattern `article`"
"""Why a link of a list is not taken."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")

MAX_LINKS = 2_000
"""Most links taken from one list page (a sitemap: see there); no list of a news site comes near."""
MAX_URL = 2_000
"""Characters of an address; longer ones are traps, and no server takes them."""


def absolute(base: str, href: object) -> str | None:
    """Return the web address that a link leads to, None where it leads to none."""
    if not isinstance(href, str) or not 0 < len(href) <= MAX_URL:
        return None
    try:
        plain = re.sub(r"[\t\r\n]", "", href.strip()).replace("&amp;", "&").replace("\\/", "/")
        url = urljoin(base, plain.replace("\\", "/"))  # as browsers do
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or 1) > 0
        url.encode("utf-8")
    except ValueError:
        return None
    return url if usable else None


def with_query_in(encoding: str, href: str) -> str:
    """Return a link whose query is percent-encoded as browsers do: in the page's encoding, the path always in UTF-8."""
    if href.isascii():
        return href
    address, mark, fragment = href.partition("#")
    path, query_mark, query = address.partition("?")
    encoded = _BEYOND_ASCII.sub(lambda text: quote(text[0].encode(encoding, "xmlcharrefreplace")), query)
    return f"{path}{query_mark}{encoded}{mark}{fragment}"


def own_articles(source: Source, section: Section, links: Iterable[FoundLink]) -> tuple[FoundLink, ...]:
    """Return the links on the source's own hosts that match the article pattern, or all where there is none."""
    if section.article or source.article:
        return deduplicate(source, (link for link in links if source.is_article(link.url, section)))
    return own_links(source, links)


def refused_links(source: Source, section: Section, links: Iterable[FoundLink]) -> dict[str, int]:
    """Return how many addresses are none of `own_articles`, by the reason; each address counts once."""
    refused = Counter(
        NO_ARTICLE if source.owns(url) else OTHER_HOST
        for url in {link.url for link in links}
        if not source.is_article(url, section)
    )
    return dict(refused)


def own_links(source: Source, links: Iterable[FoundLink]) -> tuple[FoundLink, ...]:
    """Return the links on the source's own hosts."""
    return deduplicate(source, (link for link in links if source.owns(link.url)))


def pattern_problem(links: Sequence[FoundLink], how: str) -> tuple[str, ...]:
    """Say which links are there although none matches the article pattern."""
    are = "is" if len(links) == 1 else "are"
    return (f"degraded: no link matches `article`, {len(links)} {are} {how}, as {links[0].url}",)


def deduplicate(source: Source, links: Iterable[FoundLink]) -> tuple[FoundLink, ...]:
    """Merge links to one article at the position of the first: the longest title wins (a picture's link has none)."""
    articles: dict[str, FoundLink] = {}
    for link in links:
        identity = source.canonical_url(link.url)
        known = articles.get(identity)
        if known is None:
            articles[identity] = link.model_copy(update={"fetch_url": source.fetch_url(link.url)})
        else:
            articles[identity] = known.model_copy(
                update={
                    "title": max(known.title, link.title, key=len),
                    "listed_at": known.listed_at or link.listed_at,
                }
            )
    return tuple(articles.values())
