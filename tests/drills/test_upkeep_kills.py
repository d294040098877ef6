"""SIGKILL at many random steps of back-ups and of forgetting; the oracle is an undisturbed run."""

from contextlib import closing
from pathlib import Path

from tests.drills.drill import Drill
from tests.upkeep.killing import Runner, kill_backups, kill_forgetting


def test_a_killed_backup_leaves_the_one_before_or_is_whole(drill: Drill, tmp_path: Path) -> None:
    with closing(Runner()) as runner:
        kill_backups(runner, tmp_path, drill.dice, drill.tally, kills=drill.rounds(50))


def test_killed_forgetting_is_finished_at_the_next_start(drill: Drill, tmp_path: Path) -> None:
    with closing(Runner()) as runner:
        kill_forgetting(runner, tmp_path, drill.dice, drill.tally, kills=drill.rounds(50))
