"""Sites that break in every way: a clear record of the error, nothing lost, and the rest of the crawl goes on."""

from typing import Any

import pytest

from tests.deadline import PATIENCE
from tests.product import Product
from tests.replica import Kind, Replica

SOURCE = "cnr_anhui"
ARTICLE = r"cnr\.cn/.*/t\d{8}_"
LIST = r"cnr\.cn/ah/$"


@pytest.fixture
def hasty(product: Product) -> Product:
    """A product that gives up soon, so that a fault shows itself; not so soon that a busy machine is one."""
    product.configure(crawler={"timeout": 4.0 * PATIENCE, "retries": 1, "max_page_bytes": 300_000})
    return product


def _first_article(replica: Replica) -> str:
    """Return a pattern that hits one article alone."""
    return replica.articles(SOURCE)[0].url.rsplit("/", 1)[-1].replace(".", r"\.")


def _status(product: Product) -> dict[str, Any]:
    return {row.get("source", ""): row for row in product.rows("status", expect=(0, 1))}


ONE_PAGE_LOST = [
    Kind.SERVER_ERROR,
    Kind.GONE,
    Kind.HANG,
    Kind.DRIP,
    Kind.TRUNCATED,
    Kind.HUGE,
    Kind.GZIP_BOMB,
    Kind.REDIRECT_LOOP,
]


@pytest.mark.parametrize("kind", ONE_PAGE_LOST)
def test_one_page_that_breaks_costs_only_itself_and_is_fetched_when_it_is_whole_again(
    hasty: Product, replica: Replica, kind: Kind
) -> None:
    fault = replica.faults.switch_on(kind, _first_article(replica))
    figures = hasty.crawl(SOURCE)[SOURCE]
    whole = len(replica.articles(SOURCE))
    assert (figures["pages_failed"], figures["articles"]) == (1, whole - 1)
    replica.faults.switch_off(fault)
    figures = hasty.crawl("--url", replica.articles(SOURCE)[0].url)[SOURCE]
    assert figures["articles"] == 1
    assert {article["canonical_url"] for article in hasty.articles()} == {
        article.canonical_url for article in replica.articles(SOURCE)
    }


@pytest.mark.parametrize("location", ["http://127.0.0.1:9/", "http://169.254.169.254/latest/", "file:///etc/passwd"])
def test_a_redirect_out_of_the_sources_hosts_is_refused(hasty: Product, replica: Replica, location: str) -> None:
    replica.faults.switch_on(Kind.REDIRECT, _first_article(replica), location=location)
    figures = hasty.crawl(SOURCE)[SOURCE]
    assert figures["refused"] + figures["pages_failed"] + figures["rejected"] == 1
    assert figures["articles"] == len(replica.articles(SOURCE)) - 1
    assert not any(record.host in {"127.0.0.1", "169.254.169.254"} for record in replica.log)


@pytest.mark.parametrize("kind", [Kind.SERVER_ERROR, Kind.GONE, Kind.HANG, Kind.TRUNCATED, Kind.NEW_MARKUP])
def test_a_list_that_breaks_fails_the_crawl_aloud_and_the_next_one_finds_everything(
    hasty: Product, replica: Replica, kind: Kind
) -> None:
    fault = replica.faults.switch_on(kind, LIST)
    figures = hasty.crawl(SOURCE, expect=(0, 1))[SOURCE]
    if figures["failure"] is None:
        # New class names do not hide links that are found by the shape of their addresses.
        assert kind is Kind.NEW_MARKUP
        assert figures["articles"] == len(replica.articles(SOURCE))
        return
    assert LIST.strip("$").replace("\\", "") in figures["failure"]
    replica.faults.switch_off(fault)
    assert hasty.crawl(SOURCE)[SOURCE]["articles"] == len(replica.articles(SOURCE))


def test_a_list_without_end_is_left_after_a_page_without_anything_new(hasty: Product, replica: Replica) -> None:
    replica.faults.switch_on(Kind.ENDLESS)
    hasty.crawl("ahtv")
    pages = [record for record in replica.log.of("ahtv.cn") if not record.is_robots]
    assert len(pages) < 100
    assert len(hasty.articles()) == len(replica.articles("ahtv"))


def test_a_wrong_charset_garbles_no_text(hasty: Product, replica: Replica) -> None:
    replica.faults.switch_on(Kind.WRONG_CHARSET, ARTICLE)
    hasty.crawl(SOURCE)
    titles = {article["canonical_url"]: article["title"] for article in hasty.articles()}
    assert titles == {article.canonical_url: article.title for article in replica.articles(SOURCE)}


def test_a_dead_site_fails_alone(hasty: Product, replica: Replica) -> None:
    replica.faults.switch_on(Kind.HANG, r"ahtv\.cn")
    outcome = hasty.crawl("ahtv", SOURCE, expect=(1,))
    assert outcome["ahtv"]["failure"]
    assert outcome[SOURCE]["failure"] is None
    assert outcome[SOURCE]["articles"] == len(replica.articles(SOURCE))


def test_no_article_of_a_site_can_be_fetched_is_a_failure_and_not_a_quiet_day(hasty: Product, replica: Replica) -> None:
    replica.faults.switch_on(Kind.GONE, ARTICLE)
    assert "none of" in hasty.crawl(SOURCE, expect=(1,))[SOURCE]["failure"]
