"""`deltanews pages`: stored pages that could not be read, and what to do about them."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from archive.pages import Page
from archive.unread_pages import unread_pages
from core.console import print_json_lines, print_rows
from core.errors import UsageError
from crawler.crawl.context import CrawlContext
from crawler.crawl.persistence import PageResult
from crawler.pages.retry import retry_pages
from crawler.sources.completion import complete_source
from crawler.sources.configured import configured_sources
from crawler.sources.model import Source

URL_STARTS = ("http://", "https://")


def retry(
    names_and_urls: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE|URL]…", autocompletion=complete_source, help="Sources and addresses; all that there are."
        ),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a page.")] = False,
) -> None:
    """Read pages once more, now, that could not be read: those that wait for their next try, and those that failed.

    A page whose reading ran into a limit, or whose process died, is read again by later crawls, three times at growing
    intervals, then it counts as failed; `deltanews status` lists both. No request is sent. Each page is listed with
    what became of it. Exit status: 0; 1 where a page could not be read; 2 where an address has no such page.

    Examples:
      deltanews pages retry
      deltanews pages retry jstv
      deltanews pages retry https://news.jstv.com/a/20201130/1606733984697.shtml
    """
    urls = [chosen for chosen in names_and_urls or () if chosen.startswith(URL_STARTS)]
    names = [chosen for chosen in names_and_urls or () if not chosen.startswith(URL_STARTS)]
    with CrawlContext.open() as context:
        sources = configured_sources()
        for name in names:
            if name not in sources:
                raise UsageError(f"there is no source {name!r}; known: {', '.join(sources)}")
        with context.database.read() as connection:
            for url in urls:
                if not unread_pages(connection, urls=[url], limit=1):
                    raise UsageError(f"{url}: no page of this address waits to be read again or has failed")
        results = asyncio.run(_collect(context, sources, names, urls))
    if as_json:
        print_json_lines(
            {"source": page.source, "url": page.url, "state": result.state, "reason": result.reason}
            for page, result in results
        )
    else:
        print_rows(
            ("state", "source", "url", "why"),
            ((result.state, page.source, page.url, result.reason) for page, result in results),
            none="no page waits to be read again, and none has failed",
        )
    if not all(result.state.is_read for _, result in results):
        raise typer.Exit(1)


async def _collect(
    context: CrawlContext, sources: Mapping[str, Source], names: Sequence[str], urls: Sequence[str]
) -> list[tuple[Page, PageResult]]:
    return [result async for result in retry_pages(context, sources, names=names, urls=urls)]
