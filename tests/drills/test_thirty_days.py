"""Thirty days of the service on a fast clock, with real crawls: nothing is missed, doubled or lost, nothing leaks.

Oracles: a model of when each source is crawled, and what the sites have published. `--rounds N` is N days; of them the
first third has kills of the service, and the last sixth, at least two days, nothing that is wrong.
"""

from datetime import timedelta
from pathlib import Path

from tests.drills.drill import Drill
from tests.replica import Replica
from tests.scheduler.fast_days import INTERVALS, FastDays

KILLS = {"service": 0.05, "end": 0.03}
TROUBLES = {"step": 0.15, "fault": 0.15, "child": 0.08}

MOST_MEGABYTES = 150
MOST_GROWTH = 1.1


def test_thirty_days(drill: Drill, tmp_path: Path) -> None:
    days = drill.rounds(30)
    with Replica() as replica:
        service = FastDays(tmp_path / "product", replica, INTERVALS, drill.dice)
        try:
            service.goes_on(timedelta(days=days / 3), troubles=TROUBLES | KILLS)
            service.goes_on(timedelta(days=days - max(2, days / 6)), troubles=TROUBLES)
            service.goes_on(timedelta(days=days), troubles={})
            service.ends()
        finally:
            drill.tally.update(service.tally)
            service.stop()
        memory = [megabytes for _, megabytes in service.memory]
        last = [megabytes for process, megabytes in service.memory if process == service.memory[-1][0]]
        drill.tally[f"megabytes at most; {last[0]:.0f} then {last[-1]:.0f} in {len(last)} days"] = round(max(memory))
        assert service.crawls == service.expected_crawls
        assert service.searchable == service.published
        assert max(memory) <= MOST_MEGABYTES
        assert last[-1] <= MOST_GROWTH * last[0]
