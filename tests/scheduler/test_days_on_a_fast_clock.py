"""The small form of the drill of thirty days: some hours, one kill of the service, steps of the clock."""

import random
from datetime import timedelta
from pathlib import Path

from tests.replica import Replica
from tests.scheduler.fast_days import FastDays


def test_hours_with_a_kill(tmp_path: Path, replica: Replica) -> None:
    service = FastDays(tmp_path / "product", replica, {"cnr_anhui": 3, "yicai": 3}, random.Random(4))
    try:
        service.goes_on(timedelta(seconds=1), troubles={"service": 1.0})
        service.goes_on(timedelta(hours=3), troubles={"step": 1.0})
        service.ends()
    finally:
        service.stop()
    assert service.tally["services killed"] == 1
    assert service.crawls == service.expected_crawls
    assert service.searchable == service.published
