"""How much of one feed or sitemap is read: a crawl reads lists in its own process, so the work has a bound that counts.

A parser's work and memory grow with the tags: 2.4 MB of nested ones took feedparser 54 seconds and 658 MiB.
"""

from crawler.discovery.model import ListPage

CUT = "cut off: "
"""Begins what is said of a list that was not read to its end."""
BREAKS_OFF = f"{CUT}it breaks off"
BROKEN_PACKING = f"{CUT}what is packed"
"""Begin what is said of a list that came in part."""


def bounded(body: bytes, *, most_bytes: int, most_tags: int) -> tuple[bytes, tuple[str, ...]]:
    """Return as much of a list's markup as is read, and the problem where that is not all of it."""
    if len(body) > most_bytes:
        body, problem = body[:most_bytes], f"{CUT}only its first {most_bytes:,} bytes are read"
        return bounded(body, most_bytes=most_bytes, most_tags=most_tags)[0], (problem,)
    if body.count(b"<") <= most_tags:
        return body, ()
    *read, _ = body.split(b"<", most_tags + 1)
    return b"<".join(read), (f"{CUT}only its first {most_tags:,} tags are read",)


def with_problems(page: ListPage, problems: tuple[str, ...]) -> ListPage:
    """Return a list page with further problems, before its own."""
    return page.model_copy(update={"problems": (*problems, *page.problems)}) if problems else page
