"""H9 are the fields there, H10 is the time real, H13 is it as relevant as ever."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import sqrt

from archive.article import Precision
from core.time import in_shanghai
from scheduler.health.finding import Finding, Level
from scheduler.health.history import ENOUGH, ArticleSeen, SourceHistory

COVER_LAST = 50
FLOORS = {"minute": 0.95, "credit": 0.8}
"""Shares of a source without a habit of its own. Title and body every article has: without them it is none (H7)."""

WATCH_POINTS = 0.05
BROKEN_POINTS = 0.1
WATCH_SIGMAS = 2.5
BROKEN_SIGMAS = 3.5
"""By so many deviations of a sample of that size a share must have fallen too: 50 articles are no census."""


def fields_there(source: SourceHistory, now: datetime) -> Finding | None:
    """H9: how many of the last 50 articles have a minute and a credit, against the source's own habit."""
    last, before = source.articles[-COVER_LAST:], source.articles[:-COVER_LAST]
    if len(last) < COVER_LAST:
        return None
    has_habit = len(before) >= COVER_LAST and now - before[0].at > ENOUGH
    fallen = []
    for field, floor in FLOORS.items():
        usual = _share(before, field) if has_habit else floor
        share = _share(last, field)
        drop, noise = usual - share, sqrt(max(usual * (1 - usual), 0.01) / COVER_LAST)
        if drop >= max(BROKEN_POINTS, BROKEN_SIGMAS * noise):
            fallen.append((Level.BROKEN, field, share, usual))
        elif drop >= max(WATCH_POINTS, WATCH_SIGMAS * noise):
            fallen.append((Level.WATCH, field, share, usual))
    if not fallen:
        return None
    said = [f"{share:.0%} have a {field}, usually {usual:.0%}" for _, field, share, usual in fallen]
    without = [article for article in last if not all(_has(article, field) for _, field, _, _ in fallen)]
    numbers = {field: round(share, 2) for _, field, share, _ in fallen}
    summary = f"of the last {COVER_LAST} articles " + ", ".join(said)
    level = max((level for level, *_ in fallen), key=lambda level: level.rank)
    return Finding("H9", source.name, level, without[0].at, summary, numbers, without[-1].url)


def _share(articles: Sequence[ArticleSeen], field: str) -> float:
    return sum(1 for article in articles if _has(article, field)) / len(articles)


def _has(article: ArticleSeen, field: str) -> bool:
    return article.has_credit if field == "credit" else article.precision is Precision.MINUTE


TIMES_LAST = 20
TIMES_BROKEN = 5
FUTURE = timedelta(minutes=10)
ZONE = timedelta(hours=8)
MIN_ZONE_OFF = 2
"""A single article that was found eight hours late is no wrong zone."""
SAME_MINUTE_DAYS = 3
USUAL = 0.1
"""What a larger share of the articles before did too is a source's habit."""


def time_is_real(source: SourceHistory, now: datetime) -> Finding | None:  # noqa: ARG001 - every rule takes it
    """H10: times in the future, at one same minute of several days, off by the zone's eight hours, or mere days."""
    last, before = source.articles[-TIMES_LAST:], source.articles[:-TIMES_LAST]
    counted = {
        "in the future": _future(last),
        "at one same minute": _same_minute(last, before),
        "eight hours off": _zone_off(last, before, source.interval),
        "without a minute": _day_only(last, before),
    }
    name, bad = max(counted.items(), key=lambda item: len(item[1]))
    if not bad:
        return None
    level = Level.BROKEN if len(bad) >= TIMES_BROKEN else Level.WATCH
    numbers = {name: len(articles) for name, articles in counted.items() if articles}
    summary = f"{len(bad)} of the last {len(last)} articles are {name}"
    return Finding("H10", source.name, level, bad[0].at, summary, {**numbers, "of": len(last)}, bad[-1].url)


def _future(last: Sequence[ArticleSeen]) -> list[ArticleSeen]:
    return [
        article
        for article in last
        if article.precision is Precision.MINUTE and article.published_at and article.published_at - article.at > FUTURE
    ]


def _same_minute(last: Sequence[ArticleSeen], before: Sequence[ArticleSeen]) -> list[ArticleSeen]:
    """Return the articles of the commonest minute of the day, where several days share it and earlier ones did not."""
    minutes = Counter(minute for article in last if (minute := _minute(article)))
    for minute, count in minutes.most_common(1):
        those = [article for article in last if _minute(article) == minute]
        days = {in_shanghai(article.published_at).date() for article in those if article.published_at}
        usual = sum(1 for article in before if _minute(article) == minute) / len(before) if before else 0.0
        if count >= TIMES_BROKEN and len(days) >= SAME_MINUTE_DAYS and usual <= USUAL:
            return those
    return []


def _minute(article: ArticleSeen) -> str | None:
    if article.precision is not Precision.MINUTE or article.published_at is None:
        return None
    return f"{in_shanghai(article.published_at):%H:%M}"


def _zone_off(last: Sequence[ArticleSeen], before: Sequence[ArticleSeen], interval: timedelta) -> list[ArticleSeen]:
    """Return the articles that were seen eight hours after they say, where before they were seen within an interval."""
    lags = [lag for article in before if (lag := _lag(article)) is not None]
    if len(lags) < TIMES_LAST or sorted(lags)[len(lags) // 2] > interval + timedelta(hours=1):
        return []
    lowest, highest = ZONE - timedelta(minutes=2), ZONE + 2 * interval
    off = [article for article in last if (lag := _lag(article)) is not None and lowest <= lag <= highest]
    is_usual = sum(1 for lag in lags if lowest <= lag <= highest) > USUAL * len(lags)
    return [] if is_usual or len(off) < MIN_ZONE_OFF else off


def _lag(article: ArticleSeen) -> timedelta | None:
    if article.precision is not Precision.MINUTE or article.published_at is None:
        return None
    return article.at - article.published_at


def _day_only(last: Sequence[ArticleSeen], before: Sequence[ArticleSeen]) -> list[ArticleSeen]:
    if len(before) < TIMES_LAST or _share(before, "minute") < 1 - USUAL / 2:
        return []
    return [article for article in last if article.precision is Precision.DAY]


RELEVANT_POINTS = 0.15
RELEVANT_SIGMAS = 3.0
RELEVANT_MIN = 30
NONE_FOR = timedelta(days=14)
NONE_WHERE = 0.02


def as_relevant(source: SourceHistory, now: datetime) -> Finding | None:
    """H13: the share of relevant articles of the last week against the weeks before; none at all for two weeks."""
    week = [article for article in source.articles if article.at > now - ENOUGH]
    earlier = [article for article in source.articles if article.at <= now - ENOUGH]
    fortnight = [article for article in source.articles if article.at > now - NONE_FOR]
    before = [article for article in source.articles if article.at <= now - NONE_FOR]
    if len(before) >= RELEVANT_MIN and len(fortnight) >= RELEVANT_MIN and not any(a.is_relevant for a in fortnight):
        usual = _relevant(before)
        if usual > NONE_WHERE and usual * len(fortnight) > 5:  # chance alone would hardly leave none
            summary = f"none of {len(fortnight)} articles of two weeks is relevant, usually {usual:.0%}"
            numbers = {"relevant": 0, "of": len(fortnight), "usual": round(usual, 3)}
            return Finding("H13", source.name, Level.BROKEN, now - NONE_FOR, summary, numbers)
    if min(len(week), len(earlier)) < RELEVANT_MIN:
        return None
    share, usual = _relevant(week), _relevant(earlier)
    noise = sqrt(max(usual * (1 - usual), 0.01) / len(week))
    if abs(share - usual) < max(RELEVANT_POINTS, RELEVANT_SIGMAS * noise):
        return None
    summary = f"{share:.0%} of the week's articles are relevant, usually {usual:.0%}"
    return Finding(
        "H13", source.name, Level.WATCH, now - ENOUGH, summary, {"share": round(share, 3), "usual": round(usual, 3)}
    )


def _relevant(articles: Sequence[ArticleSeen]) -> float:
    return sum(1 for article in articles if article.is_relevant) / len(articles)
