"""`deltanews events`: put the articles of a file together by what they report on."""

from typing import Annotated

import typer

from core.console import print_json_lines, print_rows
from indexer.commands.article_file import read_reported
from indexer.events.in_memory import find_events, report_of_story
from indexer.stories.in_memory import fold


def events(
    file: Annotated[
        str, typer.Argument(metavar="FILE.jsonl", help="Articles, one JSON object a line; - reads standard input.")
    ],
    *,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Group the articles of a file by the happening that they report on, with no archive: prints id, event id.

    A line holds id, title, body, published_at, credit, source and url; all but the id (or the url) and the text may be
    missing. Copies are folded first, as `deltanews dedupe` does it. A line that is no article is reported, the others
    are grouped, and the exit status is 1. An article joins an event within 72 hours of the event's last report.

    Examples:
        deltanews events articles.jsonl
        deltanews archive export --format jsonl | deltanews events -
    """
    items, is_whole = read_reported(file)
    ids = {item.url: key for key, item in items.items()}
    stories = {story.id: story for story in fold(list(items.values()))}
    found = {
        ids[item.url]: (event.id, report.key)
        for event in find_events(map(report_of_story, stories.values()))
        for report in event.reports
        for item in stories[report.key].items
    }
    if json:
        print_json_lines({"id": key, "event": found[key][0], "story": found[key][1]} for key in items)
    else:
        print_rows(("id", "event"), ((key, found[key][0]) for key in items))
    if not is_whole:
        raise typer.Exit(1)
