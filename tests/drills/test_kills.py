"""SIGKILL at many random points of crawling and indexing; the oracle is an undisturbed run."""

from pathlib import Path

from tests.crash.killing import kill_and_compare
from tests.drills.drill import Drill


def test_nothing_is_lost_or_doubled_by_sigkill(drill: Drill, tmp_path: Path, elasticsearch_url: str) -> None:
    rounds = drill.rounds(50)
    kill_and_compare(
        tmp_path, elasticsearch_url, drill.dice, drill.tally, crawls=rounds, indexings=rounds, writings=rounds
    )
