"""Two small sites, a product that crawls them, and a time that the test lets pass."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.database import Database
from core.clock import TEST_VARIABLE
from core.time import in_shanghai
from scheduler.health.finding import Finding
from scheduler.health.judge import Judgement
from scheduler.health.look import look
from tests.crawl.small_site import TEXT, Answer, SmallSite, article, source_file
from tests.product import Product
from tests.scheduler.time_of_the_test import TimeOfTheTest

ONE, OTHER = "one", "other"
PAGES = 6


@dataclass
class Watched:
    """A product with two sources, and what the rules say of them at the time of the test."""

    product: Product
    sites: dict[str, SmallSite]
    time: TimeOfTheTest
    judge: Callable[[], Judgement]

    def found(self, rule: str, source: str = "") -> Finding | None:
        """Return what a rule finds now."""
        found = (each for each in self.judge().findings if (each.rule, each.source) == (rule, source))
        return next(found, None)

    def level(self, rule: str, source: str = "") -> str | None:
        found = self.found(rule, source)
        return found.level if found else None

    def publish(self, source: str, first: int, many: int = PAGES, *, body: str | None = None, **headers: str) -> None:
        """Have a site list so many articles and show them, the list with those headers."""
        site, numbers = self.sites[source], range(first, first + many)
        links = "".join(f'<li><a href="/a/{number}.html">长三角一体化新闻第{number}条</a></li>' for number in numbers)
        site.pages["/list"] = Answer(f"<html><body><ul>{links}</ul></body></html>".encode(), headers=headers)
        for number in numbers:
            text = f"<p>{TEXT}</p><p>第{number}号方案明确，三省一市{number * 37}项事项跨省通办，企业一地受理。</p>"
            text += "<p>记者从会上了解到，方案自下月起施行，各地将在年底前公布细则，并接受社会监督。</p>"
            title = f"长三角一体化新闻第{number}条"
            page = article(title, body=text if body is None else body)
            published = in_shanghai(self.time.now - timedelta(minutes=20 + number))
            site.put(f"/a/{number}.html", page.replace("2026-11-18 09:30", f"{published:%Y-%m-%d %H:%M}"))


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    folder = tmp_path / "product" / "sources"
    folder.mkdir(parents=True)
    own = {"bundled_sources": False, "source_folders": ["sources"], "workers": 1, "retries": 0}
    product = Product(tmp_path / "product", crawler=own | {"delay": 0.01, "backoff": 0.01})
    time = TimeOfTheTest(product.folder / "clock", datetime.now(UTC).replace(microsecond=0))
    product.variables[TEST_VARIABLE] = str(time.path)
    monkeypatch.setenv("DELTANEWS_CONFIG", str(product.folder / "deltanews.toml"))

    def judge() -> Judgement:
        database = Database.open(product.archive)
        try:
            return look(product.archive, database, time.now)[1]
        finally:
            database.close()

    with SmallSite() as one, SmallSite() as other:
        sites = {ONE: one, OTHER: other}
        for name, site in sites.items():
            (folder / f"{name}.toml").write_text(source_file(name, site.url))
        watched = Watched(product, sites, time, judge)
        for name in sites:
            watched.publish(name, 1)
        yield watched


@pytest.fixture
def product_without_sources(tmp_path: Path) -> Product:
    return Product(tmp_path, crawler={"bundled_sources": False})
