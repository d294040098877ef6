"""Holding back: what H7 condemns, and what a flood (H12) brings, is kept from the stories until the finding is over."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from archive.findings import open_findings
from archive.held_articles import held_articles, set_hold
from scheduler.health.finding import Level
from scheduler.health.history import SourceHistory
from scheduler.health.rules.texts import reason_against

TEXTS, FLOOD = "H7", "H12"
HOLDING = (TEXTS, FLOOD)
"""Rules that hold articles back, where they are broken."""


def hold_back(connection: Connection, sources: tuple[SourceHistory, ...]) -> None:
    """Hold back what the open findings say, and let go whatever else was held."""
    since: dict[str, dict[str, datetime]] = {}
    for row in open_findings(connection):
        if row["rule"] in HOLDING and row["level"] == Level.BROKEN:
            since.setdefault(row["source"], {})[row["rule"]] = row["since"]
    for source in sources:
        before = held_articles(connection, source.name)
        after = holds(source, since.get(source.name, {}), before)
        for url in before.keys() | after.keys():
            if before.get(url) != after.get(url):
                set_hold(connection, url, after.get(url))


def holds(source: SourceHistory, since: Mapping[str, datetime], before: Mapping[str, str]) -> dict[str, str]:
    """Return the addresses of a source's articles that are to be held back, each with its rule.

    `since` has the rules that are broken, and since when; `before` is what was held. Of a text that is too old to be
    looked at nothing can be said: what was held of those stays while its finding is open.
    """
    held = {}
    if TEXTS in since:
        seen = {text.url for text in source.texts}
        held = {url: rule for url, rule in before.items() if rule == TEXTS and url not in seen}
        held |= {text.url: TEXTS for text in source.texts if text.at >= since[TEXTS] and reason_against(text)}
    if FLOOD in since:
        held |= {article.url: FLOOD for article in source.articles if article.at >= since[FLOOD]}
    return held
