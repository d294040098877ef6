"""Server or client of `changes` killed at many random points; whatever changed is told at least once."""

from pathlib import Path

from tests.drills.drill import Drill
from tests.web.following import follow_through_kills


def test_every_change_is_told_whichever_side_is_killed(drill: Drill, tmp_path: Path) -> None:
    follow_through_kills(tmp_path, drill.dice, drill.tally, kills=drill.rounds(1_000))
