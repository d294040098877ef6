"""The wall clock is set under the service and while none runs: no crawl is missed, none is doubled."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from core.clock import TEST_VARIABLE
from tests.product import Product
from tests.replica import Replica
from tests.scheduler.conftest import INTERVAL, SOURCES
from tests.scheduler.history import pretend_run
from tests.scheduler.service import RunningService
from tests.scheduler.stepped_service import CLOCK_WAS_SET, serve_for
from tests.scheduler.time_of_the_test import TimeOfTheTest

HOUR = timedelta(hours=1)


def test_set_back_and_forth_the_service_runs_everything_once(product: Product, replica: Replica) -> None:
    outcome = serve_for(product, replica, rounds=2, steps=3, dice=random.Random(3))
    assert outcome.steps == 6
    assert outcome.runs == dict.fromkeys(SOURCES, 3)
    assert outcome.articles == {article.canonical_url for name in SOURCES for article in replica.articles(name)}


@pytest.mark.parametrize("step", [-3 * HOUR, 3 * HOUR])
def test_set_while_no_service_runs_it_silences_no_source(product: Product, one_source: str, step: timedelta) -> None:
    pretend_run(product, one_source, datetime.now(UTC))
    time = TimeOfTheTest(product.folder / "clock", datetime.now(UTC) + step)
    product.variables[TEST_VARIABLE] = str(time.path)
    with RunningService(product) as service:
        service.wait_for("job finished", job=f"crawl {one_source}", status=0)
        assert service.end() == 0


def test_status_tells_the_next_crawl_by_the_clock_as_it_is(product: Product, one_source: str) -> None:
    began = datetime.now(UTC).replace(microsecond=0)
    pretend_run(product, one_source, began)
    time = TimeOfTheTest(product.folder / "clock", began)
    product.variables[TEST_VARIABLE] = str(time.path)
    with RunningService(product) as service:
        service.wait_for("job finished", job="index", status=0)
        time.passes(timedelta(minutes=1))
        time.is_set(-3 * HOUR)
        assert service.wait_for(CLOCK_WAS_SET)["seconds"] == -3 * 3600
        [told] = [fact for fact in product.rows("status") if fact["kind"] == "source" and fact["source"] == one_source]
        assert service.end() == 0
    due = began + timedelta(minutes=INTERVAL) - 3 * HOUR
    assert abs(datetime.fromisoformat(told["next_run"]) - due) <= timedelta(seconds=1)  # cut to the second
