"""Source health beside its peers on replayed faults and quiet weeks: `python -m benchmarks.health`.

Made-up sources publish by the hour, each at a pace of its own, less at weekends and in the week of National Day; each
is crawled every hour. Faults are put into copies of the same weeks. Ours judges every hour what was seen; the peers get
the number of articles a day, as they do in their own homes: Media Cloud's rule (the mean of the last week against 28
days) and PELT (`ruptures`, of benchmarks/requirements.txt). A fault that a rule does not see by the end counts with the
length of the replay.
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from statistics import fmean, median, pstdev
from typing import Any

from archive.article import Precision
from archive.observations import FetchOutcome, VisitOutcome
from archive.runs import RunStatus
from core.time import in_shanghai
from scheduler.health.finding import Level
from scheduler.health.history import (
    LOOK_BACK,
    ArticleSeen,
    FetchSeen,
    History,
    RunSeen,
    SourceHistory,
    TextSeen,
    VisitSeen,
)
from scheduler.health.judge import judge
from scheduler.health.rules.freshness import is_holiday

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEGIN = datetime(2026, 8, 20, 16, tzinfo=UTC)
"""Midnight in Shanghai; the quiet days begin four weeks later and hold the seven of National Day."""
TRAINING, REPLAY = 28, 30
LIST = 20


@dataclass(frozen=True)
class Crawled:
    """What one crawl saw."""

    run: RunSeen
    visits: tuple[VisitSeen, ...] = ()
    fetches: tuple[FetchSeen, ...] = ()
    articles: tuple[ArticleSeen, ...] = ()
    texts: tuple[TextSeen, ...] = ()


def weeks_of(name: str, dice: random.Random) -> list[Crawled]:
    """Return the hourly crawls of a source that nothing is wrong with."""
    pace, weekend = dice.uniform(8, 70), dice.uniform(0.3, 1.0)
    credit, minute, length = dice.uniform(0.6, 1.0), dice.choice((1.0, 1.0, 0.97)), dice.uniform(500, 1400)
    short, missing = dice.choice((0.0, 0.01, 0.03)), dice.choice((0.0, 0.005, 0.01))
    crawled, names = [], [f"{name}-{number}" for number in range(LIST)]
    for hour in range(24 * (TRAINING + REPLAY)):
        at = BEGIN + hour * HOUR + timedelta(minutes=dice.uniform(0, 5))
        local = in_shanghai(at)
        busy = 1.0 if 7 <= local.hour < 23 else 0.06
        busy *= (weekend if local.weekday() >= 5 else 1.0) * (0.3 if is_holiday(local.date()) else 1.0)
        expected = pace / 17 * busy
        many = sum(dice.random() < expected / 8 for _ in range(8)) if expected < 8 else int(expected)
        articles, texts, fetches = [], [], []
        for number in range(many):
            url = f"https://{name}.cn/{hour}-{number}"
            if dice.random() < missing:
                fetches.append(FetchSeen(at, url, FetchOutcome.HTTP_ERROR, 404, "HTTP 404", None))
                continue
            names.append(url)
            fetches.append(FetchSeen(at, url))
            precision = Precision.MINUTE if dice.random() < minute else Precision.DAY
            published = at - timedelta(minutes=dice.uniform(2, 62))
            articles.append(
                ArticleSeen(at, url, published, precision, dice.random() < credit, is_relevant=dice.random() < 0.1)
            )
            characters = 60 if dice.random() < short else int(length * dice.lognormvariate(0, 0.7)) + 90
            texts.append(TextSeen(at, url, characters, 0.95, digest=url))
        head = " ".join(names[-5:])
        visit = VisitSeen(at, "news", "list", items=LIST - dice.choice((0, 0, 0, 1)), head=head)
        run = RunSeen(at, at + timedelta(minutes=dice.uniform(1, 6)), RunStatus.OK)
        crawled.append(Crawled(run, (visit,), tuple(fetches), tuple(articles), tuple(texts)))
    return crawled


Fault = Callable[[Crawled], Crawled | None]
"""What a crawl sees where something is wrong; None: there is no crawl."""


def _no_pages(crawled: Crawled) -> Crawled:
    bad = tuple(
        replace(fetch, outcome=FetchOutcome.HTTP_ERROR, status=404, verdict=None, reason="HTTP 404")
        for fetch in crawled.fetches
    )
    return replace(crawled, fetches=bad, articles=(), texts=())


def _visit(crawled: Crawled, **changes: Any) -> Crawled:
    return replace(crawled, visits=tuple(replace(visit, **changes) for visit in crawled.visits))


def _nothing(crawled: Crawled, **changes: Any) -> Crawled:
    return replace(_visit(crawled, **changes), fetches=(), articles=(), texts=())


FAULTS: dict[str, Fault] = {
    "it is crawled no more": lambda _crawled: None,
    "list moved: 200, no article": lambda c: _nothing(c, outcome=VisitOutcome.FAILED, items=None, head=None),
    "feed turned HTML": lambda c: _nothing(c, outcome=VisitOutcome.HTML, items=None, head=None),
    "site down: HTTP 503": lambda c: _nothing(c, outcome=VisitOutcome.FAILED, status=503, items=None, head=None),
    "list frozen by a cache": lambda c: _nothing(c, head="frozen"),
    "pages gone: 404": _no_pages,
    "soft 404: 200": lambda c: replace(
        c, fetches=tuple(replace(f, verdict="error") for f in c.fetches), articles=(), texts=()
    ),
    "text lost": lambda c: replace(
        c, fetches=tuple(replace(f, verdict="empty") for f in c.fetches), articles=(), texts=()
    ),
    "text garbled": lambda c: replace(c, texts=tuple(replace(text, is_garbled=True) for text in c.texts)),
    "one text everywhere": lambda c: replace(c, texts=tuple(replace(text, digest="one") for text in c.texts)),
    "credit lost": lambda c: replace(c, articles=tuple(replace(a, has_credit=False) for a in c.articles)),
    "clock eight hours off": lambda c: replace(
        c, articles=tuple(replace(a, published_at=a.published_at and a.published_at + 8 * HOUR) for a in c.articles)
    ),
    "half of each text lost": lambda c: replace(
        c, texts=tuple(replace(text, length=int(text.length * 0.35)) for text in c.texts)
    ),
}


def with_fault(crawled: Sequence[Crawled], fault: Fault, begin: int) -> list[Crawled]:
    """Return the crawls with a fault from that hour on."""
    spoiled = (fault(each) if hour >= begin else each for hour, each in enumerate(crawled))
    return [each for each in spoiled if each is not None]


def history_at(name: str, crawled: Sequence[Crawled], now: datetime, neighbours: Sequence[datetime]) -> SourceHistory:
    """Return what was seen until then, four weeks back."""
    seen = [each for each in crawled if now - LOOK_BACK < each.run.started_at <= now]
    articles = tuple(article for each in seen for article in each.articles)
    return SourceHistory(
        name,
        runs=tuple(each.run for each in seen),
        visits=tuple(visit for each in seen for visit in each.visits),
        fetches=tuple(fetch for each in seen for fetch in each.fetches),
        articles=articles,
        texts=tuple(text for each in seen for text in each.texts)[-250:],
        found=tuple(fetch.at for each in seen for fetch in each.fetches),
        neighbours=tuple(at for at in neighbours if now - LOOK_BACK < at <= now),
    )


def daily(crawled: Sequence[Crawled]) -> list[int]:
    """Return how many articles came on each day."""
    counts = [0] * (TRAINING + REPLAY)
    for each in crawled:
        counts[(each.run.started_at - BEGIN) // DAY] += len(each.articles)
    return counts


def media_cloud(window: Sequence[int]) -> bool:
    """Tell whether Media Cloud's rule rings: the mean of the last week against mean and deviation of 28 days."""
    mean, deviation, week = fmean(window), pstdev(window), fmean(window[-7:])
    return week < mean - 1.5 * deviation or week > mean + 2 * deviation


def pelt(window: Sequence[int]) -> bool:
    """Tell whether PELT sees a change of regime within the last week of 28 days."""
    import numpy  # noqa: PLC0415
    import ruptures  # noqa: PLC0415 - a peer, of benchmarks/requirements.txt

    series = numpy.array(window, dtype=float).reshape(-1, 1)
    changes = ruptures.Pelt(model="rbf", min_size=2, jump=1).fit(series).predict(pen=3)
    return any(len(window) - 7 <= change < len(window) for change in changes)


PEERS = {"Media Cloud's rule": media_cloud, "PELT": pelt}


def alarms(counts: Sequence[int], rule: Callable[[Sequence[int]], bool]) -> Iterator[tuple[int, bool]]:
    """Yield each day of the replay, counted from 1, and whether a rule rings at its end."""
    for day in range(1, REPLAY + 1):
        yield day, rule(counts[day : TRAINING + day])


def hours_to_detect(crawled: list[Crawled], begin: int, others: dict[str, list[Crawled]]) -> float:
    """Return after how many hours a message about the source would go out; the rest of the replay where none would."""
    end = 24 * (TRAINING + REPLAY)
    neighbours = sorted(article.at for those in others.values() for each in those for article in each.articles)
    for hour in range(begin + 1, end):
        now = BEGIN + hour * HOUR
        sources = [history_at("faulty", crawled, now, neighbours)]
        sources += [history_at(name, those, now, ()) for name, those in others.items()]
        found = judge(History(now, tuple(sources))).findings
        if any(each.level is Level.BROKEN and each.source == "faulty" for each in found):
            return hour - begin
    return end - begin


def quiet_messages(sources: dict[str, list[Crawled]], step: int) -> dict[str, list[str]]:
    """Return the messages that go out about each source in the quiet weeks; `step` hours pass between two rounds."""
    messages: dict[str, list[str]] = {name: [] for name in sources}
    times = {name: sorted(a.at for each in those for a in each.articles) for name, those in sources.items()}
    first, second, *_ = times
    known: set[tuple[str, str]] = set()
    for hour in range(24 * TRAINING, 24 * (TRAINING + REPLAY), step):
        now = BEGIN + hour * HOUR
        seen = tuple(
            history_at(name, those, now, times[second if name == first else first]) for name, those in sources.items()
        )
        found = {(each.rule, each.source): each for each in judge(History(now, seen)).findings}
        known &= found.keys()
        for key, finding in found.items():
            if finding.level is Level.BROKEN and key not in known:
                known.add(key)
                messages.setdefault(finding.source, []).append(
                    f"{finding.rule} {in_shanghai(now):%m-%d %H}: {finding.summary}"
                )
    return messages


def main() -> None:
    """Replay and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=16)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--step", type=int, default=1, help="hours between two rounds in the quiet weeks")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    sources = {f"source{number}": weeks_of(f"source{number}", dice) for number in range(options.sources)}
    say = sys.stdout.write
    ours: list[float] = []
    theirs: dict[str, list[float]] = {peer: [] for peer in PEERS}
    say("fault: median hours until a message, ours; " + "; ".join(PEERS) + "\n")
    for fault, spoil in FAULTS.items():
        hours: dict[str, list[float]] = {peer: [] for peer in ("ours", *PEERS)}
        for name in dice.sample(sorted(sources), min(4, len(sources))):
            begin = 24 * (TRAINING + dice.randrange(1, 10)) + dice.randrange(24)
            crawled = with_fault(sources[name], spoil, begin)
            others = {other: sources[other] for other in [each for each in sources if each != name][:2]}
            hours["ours"].append(hours_to_detect(crawled, begin, others))
            rest = 24 * (TRAINING + REPLAY) - begin
            for peer, rule in PEERS.items():
                days = (24 * (TRAINING + day) - begin for day, rings in alarms(daily(crawled), rule) if rings)
                hours[peer].append(next((passed for passed in days if passed > 0), rest))
        ours += hours["ours"]
        for peer in PEERS:
            theirs[peer] += hours[peer]
        say(f"  {fault}: {median(hours['ours']):.0f}; " + "; ".join(f"{median(hours[p]):.0f}" for p in PEERS) + "\n")
        sys.stdout.flush()
    say(f"all faults: ours {median(ours):.0f} h; " + "; ".join(f"{p} {median(theirs[p]):.0f} h" for p in PEERS) + "\n")
    messages = quiet_messages(sources, options.step)
    say(f"false messages in {REPLAY} quiet days: ours {sum(map(len, messages.values()))}")
    say(f" (of one source {max(map(len, messages.values()))} at most)")
    for peer, rule in PEERS.items():
        rings = [[on for _, on in alarms(daily(those), rule)] for those in sources.values()]
        onsets = [sum(now and not before for before, now in zip([False, *on], on, strict=False)) for on in rings]
        say(f"; {peer} {sum(onsets)} (of one source {max(onsets)})")
    say("\n")
    for told in messages.values():
        for message in told:
            say(f"  {message}\n")


if __name__ == "__main__":
    main()
