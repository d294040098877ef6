"""Counts by province, city, topic, outlet, level and day: both indexes count as a reader of the stories would."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.search.counts import CountBy
from indexer.search.document import StoryDocument
from indexer.search.index import SearchIndex, SearchRequest
from indexer.search.query.model import Everything
from indexer.search.query.parser import parse_query
from tests.search.conftest import KINDS, OpenIndex
from tests.search.corpus import CORPUS, NOW, story
from tests.search.queries import EXPECTED

Filled = Callable[[str], SearchIndex]

WORDS = ("长三角", "一体化", "科创")
VALUES = st.text(st.sampled_from("沪苏ＡaI .，\x1f"), max_size=4)
HOURS = st.integers(min_value=0, max_value=100)
START = datetime(2026, 11, 20, 14, tzinfo=UTC)


@st.composite
def stories(draw: st.DrawFn) -> list[StoryDocument]:
    return [
        story(
            *(f"s{number}", draw(st.sampled_from(("smg", "jstv", "cnr")))),
            *((START + timedelta(hours=draw(HOURS))).strftime("%Y-%m-%dT%H:%M"), "题"),
            "，".join(draw(st.lists(st.sampled_from(WORDS), max_size=3))) or "无",
            level=draw(st.sampled_from(("core", "related", "mention"))),
            cities=tuple(draw(st.lists(VALUES, max_size=3))),
            topics=tuple(draw(st.lists(VALUES, max_size=3))),
            deleted=draw(st.booleans()),
        )
        for number in range(draw(st.integers(min_value=0, max_value=12)))
    ]


def day(one: StoryDocument) -> str:
    return (one.timeline_at + timedelta(hours=8)).strftime("%Y-%m-%d")


READ: dict[CountBy, Callable[[StoryDocument], set[str]]] = {
    CountBy.PROVINCE: lambda one: {one.province},
    CountBy.CITY: lambda one: set(one.cities),
    CountBy.TOPIC: lambda one: set(one.topics),
    CountBy.OUTLET: lambda one: {one.source},
    CountBy.LEVEL: lambda one: {one.level.value},
    CountBy.DAY: lambda one: {day(one)},
}


def counted(found: list[StoryDocument], by: CountBy) -> dict[str, int]:
    return dict(Counter(value for one in found for value in READ[by](one) if value))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=stories())
def test_both_indexes_count_what_a_reader_counts(open_index: OpenIndex, made: list[StoryDocument]) -> None:
    indexes = [open_index(kind) for kind in KINDS]
    for index in indexes:
        index.write(made)
        index.refresh()
    for word in (None, *WORDS):
        query = Everything() if word is None else parse_query(word)
        matching = [one for one in made if not one.deleted and (word is None or word in one.body)]
        first, second = (index.counts(SearchRequest(query), list(CountBy)) for index in indexes)
        for by in CountBy:
            assert first[by] == counted(matching, by), (word, by)
            assert list(first[by].items()) == list(second[by].items()), (word, by)


@pytest.mark.parametrize("kind", KINDS)
def test_every_query_counts_what_it_finds(filled: Filled, kind: str) -> None:
    """Each story has one outlet, and each hit of a query is counted once."""
    corpus = {one.story_id: one for one in CORPUS}
    for query, ids in EXPECTED.items():
        counts = filled(kind).counts(SearchRequest(parse_query(query, NOW)), [CountBy.OUTLET, CountBy.DAY])
        found = [corpus[one] for one in ids.split()]
        assert counts[CountBy.OUTLET] == counted(found, CountBy.OUTLET), query
        assert counts[CountBy.DAY] == counted(found, CountBy.DAY), query


@pytest.mark.parametrize("kind", KINDS)
def test_most_come_first_and_days_follow_each_other(filled: Filled, kind: str) -> None:
    counts = filled(kind).counts(SearchRequest(parse_query("长三角")), [CountBy.PROVINCE, CountBy.DAY])
    assert list(counts[CountBy.PROVINCE].items()) == [("全国", 2), ("安徽", 2), ("上海", 1), ("江苏", 1)]
    assert list(counts[CountBy.DAY]) == sorted(counts[CountBy.DAY])
    assert counts[CountBy.DAY]["2026-11-24"] == 1, "a minute before midnight in Shanghai"
    assert filled(kind).counts(SearchRequest(parse_query("鑫")), [CountBy.CITY, CountBy.DAY]) == {
        CountBy.CITY: {},
        CountBy.DAY: {},
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("narrowing", "stories_found"),
    [
        ({"cities": ("合肥",)}, {"report", "g60", "mixed", "bank"}),
        ({"levels": ("core",)}, {"zone", "g60", "plan"}),
        ({"levels": ("core",), "cities": ("合肥", "苏州")}, {"zone", "g60"}),
    ],
)
def test_counts_are_of_what_narrows_the_request(
    filled: Filled, kind: str, narrowing: dict[str, tuple[str, ...]], stories_found: set[str]
) -> None:
    request = SearchRequest(Everything(), limit=100, **narrowing)  # type: ignore[arg-type]  # of several types
    assert {hit.story_id for hit in filled(kind).search(request).hits} == stories_found
    counts = filled(kind).counts(request, [CountBy.LEVEL])[CountBy.LEVEL]
    assert sum(counts.values()) == len(stories_found)
