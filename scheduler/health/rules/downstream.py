"""H18 is it searchable, H19 do messages arrive, H20 who watches: what concerns no single source."""

from datetime import timedelta

from scheduler.health.finding import Finding, Level
from scheduler.health.history import History

WATCH_WAIT = timedelta(minutes=5)
BROKEN_WAIT = timedelta(minutes=30)

WATCH_TRIES = 1
BROKEN_TRIES = 3

SILENT = timedelta(minutes=30)
"""Three rounds of health that were missed."""


def searchable(history: History) -> Finding | None:
    """H18: articles that are stored and not searchable yet, and stories that the index refuses."""
    index, now = history.index, history.now
    wait = now - index.waiting_since if index.waiting and index.waiting_since else timedelta(0)
    if wait <= WATCH_WAIT and not index.dead_letters:
        return None
    numbers = {"waiting": index.waiting, "minutes": round(wait / timedelta(minutes=1)), "refused": index.dead_letters}
    said = []
    if wait > WATCH_WAIT:
        said.append(f"{index.waiting} articles or stories have waited for {numbers['minutes']} minutes")
    if index.dead_letters:
        said.append(f"the index refuses {index.dead_letters} stories")
    if index.error:
        said.append(index.error)
    level = Level.BROKEN if wait > BROKEN_WAIT or index.dead_letters else Level.WATCH
    since = index.waiting_since if wait > WATCH_WAIT and index.waiting_since else now
    return Finding("H18", "", level, since, "; ".join(said), numbers)


def delivered(history: History) -> Finding | None:
    """H19: messages that were tried and did not arrive; three tries are broken."""
    late = [message for message in history.deliveries if message.tries >= WATCH_TRIES]
    if not late:
        return None
    worst = max(late, key=lambda message: message.tries)
    is_broken = worst.tries >= BROKEN_TRIES or any(message.is_given_up for message in late)
    summary = f"{len(late)} messages did not arrive; {worst.shown}: {worst.reason}"
    return Finding(
        "H19",
        "",
        Level.BROKEN if is_broken else Level.WATCH,
        min(message.due_since for message in late),
        summary,
        {"messages": len(late), "tries": worst.tries},
    )


def watched(history: History) -> Finding | None:
    """H20: the service has not judged for three rounds, and did not end in order."""
    last = history.heartbeat_at
    if last is None or history.now - last <= SILENT:
        return None
    minutes = round((history.now - last) / timedelta(minutes=1))
    summary = f"nobody has judged the sources for {minutes} minutes"
    return Finding("H20", "", Level.BROKEN, last, summary, {"minutes": minutes})
