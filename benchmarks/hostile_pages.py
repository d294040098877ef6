"""Processor time of extraction on pages made to make it hang, beside a bare parse of the same page by lxml.

`python -m benchmarks.hostile_pages`. A crawl grants one page `crawler.extraction_seconds` (5 s).
"""

import time
from collections.abc import Callable

from lxml import html

from crawler.extraction.extract import extract
from tests.extraction.bombs import BOMBS

URL = "https://news.example.cn/a/20250701/1.html"


def seconds(work: Callable[[bytes], object], page: bytes) -> float:
    """Return the processor time that work on a page takes, in seconds."""
    began = time.process_time()
    work(page)
    return time.process_time() - began


def bare(page: bytes) -> None:
    """Parse a page and walk its elements, as any extraction must."""
    try:
        sum(1 for _ in html.document_fromstring(page, parser=html.HTMLParser(huge_tree=True)).iter())
    except (ValueError, html.etree.ParserError):
        return  # lxml finds no document in some of them


def main() -> None:
    """Print a line for each page, the slowest last."""
    rows = sorted((seconds(lambda html: extract(html, URL), page), name, page) for name, page in BOMBS.items())
    for took, name, page in rows:
        parsed = seconds(bare, page)
        print(f"{took:6.2f} s of processor time; a bare parse {parsed:5.2f} s; {len(page) / 1e6:6.1f} MB; {name}")


if __name__ == "__main__":
    main()
