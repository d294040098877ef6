"""Histories of a source that is well, for tests to break in one way each."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, takewhile

from archive.observations import FetchOutcome, VisitOutcome
from archive.runs import RunStatus
from scheduler.health.history import ArticleSeen, FetchSeen, RunSeen, SourceHistory, TextSeen, VisitSeen

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
"""A Wednesday's noon in Shanghai."""

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def hours_back(many: int, *, until: datetime = NOW) -> list[datetime]:
    """Times an hour apart, the oldest first, the last one ten minutes before `until`."""
    return [until - 10 * MINUTE - hour * HOUR for hour in reversed(range(many))]


def runs(many: int = 48, *, until: datetime = NOW) -> tuple[RunSeen, ...]:
    return tuple(RunSeen(at, at + 5 * MINUTE, RunStatus.OK) for at in hours_back(many, until=until))


def visits(items: Sequence[int | None], *, until: datetime = NOW, key: str = "list") -> tuple[VisitSeen, ...]:
    """Visits an hour apart that found so many items; None: it answered, and nothing in it was an article."""
    return tuple(
        VisitSeen(at, "news", key, items=found)
        if found is not None
        else VisitSeen(at, "news", key, VisitOutcome.FAILED, problem="no link of the page is an article")
        for at, found in zip(hours_back(len(items), until=until), items, strict=True)
    )


def unanswered(many: int, *, until: datetime = NOW) -> tuple[VisitSeen, ...]:
    return tuple(
        VisitSeen(at, "news", "list", VisitOutcome.FAILED, status=None, problem="no answer in time")
        for at in hours_back(many, until=until)
    )


def fetches(pattern: str, *, until: datetime = NOW) -> tuple[FetchSeen, ...]:
    """Fetches of different pages, ten minutes apart: `.` a page, `x` 404, `e` an error page with status 200, `r` led
    to the home page, `?` no answer, `c` a challenge."""
    kinds = {
        ".": FetchSeen(NOW, ""),
        "x": FetchSeen(NOW, "", FetchOutcome.HTTP_ERROR, 404, "HTTP 404", None),
        "e": FetchSeen(NOW, "", verdict="error"),
        "r": FetchSeen(NOW, "", FetchOutcome.ELSEWHERE, 200, "it leads to https://site.cn/", "list"),
        "?": FetchSeen(NOW, "", FetchOutcome.NO_ANSWER, None, "no answer in time", None),
        "c": FetchSeen(NOW, "", verdict="script"),
    }
    return tuple(
        replace(kinds[kind], at=until - 10 * MINUTE * (len(pattern) - number), url=f"https://site.cn/{number}")
        for number, kind in enumerate(pattern)
    )


def articles(many: int = 100, *, apart: timedelta = HOUR, until: datetime = NOW) -> tuple[ArticleSeen, ...]:
    """Articles that were published 20 minutes before they were seen, each in its own minute of the hour."""
    return tuple(
        ArticleSeen(at, f"https://site.cn/{number}", at - 20 * MINUTE - number % 7 * MINUTE)
        for number in range(many)
        for at in [until - apart * (many - number)]
    )


def texts(many: int = 100, *, length: int = 900, until: datetime = NOW) -> tuple[TextSeen, ...]:
    return tuple(
        TextSeen(until - HOUR * (many - number), f"https://site.cn/{number}", length, 0.95, digest=f"{number}")
        for number in range(many)
    )


def daily_outlet(days: int = 28, *, until: datetime = NOW, hours: range = range(7, 23)) -> tuple[ArticleSeen, ...]:
    """An article an hour in waking hours, Shanghai time, for so many days."""
    start = until - timedelta(days=days)
    times = (start.replace(minute=20) + hour * HOUR for hour in count())
    return tuple(
        ArticleSeen(at + 10 * MINUTE, f"https://site.cn/{at:%m%d%H}", at)
        for at in takewhile(lambda at: at + 10 * MINUTE <= until, times)
        if (at.hour + 8) % 24 in hours
    )


WELL = SourceHistory("site", runs=runs(), visits=visits([20] * 48), fetches=fetches("." * 50), articles=articles())
"""A source that nothing is wrong with."""
