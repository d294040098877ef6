"""`deltanews events`: the archive's events, or the articles of a file grouped by what they report on."""

import sys
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.console import print_facts, print_json_lines, print_rows, say_none
from core.errors import UsageError
from core.numbers import LARGEST
from core.time import format_time, period_of_options
from indexer.article_file import read_reported
from indexer.events.in_memory import find_events, report_of_story, with_own_rarity
from indexer.stories.in_memory import cluster

if TYPE_CHECKING:
    from indexer.events.event_view import EventView

_ON_TERMINAL = 20
"""Events that a terminal shows where no limit is given."""


def events(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE.jsonl", help="Group these articles instead; - reads standard input."),
    ] = None,
    *,
    since: Annotated[str | None, typer.Option(help="Only events with a report since then: 1d, 2026-11-01.")] = None,
    province: Annotated[list[str] | None, typer.Option(help="Only what an outlet of this province carried.")] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Only this topic.")] = None,
    sort: Annotated[str, typer.Option(help="newest, or largest: the one with most reports first.")] = "newest",
    limit: Annotated[
        int | None, typer.Option(min=0, max=LARGEST, help="How many at most; without it 20 on a terminal, else all.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List events, newest first; or group the articles of a file, with no archive: prints id, event id.

    An event is all reports of one happening, however many newsrooms wrote about it. A line of a file holds id, title,
    body, published_at, credit, source and url; all but the id (or the url) and the text may be missing. Copies are
    grouped first, as `deltanews dedupe` does it. A line that is no article is reported, the others are grouped, and the
    exit status is 1. A report joins an event within 72 hours of the event's last report.

    Examples:
        deltanews events --since 1d
        deltanews events --since 7d --province 安徽 --sort largest
        deltanews events articles.jsonl
        deltanews archive export --format jsonl | deltanews events -
    """
    if file is not None:
        if since or province or topic:
            raise UsageError("--since, --province and --topic belong to the archive's events, not to a file")
        _group_file(file, as_json=json)
        return
    _list(since, province or [], topic or [], sort, limit, as_json=json)


def _group_file(file: str, *, as_json: bool) -> None:
    items, is_whole = read_reported(file)
    ids = {item.url: key for key, item in items.items()}
    stories = {story.id: story for story in cluster(list(items.values()))}
    found = {
        ids[item.url]: (event.id, report.key)
        for event in find_events(with_own_rarity(map(report_of_story, stories.values())))
        for report in event.reports
        for item in stories[report.key].items
    }
    if as_json:
        print_json_lines({"id": key, "event": found[key][0], "story": found[key][1]} for key in items)
    else:
        print_rows(("id", "event"), ((key, found[key][0]) for key in items), none=f"{file} holds no article")
    if not is_whole:
        raise typer.Exit(1)


def _list(
    since: str | None, provinces: list[str], topics: list[str], sort: str, limit: int | None, *, as_json: bool
) -> None:
    # A file needs no database, whose library costs half a second.
    from archive.database import Database  # noqa: PLC0415
    from archive.known_names import checked_provinces, checked_topics  # noqa: PLC0415
    from archive.settings import ArchiveSettings  # noqa: PLC0415
    from archive.source_titles import known_source_titles  # noqa: PLC0415
    from indexer.events.listing import EventOrder, list_events, nothing_found  # noqa: PLC0415

    if sort not in set(EventOrder):
        raise UsageError(f"--sort: {sort} is none of newest, largest")
    moment = period_of_options(since).since
    if limit is None and sys.stdout.isatty() and not as_json:
        limit = _ON_TERMINAL
    database = Database.open_to_read(ArchiveSettings.load())
    try:
        with database.read() as connection:
            titles = known_source_titles(connection)
            order = EventOrder(sort)
            provinces, topics = checked_provinces(connection, provinces), checked_topics(connection, topics)
            views = list_events(connection, since=moment, provinces=provinces, topics=topics, order=order)
            any_shown = False
            for view in islice(views, limit):
                any_shown = True
                if as_json:
                    print_json_lines([_summary(view)])
                else:
                    _print(view, titles)
            if not any_shown and limit != 0 and not as_json:
                say_none(nothing_found(connection, "no event matches"))
    finally:
        database.close()


def _print(view: "EventView", titles: dict[str, str]) -> None:
    assert view.headline is not None
    first, size, total = view.all_articles[0], len(view.reports), len(view.all_articles)
    when, title = format_time(first.published_at or first.first_seen_at), view.headline.report.title
    sources, provinces = "、".join(titles.get(source, source) for source in view.sources), "、".join(view.provinces)
    if not sys.stdout.isatty():
        print_rows((), [(when, title, str(size), str(total), provinces, sources, view.row.event_id)])
        return
    reports = "1 report" if size == 1 else f"{size} reports"
    articles = "1 article" if total == 1 else f"{total} articles"
    last = view.all_articles[-1]
    until = f", the last of {format_time(last.published_at or last.first_seen_at)}" if total > 1 else ""
    facts = f"{reports} in {articles}{until}  {sources}"
    print_facts([(when, title), ("", facts), ("", view.row.event_id)])


def _summary(view: "EventView") -> dict[str, Any]:
    from indexer.commands.event import event_json  # noqa: PLC0415

    return event_json(view)
