"""What both indexes promise to whoever writes."""

from datetime import UTC, datetime, timedelta

from indexer.search.document import revision_at
from indexer.search.index import SearchIndex, SearchRequest, Sort
from indexer.search.query.parser import parse_query
from tests.search.corpus import story

AT = "2026-11-20T08:00"


def titles(index: SearchIndex, query: str = "") -> list[str]:
    index.refresh()
    return [hit.title for hit in index.search(SearchRequest(parse_query(query), sort=Sort.OLDEST)).hits]


def test_what_is_written_is_acknowledged_and_found(index: SearchIndex) -> None:
    report = index.write([story("a", "smg", AT, "长三角", ""), story("b", "smg", AT, "一体化", "", revision=7)])
    assert (report.acknowledged, report.refused, report.stale) == ({"a": 1, "b": 7}, {}, set())
    assert titles(index, "长三角") == ["长三角"]
    assert index.count() == 2


def test_nothing_to_write_is_no_error(index: SearchIndex) -> None:
    assert index.write([]).acknowledged == {}


def test_writing_again_changes_nothing(index: SearchIndex) -> None:
    stories = [story("a", "smg", AT, "长三角", "", revision=3)]
    assert index.write(stories) == index.write(stories)
    assert titles(index) == ["长三角"]
    assert index.count() == 1


def test_a_newer_revision_replaces_and_an_older_one_never_does(index: SearchIndex) -> None:
    index.write([story("a", "smg", AT, "二", "", revision=2)])
    report = index.write([story("a", "smg", AT, "三", "", revision=3)])
    assert (report.acknowledged, report.stale) == ({"a": 3}, set())
    report = index.write([story("a", "smg", AT, "一", "", revision=1), story("b", "smg", AT, "乙", "")])
    assert (report.acknowledged, report.stale) == ({"a": 3, "b": 1}, {"a"})
    assert sorted(titles(index)) == ["三", "乙"]


def test_the_newest_of_a_batch_counts_in_whatever_order(index: SearchIndex) -> None:
    revisions = (2, 5, 4)
    report = index.write([story("a", "smg", AT, f"第{number}版", "", revision=number) for number in revisions])
    assert report.acknowledged == {"a": 5}
    assert titles(index) == ["第5版"]


def test_a_tombstone_hides_its_story_and_guards_its_revision(index: SearchIndex) -> None:
    index.write([story("a", "smg", AT, "长三角", "旧"), story("b", "smg", AT, "长三角", "新")])
    index.write([story("a", "smg", AT, "长三角", "旧", revision=2, deleted=True)])
    assert titles(index, "长三角") == ["长三角"]
    assert titles(index, "-新") == []
    assert index.count() == 1
    assert [document.story_id for document in index.documents()] == ["b"]
    assert index.write([story("a", "smg", AT, "长三角", "旧")]).stale == {"a"}
    index.write([story("a", "smg", AT, "复活", "", revision=3)])
    assert sorted(titles(index)) == ["复活", "长三角"]


def test_old_tombstones_are_removed_and_nothing_else_is(index: SearchIndex) -> None:
    then = datetime(2026, 9, 1, tzinfo=UTC)
    old, young = revision_at(then), revision_at(then + timedelta(days=2))
    index.write([story(name, "smg", AT, name, "长三角", revision=old) for name in ("old", "young", "living", "risen")])
    index.write([story(name, "smg", AT, name, "", revision=old + 1, deleted=True) for name in ("old", "risen")])
    index.write([story("young", "smg", AT, "young", "", revision=young, deleted=True)])
    index.write([story("risen", "smg", AT, "risen", "长三角", revision=old + 2)])
    index.refresh()
    assert index.remove_tombstones(then + timedelta(days=1)) == 1
    assert index.remove_tombstones(then + timedelta(days=1)) == 0
    assert sorted(titles(index, "长三角")) == ["living", "risen"]
    assert index.write([story("young", "smg", AT, "young", "", revision=old)]).stale == {"young"}, "its grave is kept"
    assert index.write([story("old", "smg", AT, "old", "长三角", revision=young + 1)]).stale == set()
    assert sorted(titles(index, "长三角")) == ["living", "old", "risen"]


def test_a_story_that_cannot_be_written_does_not_hold_up_the_others(index: SearchIndex) -> None:
    report = index.write([story("bad", "smg", AT, "半个\ud83d", ""), story("good", "smg", AT, "好", "")])
    assert report.acknowledged == {"good": 1}
    assert list(report.refused) == ["bad"]
    assert "surrogates" in report.refused["bad"]
    assert titles(index) == ["好"]


def test_very_long_values_are_written_and_their_text_is_found(index: SearchIndex) -> None:
    long = story("long", "smg", AT, "长" * 3_000, "三角" * 20_000, credit="角" * 40_000, reporters=("x" * 33_000,))
    assert index.write([long]).acknowledged == {"long": 1}
    assert titles(index, "三角三角 长长长")
    assert next(index.documents()) == long


def test_documents_are_all_there_is(index: SearchIndex) -> None:
    stories = [story(f"s{number}", "smg", AT, "长三角", str(number)) for number in range(2_345)]
    index.write(stories)
    index.refresh()
    assert {document.story_id for document in index.documents()} == {one.story_id for one in stories}
    assert index.count() == 2_345


def test_preparing_twice_keeps_what_is_there(index: SearchIndex) -> None:
    index.write([story("a", "smg", AT, "长三角", "")])
    index.prepare()
    assert titles(index) == ["长三角"]
