"""When an article is looked at again, how many of them, and when one that is not there counts as withdrawn."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archive.article import Level
from archive.revisits import RevisitOutcome, VisitedArticle
from crawler.crawl.revisit_rules import (
    MOST_AN_HOUR,
    Sighting,
    allowance,
    choose,
    due_since,
    is_fault,
    newly_withdrawn,
    outcome_of,
)

START = datetime(2026, 11, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOURS = st.integers(0, 24 * 60).map(lambda hours: hours * HOUR)


def an_article(number: int = 1, level: Level = Level.CORE, **known: object) -> VisitedArticle:
    return replace(VisitedArticle(number, f"https://a.example/{number}", level, START), **known)  # type: ignore[arg-type]


def times_of_visits(article: VisitedArticle, crawls: list[datetime]) -> list[datetime]:
    """Return when an article that always answers is visited by crawls at these times."""
    visited = []
    for at in crawls:
        if due_since(article, at) is not None:
            visited.append(at)
            article = replace(article, visited_at=at)
    return visited


def test_an_article_is_visited_after_1_hour_6_hours_1_day_and_7_days() -> None:
    hourly = [START + hours * HOUR for hours in range(24 * 30)]
    ages = [(at - START) / HOUR for at in times_of_visits(an_article(), hourly)]
    assert ages == [1, 6, 24, 24 * 7]


@given(st.lists(HOURS, max_size=60))
def test_whenever_crawls_come_there_is_one_visit_at_most_in_each_span(ages: list[timedelta]) -> None:
    visited = [at - START for at in times_of_visits(an_article(), [START + age for age in sorted(ages)])]
    bounds = [HOUR, 6 * HOUR, 24 * HOUR, 168 * HOUR, 336 * HOUR + timedelta(microseconds=1)]
    for start, end in pairwise(bounds):
        assert len([age for age in visited if start <= age < end]) == any(start <= age < end for age in ages)
    assert all(bounds[0] <= age < bounds[-1] for age in visited)


@given(st.integers(0, 5000), st.integers(0, 700), st.integers(0, 100))
def test_a_tenth_of_the_requests_and_60_an_hour_are_never_passed(others: int, visits: int, in_hour: int) -> None:
    more = allowance(others=others, visits=visits, in_hour=in_hour)
    assert more >= 0
    if more:
        assert (visits + more) * 10 <= others + visits + more
        assert in_hour + more <= MOST_AN_HOUR
    elif in_hour < MOST_AN_HOUR:
        assert (visits + 1) * 10 > others + visits + 1, "one more would have been one too many"


@given(st.lists(st.tuples(st.sampled_from(Level), st.integers(1, 5), HOURS)), st.integers(0, 12))
def test_the_strongest_are_chosen_first_and_a_joined_article_is_visited_whole(
    found: list[tuple[Level, int, timedelta]], most: int
) -> None:
    known = [
        an_article(number, level, page_count=count, first_seen_at=START + age)
        for number, (level, count, age) in enumerate(found)
    ]
    now = START + 400 * HOUR
    chosen = choose(known, now, most)
    assert sum(article.page_count for article in chosen) <= most
    ranks = [list(Level).index(article.level) for article in chosen]
    assert ranks == sorted(ranks)
    room = most - sum(article.page_count for article in chosen)
    left_out = [article for article in known if due_since(article, now) and article not in chosen]
    assert all(article.page_count > room for article in left_out)


def test_what_an_answer_means() -> None:
    def told(status: int, *, is_same: bool = False, is_elsewhere: bool = False) -> str:
        return outcome_of(status, is_same=is_same, is_elsewhere=is_elsewhere)

    assert [told(304), told(200, is_same=True), told(200)] == ["unchanged", "unchanged", "read"]
    assert [told(404), told(410)] == [RevisitOutcome.MISSING] * 2
    assert {told(status) for status in (403, 429, 500, 503)} == {told(200, is_elsewhere=True)} == {"unknown"}


def test_one_that_is_not_there_is_looked_for_again_after_six_hours_and_one_withdrawn_after_a_day_and_a_week() -> None:
    missing = an_article(visited_at=START + HOUR, missing_since=START + HOUR)
    assert due_since(missing, START + 6 * HOUR) is None
    assert due_since(missing, START + 7 * HOUR) == START + 7 * HOUR
    assert due_since(missing, START + 200 * HOUR) is None, "it was not to be had for a week"
    withdrawn = replace(missing, visited_at=START + 7 * HOUR, withdrawn_at=START + 7 * HOUR)
    assert [due_since(withdrawn, START + hours * HOUR) is not None for hours in (8, 30, 31, 100)] == [0, 0, 1, 1]


def test_one_in_whose_place_another_page_came_is_looked_at_every_six_hours_for_a_day() -> None:
    doubted = an_article(visited_at=START + HOUR, doubtful_since=START + HOUR, doubt="another page")
    assert [due_since(doubted, START + hours * HOUR) is not None for hours in (6, 7, 25)] == [False, True, True]
    later = replace(doubted, visited_at=START + 25 * HOUR)
    assert due_since(later, START + 40 * HOUR) is None
    assert due_since(later, START + 168 * HOUR) == START + 168 * HOUR


@given(st.integers(0, 9), st.integers(0, 48), st.one_of(st.none(), st.integers(-24, 48)))
def test_withdrawn_is_what_was_not_there_twice_while_others_answered(
    count: int, hours: int, answered: int | None
) -> None:
    missing = [
        Sighting(an_article(number, missing_since=START, visited_at=START), START + hours * HOUR)
        for number in range(count)
    ]
    once = Sighting(an_article(90), START + hours * HOUR)
    known = Sighting(an_article(91, missing_since=START, withdrawn_at=START), START + hours * HOUR)
    answered_at = None if answered is None else START + answered * HOUR
    withdrawn = newly_withdrawn([*missing, once, known], answered_at=answered_at)
    assert is_fault([*missing, once, known]) is (count + 1 > 5)
    is_sure = count + 1 <= 5 and hours >= 6 and answered is not None and answered >= 0
    assert withdrawn == (missing if is_sure else [])
