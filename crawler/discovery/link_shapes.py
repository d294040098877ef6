"""The generic way to articles: links recognized by the shape of their addresses and the length of their texts.

Used where a section's own pattern finds nothing and for a site that nothing is known of. What courlan rules out
(log-in, tags, categories, files that are no pages) is out; the rest is scored.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from courlan import is_navigation_page, is_not_crawlable

from crawler.discovery.model import FoundLink
from crawler.discovery.own_links import own_links
from crawler.sources.model import Source

ENOUGH = 5
"""Score from which a link counts as an article: a dated address with a headline has 6, a column's name below 3."""

_DATED = re.compile(r"(?<!\d)20\d\d[-/]?(?:0[1-9]|1[0-2])(?:[-/]?(?:[0-2]\d|3[01]))?(?=\D|$)")
_MIXED = r"(?:(?=[A-Za-z]{0,60}\d)|(?=[a-z]{0,60}[A-Z])(?=[A-Z]{0,60}[a-z]))[A-Za-z0-9]"
"""Letters with digits, or capitals among small letters: an id, where a word has neither."""
_ID = re.compile(rf"\d{{5,}}|[0-9a-f]{{16,}}|{_MIXED}{{10,}}")
_PAGE = re.compile(r"\.s?html?$", re.IGNORECASE)
_FRONT = re.compile(r"^(?:index|default|home|list|more)(?:[_-]?\d+)?(?:\.\w+)?$|^$", re.IGNORECASE)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|pdf|zip|apk|mp[34]|m3u8|css|js|xml|json|docx?|xlsx?)$", re.IGNORECASE)


def likely_articles(source: Source, links: Iterable[FoundLink]) -> tuple[FoundLink, ...]:
    """Return the links on the source's own hosts that look like articles, in their order."""
    own = own_links(source, links)
    shapes = [shape(source.canonical_url(link.url)) for link in own]
    families = Counter(shapes)
    return tuple(link for link, form in zip(own, shapes, strict=True) if score(link, siblings=families[form]) >= ENOUGH)


def score(link: FoundLink, *, siblings: int = 1) -> int:
    """Return how much a link looks like an article; `siblings` is how many links of the page share its shape.

    The weights were set by hand on the address forms of the bundled sources and their navigation.
    """
    parts = urlsplit(link.url)
    last = parts.path.rsplit("/", 1)[-1]
    if is_not_crawlable(link.url) or is_navigation_page(link.url) or _FILE.search(parts.path):
        return -10
    if _FRONT.match(last) and not parts.query:
        return -5
    length = len(link.title)
    return (
        3 * bool(_DATED.search(parts.path))
        + 2 * bool(_ID.search(last[:200]) or _ID.search(parts.query[:200]))
        + bool(_PAGE.search(last))
        + (2 if length >= 10 else 1 if length >= 7 else -3 if 0 < length <= 4 else 0)
        + (siblings >= 3)
    )


def shape(url: str) -> str:
    """Return an address with its variable parts struck: links of one shape come from one template."""
    return f"{urlsplit(url).netloc}{re.sub(_VARIABLE, _placeholder, _path_and_query(url))}"


def shape_pattern(urls: Sequence[str]) -> str:
    """Return a regular expression for the shape that most of the addresses have; for a draft of a source file."""
    if not urls:
        return ""
    commonest = Counter(shape(url) for url in urls).most_common(1)[0][0]
    family = [url for url in urls if shape(url) == commonest]
    parts = urlsplit(family[0])
    pieces = re.split(f"({_VARIABLE.pattern})", _path_and_query(family[0]))
    pattern = "".join(_piece_pattern(piece) if index % 2 else re.escape(piece) for index, piece in enumerate(pieces))
    return rf"^https?://{re.escape(parts.netloc)}{pattern}"


_VARIABLE = re.compile(rf"\d{{2,}}|(?<=[/_=]){_MIXED}{{8,}}(?=[./?&]|$)")


def _path_and_query(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _placeholder(match: re.Match[str]) -> str:
    return "9" if match[0].isdigit() else "x"


def _piece_pattern(piece: str) -> str:
    return r"\d+" if piece.isdigit() else "[A-Za-z0-9]+"
