"""`deltanews status`: what is stored, what is still to be done, and what somebody should look at."""

import sys
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer

from archive.freshness import Step
from archive.settings import ArchiveSettings
from core.console import print_json_lines, print_rows
from core.time import format_time, iso_second
from deltanews.status_facts import Fact, gather_facts
from scheduler.health.heartbeat import read_heartbeat

HEADINGS = {
    "service": ("", "state"),
    "source": (
        "",
        "source",
        "last crawl",
        "status",
        "articles",
        "pending",
        "failed",
        "gone",
        "why",
        "next crawl",
        "paused",
    ),
    "total": ("", "in all", "count"),
    "freshness": ("", "median / p90 of 7 days until", "listed", "fetched", "searchable", "in all"),
    "disk": ("", "disk: archive", "free", "growth a day", "full in days"),
    "trouble": ("", "trouble", "source", "where", "why", "next"),
}
"""The kinds of facts and their columns, as in `Fact`; a person is shown those alone that hold something."""


def status(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line, each with its kind.")] = False,
) -> None:
    """Say what is stored, what is still to be done, and what somebody should look at.

    Whether the service runs. Per source that is on or was crawled: its last crawl, its articles, links that are
    pending, failed (they are tried again) or gone, and its next crawl by the service; and of the articles of the last
    seven days, median and 90th percentile of the time from publication until listed, from there until fetched, from
    there until searchable, and of all three. In all: articles, stories, links by state and pages by verdict, and what
    waits for the next step. Of the disk: how much the archive takes, how much is free, how much it grew a day over the
    last seven, and in how many days the disk is full at that pace. Troubles: lists that could not be read; lists on
    watch, which do not hold what their source says, and whether articles are guessed meanwhile; links that fail, pages
    that could not be read (`waiting`: tried again; `failed`: see `deltanews pages retry`), rate-limited domains, an
    index that does not answer or lacks stories, stories that it refuses, grouped by reason; a reader's page of the
    running service that cannot be reached; what the service found of the sources' health, and messages that did not
    arrive. Nothing is created or changed. Exit status: 0; 1 where the
    service has not judged health for half an hour and did not end in order.

    Examples:
        deltanews status
        deltanews status --json
    """
    settings = ArchiveSettings.load()
    heartbeat = read_heartbeat(settings)
    facts = gather_facts(settings, heartbeat)
    if as_json:
        print_json_lines({key: _iso(value) for key, value in fact.items()} for fact in facts)
    else:
        _print(facts)
    if heartbeat is not None and heartbeat.is_silent:
        raise typer.Exit(1)


def _print(facts: list[Fact]) -> None:
    for kind, heading in HEADINGS.items():
        rows = [[_cell(value) for value in fact.values()] for fact in facts if fact["kind"] == kind]
        if rows and sys.stdout.isatty():
            shown_columns = [column for column in range(len(heading)) if any(row[column] for row in rows)]
            print_rows([heading[n] for n in shown_columns], [[row[n] for n in shown_columns] for row in rows])
            print()
        elif rows:
            print_rows(heading, rows)


def _iso(value: Any) -> Any:
    if isinstance(value, Step):
        return asdict(value)
    return iso_second(value) if isinstance(value, datetime) else value


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return format_time(value)
    if isinstance(value, Step):
        return "" if value.median is None or value.p90 is None else f"{_span(value.median)} / {_span(value.p90)}"
    return "" if value is None else str(value)


def _span(seconds: float) -> str:
    """Return a span of time in its largest fitting unit."""
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.0f} s"
