"""A walk down a list that ended before its end, while the list moved on: nothing between the two is passed over.

The list has two articles a page, and no crawl reads past a page on which it learns nothing.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.sources.loader import BUNDLED
from tests.deadline import wait_until
from tests.product import Product
from tests.replica import Kind, Replica

SOURCE = "cctv"
SECTION = "china"
BUNDLED_PAGES = 3
"""The section's own `max_pages`."""
PAGE = 2
"""Articles on a page of the list."""


@pytest.fixture
def patient(tmp_path: Path, product: Product) -> Product:
    """A product that reads one list of the source, as deep as it goes, and asks once for each page."""
    folder = tmp_path / "sources"
    folder.mkdir()
    head, _, sections = (BUNDLED / f"{SOURCE}.toml").read_text(encoding="utf-8").partition("[[sections]]")
    one = sections.partition("[[sections]]")[0]
    rest = re.search(r"(?ms)^\[(?!\[).*", sections)
    text = f"{head}[[sections]]{one}max_pages = 20\n\n{rest[0] if rest else ''}"
    (folder / f"{SOURCE}.toml").write_text(text, encoding="utf-8")
    product.configure(crawler={"source_folders": [str(folder)], "retries": 0})
    return product


def _publish(replica: Replica, count: int) -> None:
    """Put articles at the head of the list."""
    newest = max(article.published_at for article in replica.articles(SOURCE, SECTION))
    for number in range(1, count + 1):
        at = newest + timedelta(minutes=number)
        text = [f"{at:%d日%H时%M分}，长三角一体化示范区又有{at.minute + number}项事项跨省通办。" * 4]
        replica.publish(SOURCE, SECTION, f"示范区{at:%d%H%M}号方案发布", text, at)


def _missing(product: Product, replica: Replica) -> set[str]:
    found = {article["canonical_url"] for article in product.articles()}
    return {article.canonical_url for article in replica.articles(SOURCE, SECTION)} - found


def _pages(replica: Replica) -> list[int]:
    asked = [re.search(rf"{SECTION}_(\d+)\.jsonp", record.url) for record in replica.log]
    return [int(match[1]) for match in asked if match]


@pytest.mark.parametrize("pages", [1, 2])
def test_what_a_killed_crawl_did_not_reach_is_found_after_pages_of_news(
    patient: Product, replica: Replica, pages: int
) -> None:
    replica.faults.switch_on(Kind.HANG, f"{SECTION}_2")
    crawl = patient.start("crawl", SOURCE)
    wait_until(lambda: replica.faults.hit or crawl.poll() is not None, "the crawl asks for the second page")
    crawl.kill()
    crawl.communicate()
    replica.faults.clear()
    _publish(replica, pages * PAGE)
    patient.crawl(SOURCE)
    assert _missing(patient, replica) == set()


def test_after_an_outage_all_that_came_meanwhile_is_found_however_many_pages_it_fills(
    product: Product, replica: Replica
) -> None:
    product.crawl(SOURCE, "--section", SECTION)
    old = _missing(product, replica)
    _publish(replica, 5 * PAGE)
    replica.log.clear()
    product.crawl(SOURCE, "--section", SECTION)
    assert _missing(product, replica) <= old
    assert max(_pages(replica)) <= 5 + 1 + BUNDLED_PAGES, "the first page that teaches nothing ends the walk"


def test_so_it_is_after_several_stops(patient: Product, replica: Replica) -> None:
    for page in (3, 2, 2, 4):
        fault = replica.faults.switch_on(Kind.SERVER_ERROR, f"{SECTION}_{page}")
        patient.crawl(SOURCE, expect=(1,))
        replica.faults.switch_off(fault)
        _publish(replica, PAGE)
    patient.crawl(SOURCE)
    assert _missing(patient, replica) == set()


def test_a_backfill_that_is_asked_for_again_reads_the_pages_that_have_changed_since(
    patient: Product, replica: Replica
) -> None:
    patient.crawl(SOURCE, "--since", "2020-01-01")
    _publish(replica, 3 * PAGE)
    patient.crawl(SOURCE, "--since", "2020-01-01")
    assert _missing(patient, replica) == set()


def test_a_list_that_a_section_shares_with_another_is_walked_for_itself(patient: Product, replica: Replica) -> None:
    """Its first page is known from the other list, its second is not."""
    replica.faults.switch_on(Kind.SERVER_ERROR, f"{SECTION}_2")
    patient.crawl(SOURCE, expect=(1,))
    replica.faults.clear()
    path = Path(patient.tables["crawler"]["source_folders"][0]) / f"{SOURCE}.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'name = "{SECTION}"', 'name = "again"'), encoding="utf-8")
    patient.crawl(SOURCE)
    assert _missing(patient, replica) == set()


def test_an_unfinished_walk_down_a_list_without_end_ends(patient: Product, replica: Replica) -> None:
    fault = replica.faults.switch_on(Kind.SERVER_ERROR, f"{SECTION}_2")
    replica.faults.switch_on(Kind.ENDLESS)
    patient.crawl(SOURCE, expect=(1,))
    replica.faults.switch_off(fault)
    replica.log.clear()
    patient.crawl(SOURCE)
    last = -(-len(replica.articles(SOURCE, SECTION)) // PAGE)
    assert _pages(replica) == list(range(1, last + 2))
    assert _missing(patient, replica) == set()
