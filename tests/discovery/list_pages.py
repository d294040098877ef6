"""List pages of tests: a section in TOML and a page in, a ListPage out."""

from datetime import UTC, datetime

from archive.warc import RawPage
from crawler.discovery import read_list, start_requests
from crawler.discovery.model import ListPage
from crawler.sources.model import ListRequest, Source
from tests.sources.records import source

BASE = "https://www.example.cn/news/"


def listing(kind: str, extra: str = "", *, url: str = BASE, keys: str = "", tables: str = "") -> Source:
    """Return a source of one section."""
    section = f'[[sections]]\nname = "news"\ntitle = "新闻"\nkind = "{kind}"\nurls = ["{url}"]\n{extra}\n{tables}'
    return source(keys=keys, sections=section)


def read(
    record: Source, body: bytes | str, *, request: ListRequest | None = None, content_type: str | None = None
) -> ListPage:
    """Read a page of the source's only section, as it came from the address that was asked."""
    request = request or start_requests(record.sections[0])[0]
    data = body.encode() if isinstance(body, str) else body
    return read_list(record, record.sections[0], request, answer(request.url, data, content_type))


def answer(url: str, body: bytes, content_type: str | None = None) -> RawPage:
    """Return what a site answers at an address."""
    headers = () if content_type is None else (("Content-Type", content_type),)
    return RawPage(url, 200, headers, body, datetime(2026, 11, 28, tzinfo=UTC))


def urls(page: ListPage) -> list[str]:
    """Return the addresses found, in order."""
    return [link.url for link in page.links]
