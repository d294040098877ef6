"""A source's budget of requests an hour: kept over crawls, kills and retries, whatever the requests are for."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.database import Database
from archive.request_counts import count_request
from archive.settings import ArchiveSettings
from core.clock import TEST_VARIABLE
from tests.crawl.small_site import SmallSite, article, product_of
from tests.product import Product
from tests.scheduler.time_of_the_test import TimeOfTheTest

BUDGET = 10
HOUR = timedelta(hours=1)
NOON = datetime(2026, 11, 29, 4, 0, 30, tzinfo=UTC)


def a_site_of(articles: int, site: SmallSite) -> None:
    site.put("/robots.txt", "", status=404)
    names = [f"/a/{number}.html" for number in range(1, articles + 1)]
    site.put("/list", "".join(f'<li><a href="{name}">长三角一体化示范区第{name}号方案发布</a></li>' for name in names))
    for name in names:
        site.put(name, article(f"长三角一体化示范区{name}号方案发布"))


@pytest.fixture
def product(tmp_path: Path) -> Product:
    return Product(tmp_path / "product")


def test_a_crawl_ends_at_the_budget_and_the_next_hour_goes_on(tmp_path: Path) -> None:
    with SmallSite() as site:
        a_site_of(20, site)
        product = product_of(tmp_path, site)
        product.configure(crawler={"revisits": False})  # hours pass, and what counts here are the new articles
        path = tmp_path / "sources" / "local.toml"
        path.write_text(f"requests_per_hour = {BUDGET}\n{path.read_text()}")
        time = TimeOfTheTest(tmp_path / "clock", NOON)
        product.variables[TEST_VARIABLE] = str(time.path)
        outcome = product.crawl()["local"]
        assert outcome["failure"] is None, "nothing is wrong"
        assert len(site.asked) == BUDGET
        assert outcome["left"] == 20 - outcome["pages"] > 0
        product.crawl()
        assert len(site.asked) == BUDGET, "another crawl in the same hour asks nothing"
        (source,) = [fact for fact in product.rows("status") if fact["kind"] == "source"]
        assert (source["failed"], source["error"]) == (0, None)
        time.passes(HOUR)
        product.crawl()
        assert len(site.asked) == 2 * BUDGET
        time.passes(HOUR)
        product.crawl()
        assert len(product.articles()) == 20
        assert len([asked for asked in site.asked if asked.startswith("/a/")]) == 20, "none was asked for twice"


def test_the_hour_is_the_last_sixty_minutes_of_each_source(tmp_path: Path) -> None:
    """Counted beside a list of the moments at which a request was let through."""
    time = TimeOfTheTest(tmp_path / "clock", NOON)
    database = Database.open(ArchiveSettings(directory=tmp_path / "archive"))
    with pytest.MonkeyPatch.context() as patch:
        from archive import schema  # noqa: PLC0415
        from core.clock import FileClock  # noqa: PLC0415

        patch.setattr(schema, "CLOCK", FileClock(time.path))
        made: list[datetime] = []
        for minutes in (0, 0, 20, 20, 19, 1, 0, 30, 10, 5, 60, 0):
            time.passes(timedelta(minutes=minutes))
            with database.write() as connection:
                within = [moment for moment in made if moment > time.now - HOUR]
                assert count_request(connection, "a", most=3) is (len(within) < 3)
                if len(within) < 3:
                    made.append(time.now)
        with database.write() as connection:
            assert count_request(connection, "b", most=1), "another source has its own"
        time.is_set(-timedelta(days=400))
        with database.write() as connection:
            assert count_request(connection, "a", most=1), "what lies ahead was counted by a clock that was wrong"
    database.close()
