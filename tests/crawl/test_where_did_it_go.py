"""`deltanews why`: every address that a list gave has one outcome, and together they are all that a crawl saw."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from crawler.discovery.model import FoundLink
from crawler.discovery.own_links import NO_ARTICLE, OTHER_HOST, refused_links
from crawler.sources.loader import load_sources
from tests.crawl.small_site import SmallSite, article, product_of
from tests.product import Product
from tests.replica import Kind, Replica

SOURCES = ("cnr_anhui", "kankanews", "jstv")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Product, Replica]]:
    """A crawl in which one page is gone, one is no article, and one does not answer; half of the rest is indexed."""
    with Replica() as replica:
        product = Product(tmp_path_factory.mktemp("product"), replica, crawler={"retries": 0})
        gone, broken, error = replica.articles("kankanews")[:3]
        replica.faults.switch_on(Kind.GONE, gone.url)
        replica.faults.switch_on(Kind.SERVER_ERROR, broken.url)
        replica.faults.switch_on(Kind.ERROR_PAGE, error.url)
        product.crawl(*SOURCES[:2])
        product.run("index")
        product.crawl(*SOURCES[2:])
        yield product, replica


def counted(product: Product) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in product.rows("why"):
        counts[row["outcome"]] += row["count"]
    return counts


def test_outcomes_add_up_to_what_the_crawl_saw(crawled: tuple[Product, Replica]) -> None:
    """Every article that the replica's lists reach is there, and nothing else; single addresses agree with the sums."""
    product, replica = crawled
    counts = counted(product)
    published = [article for source in SOURCES for article in replica.articles(source)]
    taken = {outcome: count for outcome, count in counts.items() if not outcome.startswith("not taken")}
    assert sum(taken.values()) == len(published)
    assert (counts["failed"], counts["rejected"]) == (3, 0), "an error served as a page is a failed try too"
    assert counts["ungrouped"] > 0
    assert counts["searchable"] > 0
    told = {fact["name"]: fact["count"] for fact in product.rows("status") if fact["kind"] == "total"}
    assert sum(taken.values()) == told["links"]
    assert sum(taken[key] for key in ("ungrouped", "searchable", "off topic") if key in taken) == told["articles"]


def test_every_stage_of_one_address_is_told(crawled: tuple[Product, Replica]) -> None:
    product, replica = crawled
    gone, broken, error, *others = replica.articles("kankanews")
    for publication, outcome, reason in ((gone, "failed", "HTTP 404"), (broken, "failed", "HTTP 500")):
        (told,) = product.rows("why", publication.url)
        assert told["outcome"] == outcome
        assert reason in told["error"]
        assert told["next_try_at"]
    (told,) = product.rows("why", error.url)
    assert told["outcome"] == "failed"
    assert told["verdict"].startswith("error: ")
    assert told["next_try_at"]
    core = next(each for each in others if each.level == "core")
    (told,) = product.rows("why", core.url)
    assert told["outcome"] == "searchable"
    assert told["source"].startswith("kankanews / ")
    assert told["level"] == "core"
    assert told["found_at"] <= told["fetched_at"] <= told["searchable_at"]
    assert told["indexed"].startswith("revision ")
    assert told["story"]
    assert told["decided_by"]


def test_an_address_that_no_list_gave_is_judged_by_the_sources(crawled: tuple[Product, Replica]) -> None:
    product, replica = crawled
    known = replica.articles("jstv")[0].url
    stranger = known.replace(known.rsplit("/", 1)[1], "1606733900000.shtml")
    (told,) = product.rows("why", stranger)
    assert told["outcome"] == "unknown"
    assert "jstv would take it" in told["pattern"]
    assert f"crawl jstv --url {stranger}" in told["next"]
    (told,) = product.rows("why", "http://news.jstv.com/about.html")
    assert "no source takes it" in told["pattern"]
    (told,) = product.rows("why", "https://www.example.com/1.html")
    assert told["host"] == "no source has this host"
    assert "no address" in product.run("why", "jstv", expect=(2,)).stderr


def test_links_that_are_not_taken_are_counted_by_the_reason() -> None:
    source = load_sources()["jstv"]
    taken = source.examples[0]
    given = [taken, taken, "http://news.jstv.com/about.html", "http://news.jstv.com/", "https://www.example.com/"]
    section = source.sections[0]
    refused = refused_links(source, section, [FoundLink(url=url) for url in given])
    assert refused == {NO_ARTICLE: 2, OTHER_HOST: 1}
    assert sum(refused.values()) + 1 == len(set(given))


def test_a_list_row_holds_what_was_not_taken_and_a_redirect_is_followed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with SmallSite() as site:
        site.put("/robots.txt", "", status=404)
        links = ("/a/1.html", "/a/2.html", "/about.html", "https://www.example.com/a/3.html")
        site.put("/list", "".join(f'<li><a href="{link}">长三角一体化示范区第{link}号方案</a></li>' for link in links))
        site.put("/a/1.html", "", status=302, Location="/a/9.html")
        for name in ("/a/2.html", "/a/9.html"):
            site.put(name, article("长三角一体化示范区方案发布"))
        product = product_of(tmp_path_factory.mktemp("small"), site)
        product.crawl()
        counts = counted(product)
        assert {name: count for name, count in counts.items() if name.startswith("not taken")} == {
            f"not taken: {NO_ARTICLE}": 1,
            f"not taken: {OTHER_HOST}": 1,
        }
        assert counts["ungrouped"] == 2
        told: dict[str, Any]
        (told,) = product.rows("why", f"{site.url}/a/1.html")
        assert (told["outcome"], told["leads_to"]) == ("ungrouped", f"{site.url}/a/9.html")
        (again,) = product.rows("why", f"{site.url}/a/9.html")
        assert again["outcome"] == "ungrouped"
