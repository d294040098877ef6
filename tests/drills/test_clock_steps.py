"""The wall clock is set back and forth under the service, again and again: it does what an undisturbed one does.

Seed: `DRILL_SEED`, else one of today's; it is printed with the summary, and the same seed sets the clock alike.
Oracle: a service on sites of its own that goes through the same hours with a clock that nobody touches; and one crawl
of each source in each interval.
"""

import os
import random
import time
from pathlib import Path

import pytest

from tests.databases import both_databases
from tests.product import Product
from tests.replica import Replica
from tests.scheduler.conftest import SOURCES, add_source
from tests.scheduler.stepped_service import serve_for

ROUNDS = 10
"""Intervals of the sources."""

STEPS = 5
"""In each of them."""


def _product(folder: Path, replica: Replica, archive_url: str | None = None) -> Product:
    own = {"bundled_sources": False, "source_folders": ["sources"], "workers": 1}
    product = Product(folder, replica, archive_url=archive_url, crawler=own)
    (folder / "sources").mkdir()
    for name in SOURCES:
        add_source(product, name)
    return product


@pytest.mark.timeout(3600)
@both_databases
def test_a_clock_that_is_set_many_times_changes_nothing(tmp_path: Path, archive_url: str | None) -> None:
    seed = int(os.environ.get("DRILL_SEED") or time.time())
    with Replica() as sites:
        stepped = serve_for(
            _product(tmp_path / "stepped", sites, archive_url), sites,
            rounds=ROUNDS, steps=STEPS, dice=random.Random(seed),
        )  # fmt: skip
    with Replica() as sites:
        calm = serve_for(_product(tmp_path / "calm", sites), sites, rounds=ROUNDS, steps=0, dice=random.Random(seed))
    print(f"\nseed {seed}: set {stepped.steps} times; runs {stepped.runs}, undisturbed {calm.runs}; "
          f"articles {len(stepped.articles)}, undisturbed {len(calm.articles)}")  # fmt: skip
    assert stepped.steps == ROUNDS * STEPS
    assert stepped.runs == calm.runs == dict.fromkeys(SOURCES, ROUNDS + 1)
    assert stepped.articles == calm.articles
