"""`deltanews sources …`: which sources there are, what is known of each, whether they still work, and new ones."""

import multiprocessing
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.text import Text

from archive.console import SHANGHAI, UsageError, print_json_lines, print_rows, shown, stdout_console
from crawler.checking.check import SourceCheck
from crawler.checking.draft import Draft, draft_source
from crawler.checking.finding import Finding, Outcome
from crawler.checking.saved_pages import saving
from crawler.discovery import start_requests
from crawler.fetch.page import Fetch, FetchError, browse
from crawler.settings import CrawlerSettings
from crawler.sources.loader import active_sources, load_sources, source_path
from crawler.sources.model import Source

AT_ONCE = 4
"""Sources checked at once, each in a process of its own, since a process can start Scrapy only once."""

STYLES = {Outcome.OK: "green", Outcome.NOTE: "dim", Outcome.DEGRADED: "yellow", Outcome.FAILED: "bold red"}
"""How an outcome looks on a terminal."""

Provinces = Literal["上海", "江苏", "浙江", "安徽", "全国"]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]


def list_sources(*, as_json: AsJson = False) -> None:
    """List every source: whether it is on, how well it is proven, and why it is off.

    Grades are those of its lists and of its article pages: A, seen in a real page or by several independent crawlers;
    B, solid in part; C, weak.

    Examples:
      deltanews sources list
      deltanews sources list --json
    """
    sources = _sources()
    if as_json:
        print_json_lines(_facts(source) for source in sources.values())
        return
    print_rows(
        ("source", "title", "province", "kind", "grade", "evidence", "on", "why not"),
        (
            (
                source.name,
                source.title,
                source.province,
                source.kind.replace("_", " "),
                f"{source.grade}/{source.page_grade}",
                source.newest_evidence,
                "on" if source.enabled else "off",
                source.disabled_because,
            )
            for source in sources.values()
        ),
    )


def show(
    name: Annotated[str, typer.Argument(metavar="SOURCE", help="Name of the source.")], *, as_json: AsJson = False
) -> None:
    """Show all that is known of a source: its file, its lists, its evidence, what is assumed.

    Nobody has seen the sites live while writing the bundled files: what is assumed is where to look first.

    Examples:
      deltanews sources show jstv
      deltanews sources show jstv --json
    """
    source = _named(name)
    if as_json:
        print_json_lines([_facts(source) | {"record": source.model_dump(mode="json")}])
        return
    settings = CrawlerSettings.load()
    path = source_path(name, bundled=settings.bundled_sources, folders=settings.source_folders)
    rows = [
        ("source", f"{source.name}  {source.title}"),
        ("file", str(path)),
        ("province", f"{source.province}, {source.kind.replace('_', ' ')}"),
        ("crawled", f"every {source.interval} minutes" if source.enabled else f"off: {source.disabled_because}"),
        ("hosts", " ".join(source.hosts)),
        ("articles", source.article or "by the shape of their addresses"),
        *(("example", example) for example in source.examples),
        ("grade", f"lists {source.grade}, pages {source.page_grade}; newest evidence {source.newest_evidence}"),
        ("evidence", source.evidence),
        ("compared", f"with its evidence on {source.verified_on}"),
        *(("assumed", assumption) for assumption in source.assumptions),
    ]
    for section in source.sections:
        first, *others = start_requests(source, section)
        more = f" and {len(others)} more" if others else ""
        rows.append((f"section {section.name}", f"{section.title}, {section.kind}: {first.key}{more}"))
    print_rows(("", ""), rows)


def check(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]…", help="Sources; all that are on by default.")
    ] = None,
    *,
    save: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep every page that was fetched, as a fixture, in DIR/SOURCE.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Try sources against their sites: robots.txt, lists, links, three articles, their fields, their relevance.

    For each it prints what was expected, what was seen, and the line of the source file to change. It keeps nothing in
    the archive. Exit status: 0; 1 where anything failed or had to be guessed; 2 for wrong use.

    Examples:
      deltanews sources check
      deltanews sources check jstv --save tests/fixtures
    """
    sources = active_sources(_sources(), names or [])
    everything: list[Finding] = []
    for findings in _checked([source.name for source in sources], save):
        everything += findings
        if as_json:
            print_json_lines(finding.model_dump(mode="json") for finding in findings)
        elif sys.stdout.isatty():
            _print_account(findings)
        else:
            _print_findings(findings)
    if any(finding.outcome.needs_mending for finding in everything):
        raise typer.Exit(1)


def add(
    url: Annotated[str, typer.Argument(help="A page that lists articles, or a feed, a sitemap, a JSON list.")],
    *,
    name: Annotated[str, typer.Option(help="Name of the source; made of the domain without it.")] = "",
    province: Annotated[Provinces, typer.Option(help="Whose news it is.")] = "全国",
    folder: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where to write it; the first of source_folders without it.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file of that name.")] = False,
) -> None:
    """Look at a page of links and write the draft of a source file: kind, link pattern, where fields stand.

    It prints what the draft would find today: up to ten articles, and the fields of the first. Read the file, then try
    it with `deltanews sources check NAME`.

    Examples:
      deltanews sources add https://www.example.cn/news/ --province 浙江
      deltanews sources add https://www.example.cn/feed.xml --name example --folder ~/sources
    """
    settings = CrawlerSettings.load()
    if folder is None and not settings.source_folders:
        raise UsageError("there is no folder to write to: give --folder DIR, or set [crawler] source_folders = [DIR]")
    target = folder or settings.source_folders[0]

    async def task(fetch: Fetch) -> Draft:
        return await draft_source(url, fetch, name=name, province=province, today=datetime.now(SHANGHAI).date())

    draft = browse(task, url)
    path = target / f"{draft.name}.toml"
    if path.exists() and not replace:
        raise UsageError(f"{path} is there already; --replace writes over it, --name gives another name")
    target.mkdir(parents=True, exist_ok=True)
    path.write_text(draft.text, encoding="utf-8")
    print_rows(("listed", "title", "address"), ((shown(link.listed_at), link.title, link.url) for link in draft.links))
    first = draft.extraction
    fields = {
        "title": first.title,
        "time": f"{shown(first.published_at)} {first.published_from}",
        "credit": first.credit or "",
        "text": f"{len(first.body):,} characters in {len(first.paragraphs)} paragraphs",
        **({} if first.is_article else {"verdict": f"{first.verdict}: {first.reason}"}),
    }
    print_rows(("the first", ""), fields.items())
    print_rows(("", ""), [*(("remark", remark) for remark in draft.remarks), ("written", str(path))])


def _print_account(findings: Sequence[Finding]) -> None:
    """Print a source's findings for a person: a line each, and three more where something is to be mended."""
    console = stdout_console()
    worst = [finding for finding in findings if finding.outcome.needs_mending]
    console.print(Text(f"{findings[0].source}: {len(worst)} of {len(findings)} need mending", style="bold"))
    for subject, of_subject in groupby(findings, key=lambda finding: finding.subject):
        console.print(Text(f"  {subject}"))
        for finding in of_subject:
            outcome = (f"    {finding.outcome.value:9}", STYLES[finding.outcome])
            console.print(Text.assemble(outcome, f"{finding.step:10} {finding.saw}"))
            if finding.outcome.needs_mending:
                console.print(Text(f"{'expected':>23} {finding.expected}"))
                console.print(Text(f"{'to mend':>23} {finding.mend or 'the site, not the file'}"))


def _print_findings(findings: Sequence[Finding]) -> None:
    print_rows(
        ("source", "", "step", "of", "expected", "saw", "to mend"),
        (
            (
                finding.source,
                finding.outcome.value,
                finding.step,
                finding.subject,
                finding.expected,
                finding.saw,
                finding.mend,
            )
            for finding in findings
        ),
    )


def _checked(names: Sequence[str], save: Path | None) -> Iterator[list[Finding]]:
    """Yield the findings of each source, in the order of the names."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(AT_ONCE, mp_context=context, max_tasks_per_child=1) as pool:
        yield from pool.map(partial(check_one, save=save), names)


def check_one(name: str, save: Path | None) -> list[Finding]:
    """Check one source; for a process of its own, which reads the settings itself."""
    settings = CrawlerSettings.load()
    source = _named(name)
    path = source_path(name, bundled=settings.bundled_sources, folders=settings.source_folders)
    assert path is not None

    async def task(fetch: Fetch) -> list[Finding]:
        keeping = fetch if save is None else saving(fetch, save / name)
        return await SourceCheck(source, path, keeping, settings.gazetteers).run()

    try:
        return browse(task, start_requests(source, source.sections[0])[0].url, source)
    except FetchError as error:
        saw = str(error)
        return [Finding(source=name, step="check", subject="", outcome=Outcome.FAILED, expected="an answer", saw=saw)]


def _sources() -> Mapping[str, Source]:
    settings = CrawlerSettings.load()
    return load_sources(
        bundled=settings.bundled_sources, folders=settings.source_folders, party_media=settings.party_media
    )


def _named(name: str) -> Source:
    sources = _sources()
    if name not in sources:
        raise UsageError(f"there is no source {name!r}; known: {', '.join(sources)}")
    return sources[name]


def _facts(source: Source) -> dict[str, Any]:
    return {
        "source": source.name,
        "title": source.title,
        "province": source.province,
        "kind": source.kind.value,
        "grade": source.grade,
        "page_grade": source.page_grade,
        "newest_evidence": source.newest_evidence,
        "verified_on": source.verified_on.isoformat(),
        "enabled": source.enabled,
        "disabled_because": source.disabled_because,
        "homepage": source.homepage,
        "sections": [section.name for section in source.sections],
    }
