"""The wall clock is set back and forth under the service, again and again: it does what an undisturbed one does.

Oracle: a service on sites of its own that goes through the same hours with a clock that nobody touches; and one crawl
of each source in each interval.
"""

from pathlib import Path

from tests.databases import both_databases
from tests.drills.drill import Drill
from tests.product import Product
from tests.replica import Replica
from tests.scheduler.conftest import SOURCES, add_source
from tests.scheduler.stepped_service import serve_for

STEPS = 5
"""Of the clock in each interval of the sources."""


def _product(folder: Path, replica: Replica, archive_url: str | None = None) -> Product:
    own = {"bundled_sources": False, "source_folders": ["sources"], "workers": 1}
    product = Product(folder, replica, archive_url=archive_url, crawler=own)
    (folder / "sources").mkdir()
    for name in SOURCES:
        add_source(product, name)
    return product


@both_databases
def test_a_clock_that_is_set_many_times_changes_nothing(drill: Drill, tmp_path: Path, archive_url: str | None) -> None:
    rounds = drill.rounds(10)
    with Replica() as sites:
        product = _product(tmp_path / "stepped", sites, archive_url)
        stepped = serve_for(product, sites, rounds=rounds, steps=STEPS, dice=drill.dice)
    with Replica() as sites:
        calm = serve_for(_product(tmp_path / "calm", sites), sites, rounds=rounds, steps=0, dice=drill.dice)
    drill.tally.update({"steps of the clock": stepped.steps, "crawls": sum(stepped.runs.values())})
    drill.tally.update({"crawls undisturbed": sum(calm.runs.values()), "articles as undisturbed": len(calm.articles)})
    assert stepped.steps == rounds * STEPS
    assert stepped.runs == calm.runs == dict.fromkeys(SOURCES, rounds + 1)
    assert stepped.articles == calm.articles
