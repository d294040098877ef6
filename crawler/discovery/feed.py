"""Links of RSS and Atom, by feedparser."""

import re
from io import BytesIO
from typing import Any

import feedparser

from core.sanitize import clean_references
from crawler.discovery.bounds import BREAKS_OFF, bounded, with_problems
from crawler.discovery.dates import parse_date
from crawler.discovery.link_shapes import of_known_families
from crawler.discovery.model import NOTHING, FoundLink, Guess, Known, ListPage
from crawler.discovery.own_links import MAX_LINKS, absolute, own_articles, pattern_problem, refused_links
from crawler.sources.model import FeedSection, Source

MAX_BYTES = 4_000_000
"""What is read of one feed."""
MAX_TAGS = 50_000
"""Tags that are read of one feed: 150 whole articles, or some thousand summaries."""

_ROOT = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_END = re.compile(rb"</(?:\w{1,20}:)?(?:rss|feed|rdf)\s{0,20}>", re.IGNORECASE)
_LOOKED_AT = 2_000
"""Bytes at either end among which the feed's own tag is looked for."""


def read_feed(
    source: Source, section: FeedSection, url: str, body: bytes, content_type: str | None, *, known: Known = NOTHING
) -> ListPage:
    """Return the articles of a feed. A date without a zone is Beijing time, where feedparser would take it for UTC.

    Of a feed beyond MAX_BYTES or MAX_TAGS the first articles are read, and a problem says so; so it does where the feed
    breaks off.
    """
    markup, problems = bounded(body, most_bytes=MAX_BYTES, most_tags=MAX_TAGS)
    if not problems and _ROOT.search(markup, 0, _LOOKED_AT) and not _END.search(markup, len(markup) - _LOOKED_AT):
        problems = (BREAKS_OFF,)
    return with_problems(_read(source, section, url, clean_references(markup), content_type, known=known), problems)


def _read(
    source: Source, section: FeedSection, url: str, body: bytes, content_type: str | None, *, known: Known
) -> ListPage:
    headers = {"content-location": url, **({"content-type": content_type} if content_type else {})}
    try:
        # A stream, never the bytes themselves: feedparser would open what looks like an address or a file name.
        feed: Any = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False)
    except Exception as error:  # noqa: BLE001 - a parser of anything; whatever it stumbles over is the feed's fault
        return ListPage(problems=(f"not a feed that can be read: {type(error).__name__}: {error}",))
    links = [found for entry in feed.entries[:MAX_LINKS] if (found := _link(entry, url))]
    if articles := own_articles(source, section, links):
        return ListPage(links=articles, refused=refused_links(source, section, links))
    if others := of_known_families(source, links, known):
        return ListPage(links=others, guess=Guess.SHAPE, problems=pattern_problem(others, "named by the feed"))
    if not feed.bozo:
        return ListPage()
    return ListPage(problems=(f"not a well-formed feed: {feed.get('bozo_exception')}",))


def _link(entry: Any, base: str) -> FoundLink | None:
    address = absolute(base, entry.get("link"))
    if address is None:
        return None
    date = parse_date(entry.get("published")) or parse_date(entry.get("updated"))
    return FoundLink(url=address, title=" ".join(str(entry.get("title") or "").split())[:300], listed_at=date)
