"""`deltanews gaps`: what outlets of other provinces carried and those of one did not."""

from itertools import islice
from typing import Annotated, Any

import typer

from archive.database import Database
from archive.settings import ArchiveSettings
from archive.source_titles import known_source_titles
from core.console import print_json_lines, print_rows
from core.errors import UsageError
from core.numbers import LARGEST
from core.time import format_time, period_of_options
from indexer.commands.event import DELTA, event_json
from indexer.events.gaps import Gap, find_gaps
from indexer.events.listing import nothing_found

COLUMNS = ("first report", "lag", "headline", "carried by", "of the province", "event")


def gaps(
    *,
    province: Annotated[str, typer.Option(help="上海, 江苏, 浙江 or 安徽.")],
    since: Annotated[str | None, typer.Option(help="Only events with a report since then: 1d, 2026-11-01.")] = "7d",
    limit: Annotated[int | None, typer.Option(min=0, max=LARGEST, help="How many at most.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the events that other provinces carried and one did not, or later: first report, lag, headline, who.

    Silent is only a source that was crawled well after the event's last report and within 72 hours of it, nothing left
    over and not broken; else it is not seen. The sources that were counted are listed, each with its verdict.

    Examples:
        deltanews gaps --province 安徽
        deltanews gaps --province 上海 --since 1d --json
    """
    if province not in DELTA:
        raise UsageError(f"--province: {province} is none of {', '.join(DELTA)}")
    moment = period_of_options(since).since
    others = [other for other in DELTA if other != province]
    database = Database.open_to_read(ArchiveSettings.load())
    try:
        with database.read() as connection:
            titles = known_source_titles(connection)
            since_then = f" since {format_time(moment)}" if moment else ""
            none = nothing_found(connection, f"nothing that others carried{since_then} is missing in {province}")
            found = islice(find_gaps(connection, province, others, since=moment), limit)
            if as_json:
                print_json_lines(map(_json, found))
            else:
                print_rows(COLUMNS, (_row(gap, titles) for gap in found), none=none)
    finally:
        database.close()


def _row(gap: Gap, titles: dict[str, str]) -> tuple[str, ...]:
    event = gap.event
    assert event.headline is not None
    first = event.all_articles[0]
    lag = f"+{int(gap.lag.total_seconds()) // 60} min" if gap.lag is not None else "none found"
    carried = "、".join(titles.get(source, source) for source in event.sources)
    counted = "; ".join(f"{titles.get(one.source, one.source)}: {one.verdict.value}" for one in gap.sources)
    when = format_time(first.published_at or first.first_seen_at)
    return when, lag, event.headline.report.title, carried, counted, event.row.event_id


def _json(gap: Gap) -> dict[str, Any]:
    return {
        "lag_minutes": None if gap.lag is None else int(gap.lag.total_seconds()) // 60,
        "sources": [{"source": one.source, "verdict": one.verdict.value, "article": one.url} for one in gap.sources],
        "event": event_json(gap.event),
    }
