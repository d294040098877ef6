"""Extraction workers killed, or frozen for longer than any limit: in the end all is as if nothing had happened."""

from pathlib import Path

from tests.crash.stored import articles_of
from tests.drills.drill import Drill
from tests.drills.workers import SOURCES, crawl_under_fire, freeze_all, kill_some, publish, status_adds_up
from tests.product import Product
from tests.replica import Replica

SECONDS = 1.0
"""Of processor time that a page may take while workers are frozen; it may wait for ten times that."""


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


def test_workers_killed_at_random(tmp_path: Path, drill: Drill) -> None:
    kills = drill.rounds(50)
    with Replica() as replica:
        struck = Product(tmp_path / "struck", replica, crawler={"workers": 2})
        while drill.tally["kills"] < kills:
            publish(replica, drill.dice, drill.tally["crawls"])
            strikes = min(drill.dice.randint(1, 4), kills - drill.tally["kills"])
            drill.tally["kills"] += crawl_under_fire(struck, strikes, kill_some(drill.dice, 2.5))
            drill.tally["crawls"] += 1
        articles = _ends_like_an_undisturbed_run(struck, tmp_path / "undisturbed", replica)
    drill.tally["articles as undisturbed"] = articles


def test_workers_frozen_for_longer_than_the_limits(tmp_path: Path, drill: Drill) -> None:
    freezes = drill.rounds(8)
    with Replica() as replica:
        struck = Product(tmp_path / "struck", replica, crawler={"workers": 2, "extraction_seconds": SECONDS})
        while drill.tally["freezes"] < freezes:
            publish(replica, drill.dice, drill.tally["crawls"])
            strike = freeze_all(drill.dice, (1.5 * SECONDS, 11 * SECONDS))
            drill.tally["freezes"] += crawl_under_fire(struck, min(2, freezes - drill.tally["freezes"]), strike)
            drill.tally["crawls"] += 1
        articles = _ends_like_an_undisturbed_run(struck, tmp_path / "undisturbed", replica)
    drill.tally["articles as undisturbed"] = articles
