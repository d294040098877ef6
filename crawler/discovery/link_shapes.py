"""The generic way to articles: links recognized by the shape of their addresses and the length of their texts.

Used where a section's own pattern finds nothing and for a site that nothing is known of. What courlan rules out
(log-in, tags, categories, files that are no pages) is out; the rest is scored.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from courlan import is_navigation_page, is_not_crawlable

from crawler.discovery.model import FoundLink, Known
from crawler.discovery.own_links import deduplicate, own_links
from crawler.sources.model import Source

ENOUGH = 5
"""Score from which a link counts as an article: a dated address with a headline has 6, a column's name below 3.

A date beside a headline makes up for an address that is a plain number."""

_DATED = re.compile(r"(?<!\d)20\d\d[-/]?(?:0[1-9]|1[0-2])(?:[-/]?(?:[0-2]\d|3[01]))?(?=\D|$)")
_MIXED = r"(?:(?=[A-Za-z]{0,60}\d)|(?=[a-z]{0,60}[A-Z])(?=[A-Z]{0,60}[a-z]))[A-Za-z0-9]"
"""Letters with digits, or capitals among small letters: an id, where a word has neither."""
_ID = re.compile(rf"\d{{5,}}|[0-9a-f]{{16,}}|{_MIXED}{{10,}}")
_PAGE = re.compile(r"\.s?html?$", re.IGNORECASE)
_FRONT = re.compile(r"^(?:index|default|home|list|more)(?:[_-]?\d+)?(?:\.\w+)?$|^$", re.IGNORECASE)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|pdf|zip|apk|mp[34]|m3u8|css|js|xml|json|docx?|xlsx?)$", re.IGNORECASE)


def likely_articles(source: Source, links: Iterable[FoundLink]) -> tuple[FoundLink, ...]:
    """Return the links on the source's own hosts that look like articles, in their order."""
    return _likely(source, own_links(source, links))


def guessed_articles(source: Source, links: Iterable[FoundLink], known: Known) -> tuple[FoundLink, ...]:
    """Return what a list that has changed still holds: links that look like the articles that it had, in their order.

    Other things on the page may look so as well: see `of_known_families`.
    """
    return of_known_families(source, _likely(source, _kin(source, links)), known)


def of_known_families(source: Source, links: Iterable[FoundLink], known: Known) -> tuple[FoundLink, ...]:
    """Return those of the links that are of a family with a headline that the list had before.

    Where none has, as after a long time, it is all of them. Those on the source's own hosts come before others of its
    registered domains; of those the one host counts that has the most, for a sister's links look like ours.
    """
    kin = _kin(source, links)
    had = {family(link.url) for link in kin if is_known(link, known)}
    wanted = [link for link in kin if not had or family(link.url) in had]
    if own := tuple(link for link in wanted if source.owns(link.url)):
        return own
    hosts = Counter(urlsplit(link.url).hostname for link in wanted)
    return tuple(link for link in wanted if urlsplit(link.url).hostname == hosts.most_common(1)[0][0])


def is_known(link: FoundLink, known: Known) -> bool:
    """Tell whether the list had an article of that headline before."""
    return "".join(link.title.split()) in known.titles


def _kin(source: Source, links: Iterable[FoundLink]) -> tuple[FoundLink, ...]:
    return deduplicate(source, (link for link in links if source.is_kin(link.url)))


def _likely(source: Source, links: Sequence[FoundLink]) -> tuple[FoundLink, ...]:
    shapes = [shape(source.canonical_url(link.url)) for link in links]
    siblings = Counter(shapes)
    return tuple(
        link for link, form in zip(links, shapes, strict=True) if score(link, siblings=siblings[form]) >= ENOUGH
    )


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
        + 2 * (link.listed_at is not None)
    )


def shape(url: str) -> str:
    """Return an address with its variable parts struck: links of one shape come from one template."""
    return f"{urlsplit(url).netloc}{re.sub(_VARIABLE, _placeholder, _path_and_query(url))}"


def family(url: str) -> str:
    """Return an address with its folders' names and its ending struck as well: a site's columns are one family."""
    host, _, path = shape(url).partition("/")
    folders, _, last = _PAGE.sub("", path).rpartition("/")
    return f"{host}/{re.sub(r'[A-Za-z][A-Za-z_-]*', 'a', folders)}/{last}"


def has_day(url: str) -> bool:
    """Tell whether an address holds a year and a month."""
    return _DATED.search(urlsplit(url).path) is not None


_VARIABLE = re.compile(rf"(?<=[/_=]){_MIXED}{{8,}}(?=[./?&]|$)|\d{{2,}}")


def _path_and_query(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _placeholder(match: re.Match[str]) -> str:
    return "9" if match[0].isdigit() else "x"
