"""Extraction workers killed, or frozen for longer than any limit: in the end all is as if nothing had happened.

`pytest tests/drills/test_workers.py --seed N` repeats a drill; without a seed each run has its own.
"""

import random
import uuid
from pathlib import Path

import pytest

from tests.crash.stored import articles_of
from tests.drills.workers import SOURCES, crawl_under_fire, freeze_all, kill_some, publish, status_adds_up
from tests.product import Product
from tests.replica import Replica

KILLS = 50
FREEZES = 8
SECONDS = 1.0
"""Of processor time that a page may take in these drills; it may wait for ten times that."""


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    given = request.config.getoption("--seed", default=None)
    return int(given) if given is not None else uuid.uuid4().int >> 96


def _ends_like_an_undisturbed_run(struck: Product, folder: Path, replica: Replica) -> int:
    struck.run("pages", "retry")
    struck.crawl(*SOURCES)
    undisturbed = Product(folder, replica)
    undisturbed.crawl(*SOURCES)
    expected = articles_of(undisturbed)
    assert articles_of(struck) == expected
    totals = status_adds_up(struck)
    assert (totals["pages: waiting"], totals["pages: failed"], totals["links: failed"]) == (0, 0, 0)
    return len(expected)


@pytest.mark.timeout(3600)
def test_workers_killed_at_random(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    with Replica() as replica:
        struck = Product(tmp_path / "struck", replica, crawler={"workers": 2})
        kills = crawls = 0
        while kills < KILLS:
            publish(replica, dice, crawls)
            kills += crawl_under_fire(struck, dice.randint(1, 4), kill_some(dice, 2.5))
            crawls += 1
        articles = _ends_like_an_undisturbed_run(struck, tmp_path / "undisturbed", replica)
    print(f"workers killed: seed {seed}, {kills} kills in {crawls} crawls, {articles} articles as undisturbed")


@pytest.mark.timeout(3600)
def test_workers_frozen_for_longer_than_the_limits(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    with Replica() as replica:
        struck = Product(tmp_path / "struck", replica, crawler={"workers": 2, "extraction_seconds": SECONDS})
        freezes = crawls = 0
        while freezes < FREEZES:
            publish(replica, dice, crawls)
            freezes += crawl_under_fire(struck, 2, freeze_all(dice, (1.5 * SECONDS, 11 * SECONDS)))
            crawls += 1
        articles = _ends_like_an_undisturbed_run(struck, tmp_path / "undisturbed", replica)
    print(f"workers frozen: seed {seed}, {freezes} freezes in {crawls} crawls, {articles} articles as undisturbed")
