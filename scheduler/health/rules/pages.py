"""H6 are pages pages: what was answered where an article was asked for. H15 is a known article still there."""

from datetime import datetime

from archive.observations import FetchOutcome
from archive.probes import SOUND
from scheduler.health.finding import Finding, Level
from scheduler.health.history import FetchSeen, SourceHistory

LOOKED_AT = 20
WATCH_SHARE = 0.05
BROKEN_SHARE = 0.2
RUNNING = 5

NO_PAGES = frozenset({"error", "login", "script"})
"""Verdicts of the extraction on pages with status 200 that are an error page, a log-in or a challenge."""


def pages_are_pages(source: SourceHistory, now: datetime) -> Finding | None:  # noqa: ARG001 - every rule takes it
    """H6: errors, error pages with status 200, redirects to elsewhere and challenges among the last 20 addresses."""
    newest = {fetch.url: fetch for fetch in source.fetches if fetch.outcome is not FetchOutcome.FORBIDDEN}
    last = sorted(newest.values(), key=lambda fetch: fetch.at)[-LOOKED_AT:]
    bad = [fetch for fetch in last if is_no_page(fetch)]
    running = last[-RUNNING:]
    is_running = len(running) == RUNNING and all(map(is_no_page, running))
    is_full = len(last) == LOOKED_AT
    if not is_running and not (is_full and len(bad) > WATCH_SHARE * LOOKED_AT):
        return None
    is_broken = is_running or len(bad) > BROKEN_SHARE * LOOKED_AT
    worst = bad[-1]
    reason = worst.reason or f"it is no article: {worst.verdict}"
    return Finding(
        "H6",
        source.name,
        Level.BROKEN if is_broken else Level.WATCH,
        bad[0].at,
        f"{len(bad)} of the last {len(last)} articles are no pages; the last one: {reason}",
        {"bad": len(bad), "of": len(last), "running": is_running},
        worst.url,
        worst.warc,
    )


def is_no_page(fetch: FetchSeen) -> bool:
    """Tell whether what came is no page of an article."""
    return fetch.outcome is not FetchOutcome.STORED or fetch.verdict in NO_PAGES


CHANGED = 0.6


def known_articles_stand(source: SourceHistory, now: datetime) -> Finding | None:  # noqa: ARG001 - every rule takes it
    """H15: the last known article that was looked at again has another text, or is gone; the last two are broken.

    One alone may have been withdrawn or corrected; after it another one is looked at in the next crawl.
    """
    last = source.probes[-2:]
    if not last or last[-1].similarity >= SOUND:
        return None
    newest = last[-1]
    is_broken = len(last) == 2 and all(probe.similarity < CHANGED for probe in last)
    said = newest.reason or f"has {newest.similarity:.0%} of its stored text"
    return Finding(
        "H15",
        source.name,
        Level.BROKEN if is_broken else Level.WATCH,
        last[0].at if is_broken else newest.at,
        f"an article of before {said}",
        {"similarity": round(newest.similarity, 2), "probes": len(last)},
        newest.url,
    )
