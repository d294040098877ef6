"""`deltanews reclassify`: today's relevance rules over the stored articles."""

from collections import Counter
from typing import Annotated

import typer
from rich.progress import track

from archive.database import Database
from archive.settings import ArchiveSettings
from core.console import print_json_lines, print_rows, stderr_console
from crawler.pages.reclassification import Reclassified
from crawler.pages.reclassification import reclassify as reclassify_articles
from crawler.relevance.gazetteer import load_gazetteer
from crawler.settings import CrawlerSettings
from crawler.sources.configured import configured_source_files


def reclassify(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change; save nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object an article that changed.")] = False,
) -> None:
    """Reclassify every article by today's gazetteer and rules, and show which rise or fall.

    `deltanews index` comes next: it adds to the search index what became relevant, and takes out what is no longer.

    Examples:
      deltanews reclassify --dry-run
      deltanews reclassify
    """
    gazetteer = load_gazetteer(CrawlerSettings.load().gazetteers)
    opened = Database.open_to_read if dry_run else Database.open
    database = opened(ArchiveSettings.load())
    stderr = stderr_console()
    delta_lists = configured_source_files().delta_lists
    results = reclassify_articles(database, gazetteer, delta_lists=delta_lists, dry_run=dry_run)
    if stderr.is_terminal:
        results = iter(track(results, "reclassifying", console=stderr, transient=True))
    moved: list[Reclassified] = []
    figures = Counter[str]()
    for result in results:
        figures["articles"] += 1
        figures["changed"] += result.before != result.now
        if result.is_other_level:
            moved.append(result)
    database.close()
    if as_json:
        print_json_lines(
            {"url": result.url, "title": result.title, "before": result.before.level, "now": result.now.level}
            for result in moved
        )
        return
    print_rows(
        ("before", "now", "title", "url", "why"),
        ((result.before.level, result.now.level, result.title, result.url, result.now.reason) for result in moved),
    )
    stderr.print(
        f"{figures['articles']} articles reclassified: {len(moved)} at another level, "
        f"{figures['changed'] - len(moved)} with other terms or topics" + (" (nothing was saved)" if dry_run else "")
    )
