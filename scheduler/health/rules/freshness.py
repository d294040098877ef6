"""H3 is it fresh: the time since the newest article, against what that time was at this hour of other days."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from core.time import in_shanghai
from scheduler.health.finding import Finding, Level
from scheduler.health.history import ENOUGH, LOOK_BACK, SourceHistory

FLOOR = timedelta(hours=3)
"""What is younger is fresh, however busy the source."""

FLOOR_BROKEN = timedelta(hours=8)
"""What is younger is not broken: the most regular of newsrooms has a quiet morning."""

FIRST_WEEK = timedelta(hours=48)
"""Without a week of history a source is stale after this long, or twice as long as it ever rested."""

DAILY = timedelta(hours=24)
"""A source that published on all but two of the last days is stale after this long at the latest."""

HOLIDAY = 2
"""By so much holidays widen the limits."""

NEW_YEARS = (
    date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13),
    date(2030, 2, 3), date(2031, 1, 23), date(2032, 2, 11), date(2033, 1, 31), date(2034, 2, 19), date(2035, 2, 8),
)  # fmt: skip
"""First days of the lunar year: the holidays go from the eve to the seventh day after it."""


def fresh(source: SourceHistory, now: datetime) -> Finding | None:
    """H3: watch beyond the 95th percentile of the ages at this hour, broken beyond three times the 99th.

    Not before it has rested for longer than ever in the last weeks, unless it is a daily outlet and that is a day.
    """
    times = sorted(article.fresh_at for article in source.articles)
    if not times:
        return None
    age = now - times[-1]
    first = max(source.articles[0].at, now - LOOK_BACK)  # old articles that a first crawl brings are no history
    widened = HOLIDAY if is_holiday(in_shanghai(now).date()) else 1
    if now - first < ENOUGH:
        gaps = (after - before for before, after in pairwise(times))
        watch = broken = max(FIRST_WEEK, 2 * max(gaps, default=timedelta(0)))
    else:
        ages = _ages(times, first, now)
        watch = max(FLOOR, _percentile(ages, 0.95))
        rested = (after - before for before, after in pairwise(times) if before >= first)
        broken = max(FLOOR_BROKEN, 3 * _percentile(ages, 0.99), max(rested, default=timedelta(0)))
        if _is_daily(times, first, now):
            broken = min(broken, max(DAILY, 1.2 * _percentile(ages, 0.99)))
        broken = max(broken, watch)
    if age <= watch * widened:
        return None
    hours = timedelta(hours=1)
    numbers = {
        "hours": round(age / hours, 1),
        "watch_hours": round(watch * widened / hours, 1),
        "broken_hours": round(broken * widened / hours, 1),
    }
    level = Level.BROKEN if age > broken * widened else Level.WATCH
    return Finding("H3", source.name, level, times[-1], f"nothing new for {numbers['hours']} hours", numbers)


def is_holiday(day: date) -> bool:
    """Tell whether a day is in one of the two long holidays: National Day's week, or the Spring Festival's."""
    if day.month == 10 and day.day <= 8:
        return True
    return any(-1 <= (day - new_year).days <= 7 for new_year in NEW_YEARS)


def _ages(times: Sequence[datetime], first: datetime, now: datetime) -> list[timedelta]:
    """Return the age of the newest article at this hour, one earlier and one later, of the days before.

    Of the same kind of day - at work, or a weekend - where there are enough of them.
    """
    ages: dict[bool, list[timedelta]] = {True: [], False: []}
    weekend = _is_weekend(now)
    for days in range(1, int((now - first) / timedelta(days=1)) + 1):
        for hours in (-1, 0, 1):
            at = now - timedelta(days=days) + timedelta(hours=hours)
            before = bisect_right(times, at)
            if before and not is_holiday(in_shanghai(at).date()):
                ages[_is_weekend(at) == weekend].append(at - times[before - 1])
    return ages[True] if len(ages[True]) >= 12 else ages[True] + ages[False]


def _is_weekend(at: datetime) -> bool:
    return in_shanghai(at).weekday() >= 5


def _is_daily(times: Sequence[datetime], first: datetime, now: datetime) -> bool:
    days = {in_shanghai(at).date() for at in times if at >= first}
    return len(days) >= int((now - first) / timedelta(days=1)) - 2


def _percentile(ages: Sequence[timedelta], share: float) -> timedelta:
    """Return the age that so large a share of them does not exceed."""
    ordered = sorted(ages)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else FIRST_WEEK
