"""H2 is the list alive, H4 is it frozen, H5 does its validator lie, H12 is it a flood."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise, takewhile
from statistics import median

from archive.observations import VisitOutcome
from core.time import in_shanghai
from scheduler.health.finding import Finding, Level
from scheduler.health.history import ALL_LISTS, ENOUGH, SourceHistory, VisitSeen

REMEMBERED = 20
"""Visits whose median is the habit of a list."""

MIN_REMEMBERED = 5
MIN_ITEMS = 4
"""Of a list that is shorter, half says nothing."""

EMPTY_RUNNING = 2


def list_alive(source: SourceHistory, now: datetime) -> Finding | None:  # noqa: ARG001 - every rule takes it
    """H2: lists that gave no article, or less than half of what they usually do; the worst of the source's lists."""
    found = [finding for visits in lists_of(source).values() if (finding := _list_alive(source.name, visits))]
    if not found:
        return None
    worst = max(found, key=lambda finding: (finding.level.rank, -finding.since.timestamp()))
    many = f" ({len(found)} lists)" if len(found) > 1 else ""
    numbers = {**worst.numbers, "lists": len(found)}
    return Finding(worst.rule, worst.source, worst.level, worst.since, worst.summary + many, numbers)


def lists_of(source: SourceHistory) -> dict[str, list[VisitSeen]]:
    """Return the visits to each list that is still read; a crawl that came to none of them counts for all."""
    if not source.visits:
        return {}
    by_list: dict[str, list[VisitSeen]] = {}
    for visit in source.visits:
        if visit.key != ALL_LISTS:
            by_list.setdefault(f"{visit.section} {visit.key}", []).append(visit)
    newest = max((visits[-1].at for visits in by_list.values()), default=source.visits[-1].at)
    is_read_until = newest - max(3 * source.interval, timedelta(days=1))
    of_all = [visit for visit in source.visits if visit.key == ALL_LISTS]
    current = {key: visits for key, visits in by_list.items() if visits[-1].at >= is_read_until}
    return {
        key: sorted((*visits, *of_all), key=lambda visit: visit.at) for key, visits in (current or {"": []}).items()
    }


def _list_alive(name: str, visits: list[VisitSeen]) -> Finding | None:
    looked = [visit for visit in visits if visit.outcome is not VisitOutcome.UNCHANGED]
    if not looked:
        return None
    newest = looked[-1]
    before = [visit.items for visit in looked if visit.items]
    habit = [visit.items or 0 for visit in looked[:-1] if visit.outcome is VisitOutcome.READ][-REMEMBERED:]
    empty = list(takewhile(lambda visit: visit.is_empty, reversed(looked)))
    may_be_empty = all(visit.outcome is VisitOutcome.READ for visit in empty) and _often_empty(looked, len(empty))
    key = newest.key or next((visit.key for visit in reversed(visits) if visit.key), "")
    numbers = {"list": key, "section": newest.section, "items": newest.items, "visits_empty": len(empty)}
    if empty and not may_be_empty:
        is_broken = len(empty) >= EMPTY_RUNNING or newest.outcome is VisitOutcome.HTML
        why = newest.problem or "it names no article"
        summary = f"the list {key} gave nothing in {len(empty)} visits running: {why}"
        level = Level.BROKEN if is_broken else Level.WATCH
        return Finding("H2", name, level, empty[-1].at, summary, {**numbers, "before": before[-1] if before else None})
    usual = median(habit) if len(habit) >= MIN_REMEMBERED else 0
    if usual >= MIN_ITEMS and newest.items is not None and 0 < newest.items < usual / 2:
        summary = f"the list {key} names {newest.items} articles, usually {usual:g}"
        return Finding("H2", name, Level.WATCH, newest.at, summary, {**numbers, "usual": usual})
    return None


def _often_empty(looked: list[VisitSeen], trailing: int) -> bool:
    """Tell whether a list was empty before and then was not, as the hits of a rare word are."""
    earlier = looked[: len(looked) - trailing][-REMEMBERED:]
    if not earlier:
        return True  # a list that may be empty, and never was anything else
    return any(visit.outcome is VisitOutcome.READ and visit.items == 0 for visit in earlier)


def list_frozen(source: SourceHistory, now: datetime) -> Finding | None:
    """H4: the first five addresses of all its lists stay, in hours in which it is active, while neighbours publish.

    Quiet for longer than ever in the last weeks it must be too: many lists rest for a day by habit.
    """
    changes = _head_changes(source)
    if len(changes) < MIN_REMEMBERED or now - changes[0] < ENOUGH:
        return None
    last = changes[-1]
    longest = max(after - before for before, after in pairwise(changes))
    looked = [visit.at for visit in source.visits if visit.at > last and visit.head is not None]
    active = _active_hours(source, last, max(looked, default=last))
    neighbours = sum(1 for at in source.neighbours if at > last)
    if active < FROZEN_WATCH or looked[-1:] < [last + longest] or neighbours < MIN_NEIGHBOURS:
        return None
    level = Level.BROKEN if looked[-1] - last > FROZEN_BROKEN and looked[-1] - last > 1.5 * longest else Level.WATCH
    hours = (now - last) / timedelta(hours=1)
    numbers = {"hours": round(hours, 1), "active_hours": active, "neighbours": neighbours}
    summary = f"its lists have named the same articles for {hours:.0f} hours"
    return Finding("H4", source.name, level, last, summary, numbers)


FROZEN_WATCH = 6
"""Active hours."""
FROZEN_BROKEN = timedelta(hours=24)
MIN_NEIGHBOURS = 3
"""Articles that other sources of the province brought meanwhile."""


def _head_changes(source: SourceHistory) -> list[datetime]:
    """Return when the first addresses of any of its lists were seen to be others than before."""
    heads: dict[str, str] = {}
    changes = []
    for visit in source.visits:
        if visit.head is not None:
            key = f"{visit.section} {visit.key}"
            if heads.get(key, visit.head) != visit.head:
                changes.append(visit.at)
            heads[key] = visit.head
    return changes


def _active_hours(source: SourceHistory, after: datetime, until: datetime) -> int:
    """Count the hours between two times at whose hour of the day new links usually come."""
    days: dict[int, set[object]] = {}
    for found in source.found:
        day = in_shanghai(found)
        days.setdefault(day.hour, set()).add(day.date())
    usual = max((len(those) for those in days.values()), default=0)
    hours = int((until - after) / timedelta(hours=1))
    passed = (in_shanghai(after + timedelta(hours=number + 1)).hour for number in range(hours))
    return sum(len(days.get(hour, ())) * 2 >= usual > 0 for hour in passed)


def validator_lies(source: SourceHistory, now: datetime) -> Finding | None:
    """H5: a list that was said to be unchanged and was not, within the days in which it is asked without conditions."""
    lies = [visit for visit in source.visits if visit.lied and visit.at > now - ENOUGH]
    if not lies:
        return None
    newest = lies[-1]
    until = in_shanghai(newest.at + ENOUGH)
    numbers = {"list": newest.key, "section": newest.section, "lies": len(lies), "until": until.isoformat()}
    summary = f"the site said that the list {newest.key} is unchanged, and it had changed"
    return Finding("H5", source.name, Level.BROKEN, lies[0].at, summary, numbers)


FLOOD_WATCH = 2
FLOOD_BROKEN = 5
MIN_FLOOD = 20
"""New links in an hour below which nothing is a flood."""


def flood(source: SourceHistory, now: datetime) -> Finding | None:
    """H12: new links of the last hour against the 99th percentile of the hours of the last weeks."""
    hour = timedelta(hours=1)
    new = sum(1 for at in source.found if at > now - hour)
    earlier = [at for at in source.found if at <= now - hour]
    if new < MIN_FLOOD or not earlier or now - earlier[0] < ENOUGH:
        return None
    first = earlier[0] + timedelta(days=1)  # what a list held when it was first read is no habit
    counts = Counter(int((now - at) / hour) for at in earlier if at > first)
    hours = int((now - first) / hour)
    most = sorted((counts[number] for number in range(1, hours + 1)), reverse=True)[hours // 100]
    if new <= FLOOD_WATCH * max(most, MIN_FLOOD / 4):
        return None
    level = Level.BROKEN if new > FLOOD_BROKEN * max(most, MIN_FLOOD / 4) else Level.WATCH
    return Finding(
        "H12",
        source.name,
        level,
        now - hour,
        f"{new} new links in an hour, usually {most} at most",
        {"new": new, "usual": most},
    )
