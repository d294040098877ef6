"""Addresses of the pages of one article: what tells page 2 of it from another article."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.urls import TRACKING

MOST_PAGES = 20
"""Pages of one article that are read, the first included; a report that is longer is a book."""

PAGE_PARAMETERS = ("page", "p", "pn", "pageno", "page_no", "pageindex", "cpage", "curpage")
"""Names of the parameter that tells the page."""
WHOLE_PARAMETERS = ("all", "full", "showall", "viewall", "singlepage", "single", "view")
"""Names of parameters that ask for all pages in one."""

_ENDING = r"(?:\.[a-z]{3,5})?/?"
_IN_NAME = re.compile(rf"(?P<before>.*[^/])(?P<mark>[_-])(?P<number>\d{{1,3}})(?P<after>{_ENDING})", re.IGNORECASE)
_IN_FOLDER = re.compile(rf"(?P<before>.*)(?P<mark>/)(?P<number>\d{{1,3}})(?P<after>{_ENDING})", re.IGNORECASE)
_PARAMETER = re.compile(rf"({'|'.join(PAGE_PARAMETERS)})=(\d{{1,3}})", re.IGNORECASE)
_ALL_IN_PATH = re.compile(rf"(?P<before>.*[^/])[_/-](?:all|full|whole|0)(?={_ENDING}$)", re.IGNORECASE)
_ALL_IN_QUERY = re.compile(
    rf"(?:{'|'.join(PAGE_PARAMETERS)})=(?:all|0)|(?:{'|'.join(WHOLE_PARAMETERS)})=(?:1|true|yes|all)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Place:
    """What all pages of one article share: the host, the path without number and ending, the rest of the query."""

    host: str
    stem: str
    query: tuple[str, ...]


@dataclass(frozen=True)
class PageAddress:
    """The address of a further page."""

    place: Place
    number: int
    form: tuple[str, str]
    """What stands before and after the number."""
    first: str
    """The address without the number, as a first page mostly has it."""

    def of(self, number: int) -> str:
        """Return the address of another page of the article."""
        return f"{self.form[0]}{number}{self.form[1]}"


def plain_place(url: str) -> Place | None:
    """Return the place of an address that has no number of a page; None where it is no web address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return None
    return Place(parts.netloc.lower(), _stem(parts.path), _told_apart(parts.query))


def page_address(url: str) -> PageAddress | None:
    """Return an address that ends with the number of a page (8812_2.html, 8812/2, ?page=2); None for any other."""
    place = plain_place(url)
    if place is None:
        return None
    parts = urlsplit(url)
    start = f"{parts.scheme}://{parts.netloc}"
    pairs = parts.query.split("&") if parts.query else []
    for index, pair in enumerate(pairs):
        if match := _PARAMETER.fullmatch(pair):
            others = [*pairs[:index], *pairs[index + 1 :]]
            before = "&".join([*pairs[:index], f"{match[1]}="])
            after = "".join(f"&{other}" for other in pairs[index + 1 :])
            first = f"{start}{parts.path}" + (f"?{'&'.join(others)}" if others else "")
            apart = Place(place.host, place.stem, _told_apart("&".join(others)))
            return PageAddress(apart, int(match[2]), (f"{start}{parts.path}?{before}", after), first)
    match = _IN_NAME.fullmatch(parts.path) or _IN_FOLDER.fullmatch(parts.path)
    if match is None or not match["before"].strip("/"):
        return None
    query = f"?{parts.query}" if parts.query else ""
    first = f"{start}{match['before']}{match['after']}{query}"
    form = (f"{start}{match['before']}{match['mark']}", f"{match['after']}{query}")
    return PageAddress(Place(place.host, match["before"], place.query), int(match["number"]), form, first)


def whole_place(url: str) -> Place | None:
    """Return the place of an article whose whole text an address shows on one page; None for any other address."""
    place = plain_place(url)
    if place is None:
        return None
    parts = urlsplit(url)
    pairs = parts.query.split("&") if parts.query else []
    others = [pair for pair in pairs if not _ALL_IN_QUERY.fullmatch(pair)]
    if len(others) < len(pairs):
        return Place(place.host, place.stem, _told_apart("&".join(others)))
    match = _ALL_IN_PATH.match(parts.path)
    return Place(place.host, match["before"], place.query) if match else None


def is_page_of(article: str, url: str) -> bool:
    """Tell whether an address lies within the address pattern of an article, whose first page's address is given.

    A first page has no number, or 0 or 1.
    """
    own = page_address(article)
    places = {plain_place(article)} | ({own.place} if own and own.number in {0, 1} else set())
    page, whole = page_address(url), whole_place(url)
    return bool((page and page.place in places) or (whole and whole in places))


def _stem(path: str) -> str:
    return re.sub(rf"{_ENDING}$", "", path, count=1, flags=re.IGNORECASE)


def _told_apart(query: str) -> tuple[str, ...]:
    pairs = query.split("&") if query else []
    return tuple(sorted(pair for pair in pairs if pair and not TRACKING.match(pair.partition("=")[0])))
