"""SIGKILL at many random points of crawling articles over several pages; the oracle is an undisturbed crawl."""

from pathlib import Path

from tests.crash.killing_between_pages import kill_and_compare
from tests.drills.drill import Drill


def test_no_half_article_is_left_by_sigkill(drill: Drill, tmp_path: Path) -> None:
    kill_and_compare(tmp_path, drill.dice, drill.tally, kills=drill.rounds(40))
