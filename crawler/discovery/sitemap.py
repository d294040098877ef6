"""Links of sitemaps, news sitemaps and indexes of sitemaps (https://www.sitemaps.org/protocol.html)."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urlsplit

from lxml import etree

from core.sanitize import clean_references
from crawler.discovery.bounds import BREAKS_OFF, BROKEN_PACKING, CUT, bounded, with_problems
from crawler.discovery.dates import parse_date
from crawler.discovery.link_shapes import guessed_articles
from crawler.discovery.model import NOTHING, FoundLink, Guess, Known, ListPage
from crawler.discovery.own_links import absolute, own_articles, pattern_problem, refused_links
from crawler.gzip_members import MAGIC, UnpacksToMoreError, gunzip
from crawler.sources.model import ListRequest, SitemapSection, Source

MAX_BYTES = 50_000_000
"""The protocol's own limit of a sitemap, unpacked; a gzip bomb ends here."""
MAX_ENTRIES = 50_000
"""The protocol's own limit of entries."""
MAX_TAGS = 1_000_000
"""Tags that are read of one sitemap: twenty for each entry."""

MAX_DEPTH = 3
"""Indexes within one another that are followed."""

_END = re.compile(rb"</\s*(?:\w+:)?(?:urlset|sitemapindex)\s*>", re.IGNORECASE)
_LOOKED_AT = 2_000
_ROOTS = frozenset({"urlset", "sitemapindex"})
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BARE_AND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)")

_PERIOD = re.compile(r"(?<!\d)(20\d\d|199\d)(?:[-_/.]?(0[1-9]|1[0-2])(?:[-_/.]?(0[1-9]|[12]\d|3[01]))?)?(?!\d)")
_NUMBER = re.compile(r"\d{1,12}")

_Entry = tuple[str, str, datetime | None]
"""Address, title and date."""

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def read_sitemap(
    source: Source, section: SitemapSection, request: ListRequest, url: str, body: bytes, *, known: Known = NOTHING
) -> ListPage:
    """Return the articles of a sitemap, newest first; of an index its newest sitemaps, `max_pages` at most.

    Where an index gives all its sitemaps one date, or none, those count as the newest whose address names the latest
    day or the highest number, or else that stand last; a problem says how many are not read.

    What lies beyond MAX_BYTES, MAX_TAGS or MAX_ENTRIES is not read, and a problem says so; so it does where the file
    breaks off. Faults of the XML are mended, and a sitemap may be plain text.
    """
    try:
        unpacked, breaks = _unpacked(body)
        xml, problems = bounded(_mended(unpacked), most_bytes=MAX_BYTES, most_tags=MAX_TAGS)
        problems = (*breaks, *problems)
        is_index, entries = _entries(xml) if xml.startswith(b"<") else (False, _lines(xml))
        if xml.startswith(b"<") and not problems and not _END.search(xml[-_LOOKED_AT:]):
            problems = (BREAKS_OFF,)
    except (etree.LxmlError, ValueError, UnpacksToMoreError) as error:
        return ListPage(problems=(f"not a sitemap: {error}",))
    if len(entries) == MAX_ENTRIES:
        problems += (f"{CUT}only its first {MAX_ENTRIES:,} entries are read",)
    return with_problems(_page(source, section, request, url, entries, known=known, is_index=is_index), problems)


def _page(
    source: Source,
    section: SitemapSection,
    request: ListRequest,
    url: str,
    entries: Sequence[_Entry],
    *,
    known: Known,
    is_index: bool,
) -> ListPage:
    found = [
        FoundLink(url=address, title=title, listed_at=date)
        for href, title, date in entries
        if (address := absolute(url, href)) is not None
    ]
    found.sort(key=lambda link: link.listed_at or _NEVER, reverse=True)
    if not is_index:
        if articles := own_articles(source, section, found):
            return ListPage(links=articles, refused=refused_links(source, section, found))
        if likely := guessed_articles(source, found, known):
            return ListPage(links=likely, guess=Guess.SHAPE, problems=pattern_problem(likely, "told by their shape"))
        return ListPage()
    if request.page > MAX_DEPTH:
        return ListPage(problems=(f"more than {MAX_DEPTH} indexes of sitemaps within one another: not followed",))
    return _sitemaps(section, request, [link for link in found if source.is_kin(link.url)])


def _sitemaps(section: SitemapSection, request: ListRequest, found: Sequence[FoundLink]) -> ListPage:
    """Return the requests of an index's sitemaps, the newest; one that dates none apart is read from its newest end."""
    if not found:
        return ListPage(problems=("an index that names no sitemap on the source's hosts",))
    is_dated = len({link.listed_at for link in found}) > 1
    named = list(dict.fromkeys(link.url for link in found))
    if not is_dated:
        place = {url: number for number, url in enumerate(named)}
        named.sort(key=lambda url: (*_numbers(url), place[url]), reverse=True)
    more = tuple(ListRequest(url=url, page=request.page + 1) for url in named[: section.max_pages])
    left = len(named) - len(more)
    unsure = f"{left} of {len(named)} sitemaps not read (`max_pages`), and the index does not say which are the newest"
    return ListPage(more=more, problems=(unsure,) if left and not is_dated else ())


def _numbers(url: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the day, month or year that an address names, and its other numbers: an archive's parts are counted up."""
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}"
    days = [tuple(int(part) for part in match.groups() if part) for match in _PERIOD.finditer(path)]
    return max(days, default=()), tuple(map(int, _NUMBER.findall(_PERIOD.sub("-", path))))


def _unpacked(body: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return the sitemap unpacked, as far as it can be, and the problem where that is not all of it."""
    if not body.startswith(MAGIC):
        return body[:MAX_BYTES], ()
    content, fault = gunzip(body, MAX_BYTES)
    return content, (f"{BROKEN_PACKING} {fault}",) if fault else ()


def _mended(xml: bytes) -> bytes:
    """Return XML without what stands before it, without control characters, and with every bare & written out."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        xml = xml.decode("utf-16", "replace").encode()
        xml = re.sub(rb"^(\s*<\?xml[^>]*?)encoding=[\"'][^\"']*[\"']", rb"\1", xml)
    xml = _CONTROL.sub(b"", xml.removeprefix(b"\xef\xbb\xbf")).lstrip()
    return clean_references(_BARE_AND.sub(b"&amp;", xml))


def _lines(text: bytes) -> list[_Entry]:
    """Return the entries of a sitemap of plain text, one address a line; ValueError where it is none."""
    lines = [line.strip() for line in text.decode("utf-8", "replace").splitlines()]
    addresses = [line for line in lines if re.match(r"https?://\S+$", line)]
    if not addresses or len(addresses) < sum(map(bool, lines)) / 2:
        raise ValueError(f"it begins: {' '.join(lines)[:100]!r}")
    return [(address, "", None) for address in addresses[:MAX_ENTRIES]]


def _entries(xml: bytes) -> tuple[bool, list[_Entry]]:
    """Return whether it is an index, and (address, title, date) of its entries; entities are not resolved."""
    entries: list[_Entry] = []
    is_index = False
    reader = etree.iterparse(
        BytesIO(xml),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        resolve_entities=False,
        no_network=True,
        recover=True,
    )
    for _, element in reader:
        own = etree.QName(element).namespace
        parent = element.getparent()
        if parent is None or etree.QName(parent).namespace != own:  # a picture's `image:url`
            continue
        is_index = is_index or etree.QName(element).localname == "sitemap"
        text = _fields(element, own)
        date = parse_date(text.get("publication_date")) or parse_date(text.get("lastmod"))
        entries.append((text.get("loc", ""), " ".join(text.get("title", "").split())[:300], date))
        element.clear()
        if len(entries) >= MAX_ENTRIES:
            break
    if not entries and (reader.root is None or etree.QName(reader.root).localname not in _ROOTS):
        raise ValueError(f"it begins: {xml[:100].decode('utf-8', 'replace')!r}")
    return is_index, entries


def _fields(entry: etree._Element, own: str | None) -> dict[str, str]:
    """Return the texts of an entry's own children and of its news; pictures and videos have a `loc` of their own."""
    texts: dict[str, str] = {}
    for child in entry:
        if not isinstance(child.tag, str):
            continue
        namespace = etree.QName(child).namespace
        inner = child.iter() if namespace and "sitemap-news" in namespace else [child] if namespace == own else []
        for element in inner:
            if isinstance(element.tag, str) and element.text and element.text.strip():
                texts.setdefault(etree.QName(element).localname, element.text.strip())
    return texts
