"""`deltanews pages`: kept pages that could not be read, and what to do about them."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from archive.pages import Page
from core.console import print_json_lines, print_rows
from core.errors import UsageError
from crawler.crawl.context import CrawlContext
from crawler.crawl.persistence import Kept
from crawler.pages.retry import retry_pages
from crawler.sources.configured import configured_sources
from crawler.sources.model import Source

ADDRESS = ("http://", "https://")


def retry(
    chosen: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE|URL]…", help="Sources and addresses; all that there are.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a page.")] = False,
) -> None:
    """Read pages once more, now, that could not be read: those that wait for their next try, and those that failed.

    A page whose reading ran into a limit, or whose process died, is read again by later crawls, three times at growing
    intervals, then it counts as failed; `deltanews status` lists both. No request is sent. Each page is listed with
    what became of it. Exit status: 0; 1 where a page could not be read.

    Examples:
      deltanews pages retry
      deltanews pages retry jstv
      deltanews pages retry https://news.jstv.com/a/20201130/1606733984697.shtml
    """
    urls = [word for word in chosen or () if word.startswith(ADDRESS)]
    names = [word for word in chosen or () if not word.startswith(ADDRESS)]
    with CrawlContext.open() as place:
        sources = configured_sources()
        for name in names:
            if name not in sources:
                raise UsageError(f"there is no source {name!r}; known: {', '.join(sources)}")
        results = asyncio.run(_collect(place, sources, names, urls))
    if as_json:
        print_json_lines(
            {"source": page.source, "url": page.url, "state": kept.state, "reason": kept.reason}
            for page, kept in results
        )
    else:
        print_rows(
            ("state", "source", "url", "why"),
            ((kept.state, page.source, page.url, kept.reason) for page, kept in results),
        )
    if any(kept.state not in {"article", "rejected"} for _, kept in results):
        raise typer.Exit(1)


async def _collect(
    place: CrawlContext, sources: Mapping[str, Source], names: Sequence[str], urls: Sequence[str]
) -> list[tuple[Page, Kept]]:
    return [result async for result in retry_pages(place, sources, names=names, urls=urls)]
