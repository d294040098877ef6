"""The page of the outlets: how each source is, how fresh, and what each outlet was worth in a week."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from archive.findings import open_findings
from archive.freshness import Freshness, freshness
from archive.paused_sources import paused_since
from archive.runs import Run, last_runs
from archive.source_titles import known_source_titles
from core.clock import CLOCK
from core.time import in_shanghai
from indexer.events.listing import list_events
from indexer.events.standing import Standing, standings
from web.days import WEEK, asked_day, monday_of, newest_day, start_of
from web.pages import render
from web.reading import Reading
from web.state import SearchState
from web.wording import FINDING_LEVELS, RULES, RUN_STATUSES, lag


@dataclass(frozen=True)
class SourceLine:
    """One source in the table of the sources."""

    title: str
    url: str
    """Of the search that finds its stories."""
    state: str
    is_well: bool
    run: Run | None
    """Its newest crawl."""
    articles: int
    """New ones of the last seven days."""
    median: str
    """How long it took from publication until they could be searched; empty where nothing was measured."""
    p90: str


def outlets_page(request: Request) -> Response:
    """Answer with every source and the standing of the outlets in the week of `?week=`, else of the newest reports."""
    reading: Reading = request.app.state.reading
    today = in_shanghai(CLOCK.now()).date()
    asked = asked_day(request.query_params.get("week", ""))
    with reading.archive() as connection:
        titles = known_source_titles(connection)
        found = open_findings(connection)
        week = monday_of(asked or newest_day(connection) or today)
        context = {
            "findings": [(one, RULES.get(one["rule"], one["rule"]), FINDING_LEVELS[one["level"]]) for one in found],
            "sources": _source_lines(connection, titles, found),
            "standings": _standings(connection, titles, week),
        }
    context |= {
        "titles": titles,
        "week": week,
        "sunday": week + timedelta(days=6),
        "earlier": (week - WEEK).isoformat(),
        "later": (week + WEEK).isoformat() if week + WEEK <= today else "",
        "outlet_url": lambda source: _outlet_url(source, week),
    }
    return render(request, "outlets.html", context)


def _source_lines(
    connection: Connection, titles: Mapping[str, str], found: Iterable[Mapping[str, Any]]
) -> list[SourceLine]:
    levels: defaultdict[str, set[str]] = defaultdict(set)
    for finding in found:
        levels[finding["source"]].add(finding["level"])
    runs, paused = last_runs(connection), paused_since(connection)
    fresh = {one.source: one for one in freshness(connection)}
    names = sorted(titles.keys() | runs.keys(), key=lambda name: titles.get(name, name))
    lines = []
    for name in names:
        state = _state(levels[name], runs.get(name), is_paused=name in paused)
        lines.append(_source_line(name, titles.get(name, name), state, runs.get(name), fresh.get(name)))
    return sorted(lines, key=lambda line: line.is_well)


def _source_line(name: str, title: str, state: str, run: Run | None, fresh: Freshness | None) -> SourceLine:
    median, p90 = (fresh.whole.median, fresh.whole.p90) if fresh else (None, None)
    return SourceLine(
        title,
        SearchState.of([("outlet", name)]).url(),
        state,
        state not in FINDING_LEVELS.values(),
        run,
        fresh.fetched.count if fresh else 0,
        "" if median is None else lag(median),
        "" if p90 is None else lag(p90),
    )


def _state(levels: set[str], run: Run | None, *, is_paused: bool) -> str:
    """Say how a source is: what its findings say, else how its newest crawl ended."""
    for level, name in FINDING_LEVELS.items():
        if level in levels:
            return name
    if is_paused:
        return "已暂停"
    return RUN_STATUSES[run.status] if run else "没有抓取过"


def _standings(connection: Connection, titles: dict[str, str], week: date) -> list[Standing]:
    events = list_events(connection, since=start_of(week), until=start_of(week + WEEK))
    return [one for one in standings(events, titles) if one.week == week]


def _outlet_url(source: str, week: date) -> str:
    days = [("since", week.isoformat()), ("until", (week + timedelta(days=6)).isoformat())]
    return SearchState.of([("outlet", source), ("by", "story"), *days]).url()
