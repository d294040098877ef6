"""`deltanews event`: one event, its headline, when and where, who was first, and every report of it."""

from typing import Annotated, Any

import typer

from archive.article import Precision
from archive.database import Database
from archive.settings import ArchiveSettings
from archive.source_titles import known_source_titles
from core.console import print_facts, print_json_lines
from core.errors import UsageError
from core.time import format_time, in_shanghai
from indexer.events.event_view import EventView, ReportView, find_event

DELTA = ("上海", "江苏", "浙江", "安徽")
"""The provinces of which it is said whether an outlet carried an event."""


def event(
    identifier: Annotated[
        str, typer.Argument(metavar="ID", help="The event's id or its beginning, or the URL of one of its articles.")
    ],
    *,
    explain: Annotated[bool, typer.Option("--explain", help="Print of each report why it is in the event.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print an event: headline, when and where, who was first, who carried it, and every report with its copies.

    Examples:
        deltanews event 3f0c5a1be2d94c77
        deltanews event https://news.example/20260305/1.html --explain
    """
    database = Database.open_to_read(ArchiveSettings.load())
    try:
        with database.read() as connection:
            view = find_event(connection, identifier)
            titles = known_source_titles(connection)
    finally:
        database.close()
    if view is None:
        raise UsageError(f"{identifier}: no event has this id or this article; deltanews events prints ids")
    if as_json:
        print_json_lines([event_json(view)])
    else:
        _print(view, titles, explain=explain)


def _print(view: EventView, titles: dict[str, str], *, explain: bool) -> None:
    if view.headline is None:
        print_facts([("event", view.row.event_id), ("deleted", "none of its stories is in an event any more")])
        return
    first, last = view.all_articles[0], view.all_articles[-1]
    facts = [("event", view.row.event_id)]
    if view.row.event_id != view.asked_for and len(view.asked_for) == len(view.row.event_id):
        facts.append(("merged", f"{view.asked_for} is no event any more; what is left of it is part of this one"))
    facts += [
        ("headline", view.headline.report.title),
        ("because", view.headline.reason),
        ("from", _published(first)),
        ("to", _published(last)),
        ("where", "、".join(view.places)),
        ("first", f"{titles.get(first.source, first.source)}, {_published(first)}"),
        ("carried by", "、".join(titles.get(source, source) for source in view.sources)),
        ("provinces", "、".join(view.provinces)),
        ("not seen in", "、".join(province for province in DELTA if province not in view.provinces)),
        ("topics", "、".join(view.topics)),
    ]
    print_facts((name, value) for name, value in facts if value)
    for number, report in enumerate(view.reports, 1):
        print_facts(_report_facts(number, report, titles, explain=explain))


def _report_facts(number: int, view: ReportView, titles: dict[str, str], *, explain: bool) -> list[tuple[str, str]]:
    original = view.original
    source = titles.get(original.source, original.source)
    facts = [
        (f"report {number}", f"{_published(original)}  {source}  {original.title}"),
        ("", original.url),
        *(("copy", f"{_published(one)}  {titles.get(one.source, one.source)}  {one.url}") for one in view.copies),
    ]
    return facts + [("why", reason) for reason in view.because] if explain else facts


def _published(article: Any) -> str:
    if article.published_at is None:
        return f"seen {format_time(article.first_seen_at)}"
    return format_time(article.published_at, day_only=article.published_precision == Precision.DAY)


def event_json(view: EventView) -> dict[str, Any]:
    """Return an event for JSON; its times are Asia/Shanghai."""
    return {
        "event_id": view.row.event_id,
        "deleted": view.row.deleted,
        "headline": view.headline.report.title if view.headline else None,
        "headline_reason": view.headline.reason if view.headline else None,
        "stories": len(view.reports),
        "articles": len(view.all_articles),
        "places": list(view.places),
        "provinces": list(view.provinces),
        "not_seen_in": [province for province in DELTA if view.reports and province not in view.provinces],
        "sources": list(view.sources),
        "topics": list(view.topics),
        "reports": [
            {
                "story_id": report.report.key,
                **_article_json(report.original),
                "because": list(report.because),
                "copies": [_article_json(copy) for copy in report.copies],
            }
            for report in view.reports
        ],
    }


def _article_json(article: Any) -> dict[str, Any]:
    return {
        "url": article.url,
        "source": article.source,
        "province": article.province,
        "title": article.title,
        "credit": article.credit,
        "published_at": in_shanghai(article.published_at).isoformat() if article.published_at else None,
    }
