"""`deltanews sources add`: the draft of a source file, made by looking at a page of links."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from core.clock import CLOCK
from core.console import print_facts, print_rows
from core.errors import UsageError
from core.time import format_time, in_shanghai
from crawler.checking.draft import Draft, draft_source, private_host
from crawler.crawl.single_page import Fetch, run_with_fetch
from crawler.settings import CrawlerSettings

ProvinceOption = Literal["上海", "江苏", "浙江", "安徽", "全国"]


def add(
    url: Annotated[str, typer.Argument(help="A page that lists articles, or a feed, a sitemap, a JSON list.")],
    *,
    name: Annotated[str, typer.Option(help="Name of the source; made of the domain without it.")] = "",
    province: Annotated[ProvinceOption, typer.Option(help="Whose news it is.")] = "全国",
    folder: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where to write it; the first of source_folders without it.")
    ] = None,
    private: Annotated[
        bool, typer.Option("--private", help="Its host may be one of this machine or of a private network.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file of that name.")] = False,
) -> None:
    """Look at a page of links and write the draft of a source file: kind, link pattern, where fields stand.

    Of a home page it takes the feed, where that names one; of a page without articles the JSON that fills it or a
    sitemap of robots.txt; it says which. It prints what the draft would find today: up to ten articles, and the fields
    of the first. Read the file, then try it with `deltanews sources check NAME`.

    Examples:
      deltanews sources add https://www.example.cn/news/ --province 浙江
      deltanews sources add https://www.example.cn/feed.xml --name example --folder ~/sources
      deltanews sources add http://news.intranet/ --private
    """
    settings = CrawlerSettings.load()
    if folder is None and not settings.source_folders:
        raise UsageError("there is no folder to write to: give --folder DIR, or set [crawler] source_folders = [DIR]")
    target = folder or settings.source_folders[0]

    today = in_shanghai(CLOCK.now()).date()

    async def task(fetch: Fetch) -> Draft:
        return await draft_source(url, fetch, name=name, province=province, today=today, private=private)

    draft = run_with_fetch(task, url, private_host(url, today) if private else None)
    path = target / f"{draft.name}.toml"
    if path.exists() and not replace:
        raise UsageError(f"{path} is there already; --replace writes over it, --name gives another name")
    target.mkdir(parents=True, exist_ok=True)
    path.write_text(draft.text, encoding="utf-8")
    print_rows(
        ("listed", "title", "address"), ((format_time(link.listed_at), link.title, link.url) for link in draft.links)
    )
    first = draft.extraction
    fields = {
        "title": first.title,
        "time": f"{format_time(first.published_at)} {first.published_from}",
        "credit": first.credit or "",
        "text": f"{len(first.body):,} characters in {len(first.paragraphs)} paragraphs",
        **({} if first.is_article else {"verdict": f"{first.verdict}: {first.reason}"}),
    }
    print_facts(fields.items())
    print_facts([*(("remark", remark) for remark in draft.remarks), ("written", str(path))])
