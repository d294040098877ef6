"""H1 did it run, H17 are we welcome."""

from datetime import datetime, timedelta
from typing import Any

from archive.observations import FetchOutcome
from archive.runs import RunStatus
from core.time import in_shanghai
from scheduler.health.finding import Finding, Level
from scheduler.health.history import FetchSeen, RunSeen, SourceHistory, VisitSeen

WATCH_INTERVALS = 1.5
BROKEN_INTERVALS = 3.0

UNWELCOME = frozenset({403, 429})
"""Statuses that say that we come too often, or at all."""

UNWELCOME_RUNNING = 3

Answer = VisitSeen | FetchSeen


def ran(source: SourceHistory, now: datetime) -> Finding | None:
    """H1: how long ago its last crawl ended, in intervals; whether one goes on beyond its deadline."""
    if source.file_error:
        summary = f"its file is wrong: {source.file_error}"
        return Finding("H1", source.name, Level.BROKEN, _last_end(source) or now, summary)
    overdue = [run for run in source.runs[-1:] if _is_overdue(run, source.deadline, now)]
    if overdue:
        hours = (now - overdue[0].started_at) / timedelta(hours=1)
        summary = f"its crawl has not ended for {hours:.1f} hours"
        since = overdue[0].started_at + source.deadline
        return Finding("H1", source.name, Level.BROKEN, since, summary, {"hours": round(hours, 1)})
    ends = [end for end in (_last_end(source), source.watched_since) if end]
    if not ends:
        return None
    last = max(ends)
    intervals = (now - last) / source.interval
    if intervals <= WATCH_INTERVALS:
        return None
    level = Level.BROKEN if intervals > BROKEN_INTERVALS else Level.WATCH
    numbers: dict[str, Any] = {
        "intervals": round(intervals, 1),
        "interval_minutes": source.interval.total_seconds() / 60,
    }
    error = next((run.error for run in reversed(source.runs) if run.error), None)
    summary = f"no crawl has ended for {intervals:.1f} of its intervals" + (f"; the last one: {error}" if error else "")
    return Finding("H1", source.name, level, last, summary, numbers)


def welcome(source: SourceHistory, now: datetime) -> Finding | None:
    """H17: 429, 403, Retry-After or robots.txt within a day; three answers running are broken."""
    seen: list[Answer] = [*source.visits, *source.fetches]
    answers = [answer for answer in sorted(seen, key=lambda each: each.at) if answer.status or _is_forbidden(answer)]
    refused = [answer for answer in answers if _is_unwelcome(answer) and answer.at > now - timedelta(days=1)]
    is_limited = source.limited_until is not None and source.limited_until > now
    if not refused and not is_limited:
        return None
    last = answers[-UNWELCOME_RUNNING:]
    is_running = len(last) == UNWELCOME_RUNNING and all(map(_is_unwelcome, last)) and last[-1].at in _times(refused)
    numbers: dict[str, Any] = {
        "refused": len(refused),
        "of": len([a for a in answers if a.at > now - timedelta(days=1)]),
    }
    if is_limited and source.limited_until:
        numbers["limited_until"] = in_shanghai(source.limited_until).isoformat()
    summary = f"its site refused {len(refused)} of {numbers['of']} requests within a day"
    summary += "; it asked to wait" if is_limited else ""
    level = Level.BROKEN if is_running else Level.WATCH
    page = next((answer.url for answer in reversed(refused) if isinstance(answer, FetchSeen)), None)
    return Finding("H17", source.name, level, refused[0].at if refused else now, summary, numbers, page)


def _last_end(source: SourceHistory) -> datetime | None:
    ended = {RunStatus.OK, RunStatus.FAILED}
    ends = [run.finished_at for run in source.runs if run.status in ended and run.worked and run.finished_at]
    return max(ends, default=None)


def _is_overdue(run: RunSeen, deadline: timedelta, now: datetime) -> bool:
    return run.status is RunStatus.RUNNING and now - run.started_at > deadline


def _is_forbidden(answer: Answer) -> bool:
    return isinstance(answer, FetchSeen) and answer.outcome is FetchOutcome.FORBIDDEN


def _is_unwelcome(answer: Answer) -> bool:
    return answer.status in UNWELCOME or _is_forbidden(answer)


def _times(answers: list[Answer]) -> set[datetime]:
    return {answer.at for answer in answers}
