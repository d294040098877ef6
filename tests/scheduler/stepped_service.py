"""A service whose time a test makes pass, hour by hour, while it sets the wall clock back and forth, or does not."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.clock import TEST_VARIABLE
from scheduler.jobs import STAGGER
from tests.product import Product
from tests.replica import Replica
from tests.scheduler.conftest import INTERVAL, SOURCES
from tests.scheduler.history import runs_of
from tests.scheduler.service import RunningService, wait_until_alone
from tests.scheduler.time_of_the_test import TimeOfTheTest

SPANS = (timedelta(seconds=10), timedelta(hours=3), timedelta(days=400))
"""By how much the clock is set at most, from what NTP does to a machine that lost its battery."""


@dataclass(frozen=True)
class Outcome:
    """What a service did in a stretch of time."""

    runs: dict[str, int]
    """Crawls of each source."""
    articles: frozenset[str]
    """Canonical addresses."""
    steps: int
    """How often the clock was set; the service told of each."""


def serve_for(product: Product, replica: Replica, *, rounds: int, steps: int, dice: random.Random) -> Outcome:
    """Run the service for so many intervals of its sources, with so many steps of the clock in each of them.

    A new article appears in each interval. Time stands still until every crawl that is due has ended.
    """
    time = TimeOfTheTest(product.folder / "clock", datetime.now(UTC))
    product.variables[TEST_VARIABLE] = str(time.path)
    told = 0
    with RunningService(product) as service:
        service.wait_for("started")
        time.passes(STAGGER * len(SOURCES))
        _wait_for_crawls(service, 1)
        for turn in range(1, rounds + 1):
            _publish(replica, turn)
            for _ in range(steps):
                time.is_set(_step(dice))
                told += 1
                service.wait_for(CLOCK_WAS_SET, times=told)
                time.passes(timedelta(minutes=INTERVAL) / (steps + 1))
            time.passes(timedelta(minutes=INTERVAL) / (steps + 1))
            _wait_for_crawls(service, turn + 1)
        assert service.end() == 0
        assert len(service.matching(CLOCK_WAS_SET)) == told
    wait_until_alone(product)
    found = frozenset(article["canonical_url"] for article in product.articles())
    return Outcome({name: runs_of(product, name) for name in SOURCES}, found, told)


CLOCK_WAS_SET = "the clock was set; nothing runs earlier or later for it"


def _wait_for_crawls(service: RunningService, times: int) -> None:
    for name in SOURCES:
        service.wait_for("job finished", job=f"crawl {name}", status=0, times=times)


def _step(dice: random.Random) -> timedelta:
    span = dice.choice(SPANS)
    return dice.choice((-1, 1)) * max(timedelta(seconds=5), span * dice.random())


def _publish(replica: Replica, turn: int) -> None:
    source = SOURCES[turn % len(SOURCES)]
    section = replica.articles(source)[0].section
    text = [f"长三角一体化示范区第{turn}号方案发布，沪苏浙三地{turn * 37}项事项跨省通办。" * 4]
    replica.publish(source, section, f"长三角一体化示范区发布第{turn}号方案", text)
