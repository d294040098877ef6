"""The ledger of findings: opened, renewed, made worse, resolved, each change with its messages, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from archive.findings import (
    add_delivery,
    add_finding,
    cancel_deliveries,
    forget_old_findings,
    health_memory,
    open_findings,
    remember,
    renew_finding,
    resolve_finding,
)
from archive.observations import forget_old_observations
from scheduler.health.channels import Channel
from scheduler.health.finding import Finding, Level
from scheduler.health.history import History
from scheduler.health.holding import hold_back
from scheduler.health.judge import Judgement
from scheduler.health.messages import RECOVERED, digest_of, message_of
from scheduler.health.read import INDEX_CLEAR_AT

DIGEST_EVERY = timedelta(days=7)
DIGEST_AT = "digest at"
"""Under this name a round remembers when the last digest was due."""

UNTOLD = frozenset({"H19"})
"""Rules of which no message is made: that messages do not arrive is shown in `status` and in the feed."""


@dataclass(frozen=True)
class Change:
    """A finding that changed, and how: its new level, or RECOVERED."""

    row: dict[str, Any]
    event: str


def record(
    connection: Connection, history: History, judgement: Judgement, channels: Sequence[Channel], *, told_from: Level
) -> list[Change]:
    """Bring the findings up to date with a judgement; return what changed, each with its messages due.

    A finding keeps its worst level until it is over. What was found of a source of which nothing can be said for now
    stays; what was found of one that is not on any more is over without a word.
    """
    rows = {(row["rule"], row["source"]): row for row in open_findings(connection)}
    changes = [change for finding in judgement.findings if (change := _seen(connection, finding, rows))]
    found = {(finding.rule, finding.source) for finding in judgement.findings}
    for key, row in rows.items():
        if key in found or row["source"] in judgement.held:
            continue
        resolve_finding(connection, row["id"])
        if not row["source"] or row["source"] in judgement.levels:
            changes.append(Change(row, RECOVERED))
    for change in changes:
        if change.row["rule"] not in UNTOLD and Level(change.row["level"]).rank >= told_from.rank:
            _tell(connection, change.row["id"], message_of(change.row, change.event), channels)
    hold_back(connection, history.sources)
    cancel_deliveries(connection, [channel.key for channel in channels])
    _digest(connection, history.now, channels)
    if not history.index.waiting:
        remember(connection, INDEX_CLEAR_AT, history.now.isoformat())
    forget_old_observations(connection)
    forget_old_findings(connection)
    return changes


def _seen(connection: Connection, finding: Finding, rows: dict[tuple[str, str], dict[str, Any]]) -> Change | None:
    """Open a finding or renew it; return the change where it is new or worse than it was."""
    known = rows.get((finding.rule, finding.source))
    values: dict[str, Any] = {
        "level": finding.level,
        "since": finding.since,
        "summary": finding.summary,
        "numbers": dict(finding.numbers),
        "page_url": finding.page_url,
        "warc": finding.warc,
        "cause": finding.cause,
        "command": finding.command,
    }
    if known is None:
        values |= {"rule": finding.rule, "source": finding.source}
        return Change(values | {"id": add_finding(connection, values)}, finding.level)
    is_worse = finding.level.rank > Level(known["level"]).rank
    values |= {"level": finding.level if is_worse else known["level"], "since": min(known["since"], finding.since)}
    renew_finding(connection, known["id"], values)
    return Change(known | values, finding.level) if is_worse else None


def _tell(connection: Connection, finding_id: int | None, message: dict[str, Any], channels: Sequence[Channel]) -> None:
    for channel in channels:
        add_delivery(connection, finding_id, channel=channel.key, shown=channel.shown, message=message)


def _digest(connection: Connection, now: datetime, channels: Sequence[Channel]) -> None:
    """Once a week, have what is on watch told in one message; the first week begins with the first round."""
    last = health_memory(connection, DIGEST_AT)
    if last is not None and now - datetime.fromisoformat(last) < DIGEST_EVERY:
        return
    remember(connection, DIGEST_AT, now.isoformat())
    watched = [row for row in open_findings(connection) if row["level"] == Level.WATCH]
    if last is not None and watched:
        _tell(connection, None, digest_of(watched), channels)
