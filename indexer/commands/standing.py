"""`deltanews standing`: what each outlet was worth, week by week."""

from typing import Annotated

import typer

from archive.database import Database
from archive.settings import ArchiveSettings
from archive.source_titles import known_source_titles
from core.console import print_json_lines, print_rows
from core.time import format_time, period_of_options
from indexer.events.gaps import missed_events
from indexer.events.listing import list_events, nothing_found
from indexer.events.standing import Standing, standings


def standing(
    *,
    since: Annotated[str | None, typer.Option(help="Only events with a report since then: 7d, 2026-11-01.")] = "7d",
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a line, each figure with the addresses behind it.")
    ] = False,
) -> None:
    """Say per week and outlet: originals, copies by others, median lead, events first and missed, credits dropped.

    Examples:
        deltanews standing
        deltanews standing --since 2026-11 --json
    """
    moment = period_of_options(since).since
    database = Database.open_to_read(ArchiveSettings.load())
    try:
        with database.read() as connection:
            titles = known_source_titles(connection)
            events = list(list_events(connection, since=moment))
            found = standings(events, titles, missed_events(connection, events))
            since_then = f"no event has a report since {format_time(moment)}" if moment else "nothing to tell of"
            none = nothing_found(connection, since_then)
    finally:
        database.close()
    if as_json:
        print_json_lines(vars(one) | {"week": one.week.isoformat(), "lead_minutes": one.lead} for one in found)
    else:
        columns = ("week", "outlet", "originals", "copies", "by", "lead", "events first", "missed", "credits dropped")
        print_rows(columns, (_row(one, titles) for one in found), none=none)


def _row(one: Standing, titles: dict[str, str]) -> tuple[str, ...]:
    copies = sum(map(len, one.republished.values()))
    by = "、".join(titles.get(source, source) for source in one.republished)
    lead = "" if one.lead is None else f"{one.lead} min"
    counts = (str(len(addresses)) for addresses in (one.first, one.missed, one.credits_dropped))
    return (
        one.week.isoformat(),
        titles.get(one.source, one.source),
        str(len(one.originals)),
        str(copies),
        by,
        lead,
        *counts,
    )
