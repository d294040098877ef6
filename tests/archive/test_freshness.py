"""Freshness: medians and 90th percentiles of what was measured, and nothing where nothing was."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from archive.freshness import Step
from tests.crawl.small_site import SmallSite, product_of
from tests.crawl.test_request_budgets import a_site_of

STEPS = ("published_to_listed", "listed_to_fetched", "fetched_to_searchable", "published_to_searchable")


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=200))
def test_half_took_no_longer_than_the_median_and_nine_in_ten_no_longer_than_the_p90(spans: list[int]) -> None:
    step = Step.of(spans)
    for share, figure in ((0.5, step.median), (0.9, step.p90)):
        assert figure in spans
        assert sum(span <= figure for span in spans) >= share * len(spans)
        assert sum(span < figure for span in spans) < share * len(spans)
    assert step.count == len(spans)


def test_nothing_measured_is_nothing_said() -> None:
    assert Step.of([]) == Step(0, None, None)


def test_status_tells_what_was_measured(tmp_path: Path) -> None:
    with SmallSite() as site:
        a_site_of(3, site)
        product = product_of(tmp_path, site)
        product.crawl()
        (before,) = [fact for fact in product.rows("status") if fact["kind"] == "freshness"]
        assert [before[step]["count"] for step in STEPS] == [0, 3, 0, 0], "they are older than the first crawl"
        product.run("index")
        (fact,) = [fact for fact in product.rows("status") if fact["kind"] == "freshness"]
        assert fact["source"] == "local"
        assert [fact[step]["count"] for step in STEPS] == [0, 3, 3, 0]
        assert 0 <= fact["listed_to_fetched"]["median"] <= fact["listed_to_fetched"]["p90"]
        product.run("rebuild", "stories")
        (again,) = [fact for fact in product.rows("status") if fact["kind"] == "freshness"]
        assert again == fact, "what is written again was searchable before"
        assert "median / p90 of 7 days until" not in product.run("status").stdout, "a pipe has rows alone"
