"""Where a site lists articles, behind one of its pages: feeds, the JSON beside it, sitemaps; and how a list goes on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from crawler.discovery.own_links import absolute
from crawler.extraction.document import parse
from crawler.sources.toml_text import Value

_DATASOURCE = re.compile(r"\bdatasource:([0-9a-f]{32})\b")
_DS_FILE = re.compile(r"""["'(]([^"'()\s<>]{0,300}\bds_[0-9a-f]{32}\.json)["')]""")
_SITEMAP = re.compile(r"^\s*sitemap:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_CREATE_PAGES = re.compile(r"""createPageHTML\(\s*(\d+)\s*,\s*\d+\s*,\s*["']([\w-]+)["']\s*,\s*["'](\w+)["']""")
"""The pager of TRS: how many pages, which this is, what a page's file is called, its ending."""
_PAGE_PARAMETER = re.compile(r"^(?:page|pageno|pagenum|pageindex|currentpage|p|pn)$", re.IGNORECASE)
_HOME = re.compile(r"^/?(?:(?:index|default|home)\.\w+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Candidate:
    """A list that a page leads to."""

    what: str
    url: str


def is_home(url: str) -> bool:
    """Tell whether an address is a site's home page."""
    return _HOME.match(urlsplit(url).path) is not None


def feeds_of(text: str, url: str) -> Iterator[Candidate]:
    """Give the feeds that a page names (`<link rel=alternate>`)."""
    for link in parse(text, url).tree.iter("link"):
        if re.search(r"application/(?:rss|atom|feed)\+(?:xml|json)", link.get("type") or ""):
            address = absolute(url, link.get("href"))
            if address:
                yield Candidate("a feed that the page names", address)


def data_of(text: str, url: str) -> Iterator[Candidate]:
    """Give the JSON beside a page that fills its lists by script: `ds_<32 hex>.json`, as Xinhua's pages have it."""
    addresses = [f"ds_{found}.json" for found in _DATASOURCE.findall(text)] + _DS_FILE.findall(text)
    for address in dict.fromkeys(urljoin(url, address) for address in addresses):
        yield Candidate("the JSON beside the page that fills it", address)


def sitemaps_of(robots: str) -> Iterator[Candidate]:
    """Give the sitemaps that a robots.txt names."""
    for address in dict.fromkeys(_SITEMAP.findall(robots)):
        yield Candidate("a sitemap that robots.txt names", address)


def paging_of(kind: str, text: str, url: str) -> dict[str, Value]:
    """Return the keys by which a list goes on to its further pages; a link to the next page needs none."""
    if kind == "html" and (pager := _CREATE_PAGES.search(text)) and int(pager[1]) > 1:
        return {"pages": urljoin(url, f"{pager[2]}_{{page}}.{pager[3]}"), "first_page": 0}
    if kind != "json":
        return {}
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    number = next((value for key, value in query if _PAGE_PARAMETER.match(key) and value in {"0", "1"}), None)
    if number is None:
        return {}
    numbered = urlencode([(key, "{page}" if _PAGE_PARAMETER.match(key) else value) for key, value in query], safe="{}")
    return {"urls": [urlunsplit(parts._replace(query=numbered))], **({"first_page": 0} if number == "0" else {})}
