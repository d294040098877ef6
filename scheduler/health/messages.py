"""Messages: a finding that opened, grew worse or is over, in words for people and in fields for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.time import format_time, iso_second
from scheduler.health.catalogue import RULES

RECOVERED = "recovered"


def message_of(row: Mapping[str, Any], event: str) -> dict[str, Any]:
    """Return the message about a finding's row (Any: as in the table); `event` is its level, or RECOVERED."""
    source = row["source"] or None
    whose = source or "DeltaNews"
    question = RULES[row["rule"]].question
    lines = [row["summary"], f"since {format_time(row['since'])}"]
    if event != RECOVERED:
        numbers = ", ".join(f"{name}: {value}" for name, value in row["numbers"].items())
        lines += [f"likely cause: {row['cause']}", f"look closer: {row['command']}"]
        lines += [f"numbers: {numbers}"] if numbers else []
        lines += [f"page: {row['page_url']}"] if row["page_url"] else []
    return {
        "event": event,
        "rule": row["rule"],
        "source": source,
        "level": row["level"],
        "since": iso_second(row["since"]),
        "summary": row["summary"],
        "numbers": dict(row["numbers"]),
        "page": row["page_url"],
        "warc": row["warc"],
        "cause": row["cause"],
        "command": row["command"],
        "title": f"{whose}: {event} ({row['rule']} {question})",
        "text": "\n".join(lines),
    }


def digest_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the weekly message that lists what is on watch."""
    lines = [
        f"{row['source'] or 'DeltaNews'} {row['rule']} since {format_time(row['since'])}: {row['summary']}"
        for row in rows
    ]
    title = f"DeltaNews: {len(rows)} on watch"
    return {"event": "digest", "level": "watch", "title": title, "text": "\n".join(lines)}


def test_message() -> dict[str, Any]:
    """Return the message of `--test-notify`."""
    return {"event": "test", "level": "ok", "title": "DeltaNews: a test", "text": "Messages about sources arrive here."}
