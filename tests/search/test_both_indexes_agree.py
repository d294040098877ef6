"""One set of queries over one corpus: both indexes find the stories that a reader of the corpus would."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from indexer.search.index import SearchIndex, SearchRequest, Sort
from indexer.search.query.parser import parse_query
from tests.search.conftest import KINDS
from tests.search.corpus import CORPUS, LIVE, NOW
from tests.search.queries import EXPECTED

Filled = Callable[[str], SearchIndex]


def found(index: SearchIndex, request: SearchRequest) -> list[str]:
    return [story.story_id for story in index.search(request).hits]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("query", EXPECTED)
def test_a_query_finds_the_stories_that_a_reader_would(filled: Filled, kind: str, query: str) -> None:
    request = SearchRequest(parse_query(query, NOW), limit=100)
    result = filled(kind).search(request)
    assert {story.story_id for story in result.hits} == set(EXPECTED[query].split())
    assert result.total == len(result.hits)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("query", ["长三角一体化发展。" * 222, "角" * 2000, "A股 " * 199, " OR ".join(["AI"] * 200)])
def test_long_queries_are_answered(filled: Filled, kind: str, query: str) -> None:
    assert len(query) <= 2000
    result = filled(kind).search(SearchRequest(parse_query(query)))
    assert {story.story_id for story in result.hits} <= LIVE


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("narrowing", "stories"),
    [
        ({"sources": ("jstv",)}, "journal"),
        ({"sources": ("jstv", "央广网")}, "copied plan journal"),
        ({"provinces": ("安徽",)}, "mixed undated"),
        ({"topics": ("交通", "规划")}, "undated copied plan"),
        ({"topics": ("交通",), "provinces": ("全国",)}, "copied"),
        ({"since": datetime(2026, 11, 16, 14, 0, tzinfo=UTC)}, "plan journal"),
        ({"until": datetime(2026, 11, 16, 14, 0, tzinfo=UTC)}, "zone mixed undated copied"),
        ({"until": datetime(2026, 11, 16, 14, 0, 1, tzinfo=UTC)}, "zone mixed undated copied plan"),
    ],
)
def test_what_narrows_a_request(filled: Filled, kind: str, narrowing: dict[str, object], stories: str) -> None:
    request = SearchRequest(parse_query("长三角"), **narrowing)  # type: ignore[arg-type]  # of several types
    assert set(found(filled(kind), request)) == set(stories.split())


@pytest.mark.parametrize("kind", KINDS)
def test_order_and_pages(filled: Filled, kind: str) -> None:
    query = parse_query("长三角")
    newest = ["journal", "plan", "copied", "undated", "mixed", "zone"]
    assert found(filled(kind), SearchRequest(query)) == newest
    assert found(filled(kind), SearchRequest(query, sort=Sort.OLDEST)) == newest[::-1]
    assert found(filled(kind), SearchRequest(query, limit=2, offset=3)) == newest[3:5]
    page = filled(kind).search(SearchRequest(query, limit=0))
    assert (page.total, page.hits) == (6, ())


@pytest.mark.parametrize("kind", KINDS)
def test_a_hit_in_the_title_counts_most(filled: Filled, kind: str) -> None:
    best = found(filled(kind), SearchRequest(parse_query("高铁 OR 一体化"), sort=Sort.RELEVANCE))
    assert set(best) == {"bank", "zone", "delta", "mixed", "plan"}
    assert best[-1] == "plan"  # the only one that has its word in the text alone


@pytest.mark.parametrize("kind", KINDS)
def test_filters_do_not_change_the_order_of_the_best(filled: Filled, kind: str) -> None:
    query = parse_query("合肥 OR 长三角")
    plain = found(filled(kind), SearchRequest(query, sort=Sort.RELEVANCE))
    narrowed = found(filled(kind), SearchRequest(query, sort=Sort.RELEVANCE, provinces=("安徽",)))
    assert narrowed == [story for story in plain if story in narrowed]
    assert len(narrowed) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_hit_is_the_whole_story(filled: Filled, kind: str) -> None:
    stories = {story.story_id: story for story in CORPUS}
    for hit in filled(kind).search(SearchRequest(parse_query(""), limit=100)).hits:
        assert hit == stories[hit.story_id]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("kind", KINDS)
def test_all_hits_are_those_of_a_search(filled: Filled, kind: str, sort: Sort, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.search.elasticsearch.index._PAGE", 4)
    index = filled(kind)
    request = SearchRequest(parse_query("长三角 OR 上海"), sort=sort, limit=100)
    hits = index.search(request).hits
    assert len(hits) > 8
    assert tuple(index.all_hits(request)) == hits
