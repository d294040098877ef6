"""What a site's operator sees of us, by the replica's own log."""

from itertools import pairwise

import pytest

from tests.product import Product
from tests.replica import Kind, Replica
from tests.replica.log import CLOCK, too_soon

SOURCE, DOMAIN = "cnr_anhui", "cnr.cn"
DELAY = 0.25


def test_a_domain_is_asked_one_thing_at_a_time_and_never_sooner_than_the_delay(
    product: Product, replica: Replica
) -> None:
    product.configure(crawler={"delay": DELAY})
    product.crawl(SOURCE, "cnr_jiangsu", expect=(0, 1))
    records = replica.log.of(DOMAIN)
    assert len(records) > 6
    assert all(later.started >= earlier.ended for earlier, later in pairwise(records))
    assert too_soon(records, DELAY) == []


def test_robots_txt_is_asked_first_and_once_for_a_host(product: Product, replica: Replica) -> None:
    product.crawl(SOURCE)
    records = replica.log.of(DOMAIN)
    hosts = {record.host for record in records}
    for host in hosts:
        of_host = [record for record in records if record.host == host]
        assert of_host[0].is_robots
        assert sum(record.is_robots for record in of_host) == 1


def test_the_user_agent_names_the_project_and_whom_to_ask(product: Product, replica: Replica) -> None:
    product.configure(crawler={"contact": "mailto:news@example.org"})
    product.crawl(SOURCE, "--limit", "1")
    agents = {record.user_agent for record in replica.log}
    assert len(agents) == 1
    assert "DeltaNews/" in (agent := agents.pop())
    assert "+mailto:news@example.org" in agent


def test_a_second_crawl_of_unchanged_sites_asks_for_lists_only_and_gets_304(product: Product, replica: Replica) -> None:
    first = product.crawl(SOURCE, "zjol", "cctv")
    replica.log.clear()
    second = product.crawl(SOURCE, "zjol", "cctv")
    for name, figures in second.items():
        assert figures["lists"] == figures["lists_unchanged"] > 0
        assert (figures["pages"], figures["articles"]) == (0, 0)
        assert first[name]["articles"] > 0
    assert all(record.is_robots or (record.status == 304 and record.conditional) for record in replica.log)


def test_a_new_article_is_found_by_the_next_crawl_and_nothing_else_is_fetched(
    product: Product, replica: Replica
) -> None:
    product.crawl(SOURCE)
    known = replica.articles(SOURCE)[0]
    added = replica.publish(
        SOURCE,
        known.section,
        "长三角一体化发展又有新进展",
        ["安徽与沪苏浙共同推进长三角一体化发展。" * 5],
        known.published_at,
    )
    figures = product.crawl(SOURCE)[SOURCE]
    assert (figures["pages"], figures["articles"]) == (1, 1)
    assert added.canonical_url in {article["canonical_url"] for article in product.articles()}


def test_what_robots_txt_forbids_is_not_fetched_and_said(product: Product, replica: Replica) -> None:
    replica.faults.switch_on(Kind.ROBOTS, DOMAIN)
    failure = product.crawl(SOURCE, expect=(1,))[SOURCE]["failure"]
    assert "forbidden by robots.txt" in failure
    assert all(record.is_robots for record in replica.log)


@pytest.mark.parametrize("kind", [Kind.SERVER_ERROR, Kind.HANG])
def test_a_site_whose_robots_txt_cannot_be_read_is_backed_off_from(
    product: Product, replica: Replica, kind: Kind
) -> None:
    product.configure(crawler={"timeout": 1.0, "retries": 0})
    replica.faults.switch_on(kind, r"robots\.txt")
    failure = product.crawl(SOURCE, expect=(1,))[SOURCE]["failure"]
    assert "nothing is fetched there until it can be read" in failure
    assert all(record.is_robots for record in replica.log)


def test_crawl_delay_is_kept(product: Product, replica: Replica) -> None:
    replica.faults.switch_on(Kind.ROBOTS, DOMAIN, text="User-agent: *\nCrawl-delay: 0.5\n")
    product.crawl(SOURCE, "--limit", "2")
    records = replica.log.of(DOMAIN)
    assert len(records) >= 4
    assert too_soon(records, 0.5) == []


def test_a_short_retry_after_is_waited_for_by_the_whole_domain(product: Product, replica: Replica) -> None:
    replica.faults.switch_on(Kind.TOO_MANY_REQUESTS, r"/t\d{8}_", times=1, retry_after="2")
    figures = product.crawl(SOURCE)[SOURCE]
    records = replica.log.of(DOMAIN)
    refused = next(number for number, record in enumerate(records) if record.status == 429)
    assert records[refused + 1].url == records[refused].url
    assert records[refused + 1].started - records[refused].ended >= 2 - CLOCK
    assert figures["articles"] == len(replica.articles(SOURCE))


def test_a_long_retry_after_ends_the_crawl_and_is_remembered_by_the_next(product: Product, replica: Replica) -> None:
    fault = replica.faults.switch_on(Kind.TOO_MANY_REQUESTS, r"/t\d{8}_", retry_after="3600")
    assert "is rate-limited" in product.crawl(SOURCE, expect=(1,))[SOURCE]["failure"]
    replica.faults.switch_off(fault)
    replica.log.clear()
    assert "is rate-limited" in product.crawl(SOURCE, expect=(1,))[SOURCE]["failure"]
    assert len(replica.log) == 0
