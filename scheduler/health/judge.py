"""Judging: every rule over everything that was seen. Pure; a round of the service and the command share it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from scheduler.health.finding import Finding, Level
from scheduler.health.history import History, SourceHistory
from scheduler.health.rules.downstream import delivered, searchable, watched
from scheduler.health.rules.fields import as_relevant, fields_there, time_is_real
from scheduler.health.rules.freshness import fresh
from scheduler.health.rules.lists import flood, list_alive, list_frozen, validator_lies
from scheduler.health.rules.liveness import ran, welcome
from scheduler.health.rules.network import settle
from scheduler.health.rules.pages import known_articles_stand, pages_are_pages
from scheduler.health.rules.texts import length_shifts, reads_the_same, text_is_text, text_repeats

SourceRule = Callable[[SourceHistory, datetime], Finding | None]

SOURCE_RULES: tuple[SourceRule, ...] = (
    ran,
    list_alive,
    fresh,
    list_frozen,
    validator_lies,
    pages_are_pages,
    text_is_text,
    text_repeats,
    fields_there,
    time_is_real,
    length_shifts,
    reads_the_same,
    known_articles_stand,
    flood,
    as_relevant,
    welcome,
)
"""Rules over one source."""

OWN_RULES: tuple[Callable[[History], Finding | None], ...] = (searchable, delivered, watched)
"""Rules over this installation."""

WITHOUT_NETWORK = frozenset({"H1"})
"""Rules that may find something while nothing can be reached."""


@dataclass(frozen=True)
class Judgement:
    """What the rules found, and how each source stands."""

    findings: tuple[Finding, ...]
    held: frozenset[str]
    """Sources of which nothing can be said for now: what was found of them before stays as it is."""
    levels: dict[str, Level]
    """Of every source."""


def judge(history: History) -> Judgement:
    """Apply all rules."""
    settled = settle(history.sources, history.now)
    found = [settled.finding] if settled.finding else []
    levels: dict[str, Level] = {}
    for source in settled.sources:
        own = [finding for rule in SOURCE_RULES if (finding := rule(source, history.now))]
        is_held = source.name in settled.held
        if is_held:
            own = [finding for finding in own if finding.rule in WITHOUT_NETWORK]
        found += own
        worst = max((finding.level for finding in own), key=lambda level: level.rank, default=Level.OK)
        is_unknown = is_held or not (source.visits or source.fetches or own)
        levels[source.name] = Level.UNKNOWN if is_unknown and worst is Level.OK else worst
    found += [finding for of_all in OWN_RULES if (finding := of_all(history))]
    return Judgement(tuple(found), settled.held, levels)
