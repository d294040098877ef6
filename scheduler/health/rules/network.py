"""H16 network or site: silence is a site's own fault only where others answered meanwhile.

Answers of all sources, in order of time, leave gaps. A gap in which several sources met silence and none an answer is
the network's: what happened in it is held against nobody, neither now nor later. Where one source alone was silent and
nobody else was asked yet, nobody knows; it is held for an interval.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from archive.observations import FetchOutcome, VisitOutcome
from scheduler.health.finding import Finding, Level
from scheduler.health.history import FetchSeen, SourceHistory, VisitSeen

MIN_SILENT = 3
"""So many sources that are silent at once are the network's fault; or all, where there are fewer."""


@dataclass(frozen=True)
class Settled:
    """Sources without the silences that are not their own."""

    sources: tuple[SourceHistory, ...]
    held: frozenset[str]
    """Sources of which nothing can be said for now."""
    finding: Finding | None


def settle(sources: Sequence[SourceHistory], now: datetime) -> Settled:
    """Take out of every source's history the silences that are the network's, or a host's, or that nobody can judge."""
    answers = sorted(at for source in sources for at in _answers(source))
    silent: defaultdict[int, dict[str, datetime]] = defaultdict(dict)
    for source in sources:
        for at in _silences(source):
            silent[bisect_left(answers, at)].setdefault(source.name, at)
    count = sum(1 for source in sources if source.visits or source.fetches)
    enough = min(MIN_SILENT, count) if count > 1 else MIN_SILENT
    network = {gap for gap, names in silent.items() if len(names) >= enough}
    now_silent = silent.get(len(answers), {})
    undecided = {
        name
        for source in sources
        for name in [source.name]
        if count > 1 and name in now_silent and now_silent[name] > now - source.interval
    }
    hosts = _silent_hosts(sources)

    def is_own(source: SourceHistory, at: datetime) -> bool:
        gap = bisect_left(answers, at)
        return not (gap in network or (gap == len(answers) and source.name in undecided) or _of(source, hosts))

    settled = tuple(
        replace(
            source,
            visits=tuple(visit for visit in source.visits if not _is_silence(visit) or is_own(source, visit.at)),
            fetches=tuple(fetch for fetch in source.fetches if not _is_silence(fetch) or is_own(source, fetch.at)),
        )
        for source in sources
    )
    if len(answers) in network:
        names = frozenset(source.name for source in sources)
        return Settled(settled, names, _network_down(now_silent))
    of_hosts = frozenset(source.name for source in sources if _of(source, hosts))
    return Settled(settled, of_hosts | undecided, _host_down(sources, hosts))


def _network_down(silent: dict[str, datetime]) -> Finding:
    numbers = {"silent": len(silent), "sources": sorted(silent)}
    summary = f"nothing can be reached: {len(silent)} sources met silence and none an answer"
    return Finding("H16", "", Level.BROKEN, min(silent.values()), summary, numbers)


def _host_down(sources: Sequence[SourceHistory], hosts: frozenset[str]) -> Finding | None:
    if not hosts:
        return None
    silent = [source for source in sources if _of(source, hosts)]
    host = ", ".join(sorted(hosts))
    numbers = {"host": host, "sources": sorted(source.name for source in silent)}
    since = min(_trailing_silence(source) or source.visits[-1].at for source in silent)
    return Finding("H16", "", Level.BROKEN, since, f"{host} does not answer, with {len(silent)} sources", numbers)


def _silent_hosts(sources: Sequence[SourceHistory]) -> frozenset[str]:
    """Return the domains of several sources of which none was answered in its last crawl."""
    by_domain: defaultdict[str, list[SourceHistory]] = defaultdict(list)
    for source in sources:
        for domain in source.domains:
            by_domain[domain].append(source)
    return frozenset(
        domain
        for domain, those in by_domain.items()
        if len(those) > 1 and all(source.domains == {domain} and _trailing_silence(source) for source in those)
    )


def _of(source: SourceHistory, hosts: frozenset[str]) -> bool:
    return bool(source.domains & hosts)


def _trailing_silence(source: SourceHistory) -> datetime | None:
    """Return since when a source has met nothing but silence, None where it has been answered last."""
    last = max(_answers(source), default=None)
    return min((at for at in _silences(source) if last is None or at > last), default=None)


def _is_silence(seen: VisitSeen | FetchSeen) -> bool:
    if isinstance(seen, FetchSeen):
        return seen.outcome is FetchOutcome.NO_ANSWER
    return seen.outcome is VisitOutcome.FAILED and seen.status is None


def _answers(source: SourceHistory) -> Iterator[datetime]:
    yield from (seen.at for seen in _seen(source) if seen.status is not None)


def _silences(source: SourceHistory) -> Iterator[datetime]:
    yield from (seen.at for seen in _seen(source) if _is_silence(seen))


def _seen(source: SourceHistory) -> Iterator[VisitSeen | FetchSeen]:
    yield from source.visits
    yield from source.fetches
